import type { PersonObject, Ruleset } from '../../../contract/object-map.ts';
import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import {
  dataSourceFieldOf,
  entityNamed,
  fieldNamed,
  keyFieldOf,
  keyQualifierOf,
  primaryKeyOf,
} from './model-names.ts';
import { linksOf, unifiedNamed, UNIFIED_POINTS } from './resolution-names.ts';

/** Every ruleset of a data space, from its link objects. */
export function rulesetsOf(
  entities: readonly Entity[],
  edges: readonly Edge[],
  individual: Entity,
): Ruleset[] {
  return linksOf(entities, edges, 'Individual', individual).map(
    ({ entity, source, unified, ruleset, unifiedObject }) => ({
      id: ruleset,
      link: entity.name,
      linkSource: source,
      linkUnified: unified,
      linkKeyQualifier: keyQualifierOf(entity, source),
      linkDataSource: dataSourceFieldOf(entity),
      unified: unifiedObject?.name ?? null,
    }),
  );
}

/** How an object whose `field` holds unified individuals of a ruleset leads to people. */
export const byUnified = (
  {
    link,
    linkSource = 'SourceRecordId__c',
    linkUnified = 'UnifiedRecordId__c',
    linkKeyQualifier,
    linkDataSource,
  }: Ruleset,
  field: string,
): Pick<PersonObject, 'reach' | 'personFields' | 'parent'> => ({
  reach: 'unified',
  personFields: [{ field: linkSource, keyQualifier: linkKeyQualifier }],
  parent: {
    object: link,
    key: { field: linkUnified, keyQualifier: null },
    childField: { field, keyQualifier: null },
    dataSourceField: linkDataSource,
  },
});

const asObject = (
  entity: Entity,
): Pick<PersonObject, 'name' | 'label' | 'fields' | 'dataSourceField'> => ({
  name: entity.name,
  label: entity.label,
  dataSourceField: dataSourceFieldOf(entity),
  fields: entity.fields.map(({ name, label, type }) => ({ name, label, type })),
});

/**
 * What identity resolution made of the profiles, and of their contact points: it is about the
 * person too.
 */
export function unifiedObjects(
  entities: readonly Entity[],
  edges: readonly Edge[],
  ruleset: Ruleset,
): PersonObject[] {
  const individual =
    ruleset.unified === null ? undefined : entities.find(({ name }) => name === ruleset.unified);
  const points = UNIFIED_POINTS.flatMap((base): PersonObject[] => {
    const unified = unifiedNamed(entities, base, ruleset.id);
    const way =
      unified &&
      (byPoints(entities, edges, { base, ruleset: ruleset.id, unified }) ??
        byParty(unified, ruleset));
    return unified && way ? [{ ...asObject(unified), ...way }] : [];
  });
  return [
    ...(individual === undefined
      ? []
      : [{ ...asObject(individual), ...byUnified(ruleset, primaryKeyOf(individual)) }]),
    ...points,
  ];
}

/** By the link object of the contact points, whose own parties name people. */
function byPoints(
  entities: readonly Entity[],
  edges: readonly Edge[],
  {
    base,
    ruleset,
    unified,
  }: {
    base: string;
    ruleset: string;
    unified: Entity;
  },
): Pick<PersonObject, 'reach' | 'personFields' | 'parent'> | undefined {
  const points = entityNamed(entities, base);
  const party = points && fieldNamed(points, 'PartyId');
  const link =
    points && linksOf(entities, edges, base, points).find((it) => it.ruleset === ruleset);
  if (!points || !party || link === undefined) return undefined;
  const key = { field: primaryKeyOf(unified), keyQualifier: null };
  const via = {
    object: points.name,
    key: keyFieldOf(points, primaryKeyOf(points)),
    sourceField: keyFieldOf(link.entity, link.source),
    dataSourceField: dataSourceFieldOf(points),
  };
  const parent = {
    object: link.entity.name,
    key: { field: link.unified, keyQualifier: null },
    childField: key,
    dataSourceField: dataSourceFieldOf(link.entity),
    via,
  };
  return { reach: 'unified', personFields: [keyFieldOf(points, party)], parent };
}

/**
 * By the party of the contact points, which is a unified individual, if they have no link object of
 * their own.
 */
function byParty(
  unified: Entity,
  ruleset: Ruleset,
): Pick<PersonObject, 'reach' | 'personFields' | 'parent'> | undefined {
  const party = fieldNamed(unified, 'PartyId');
  return party === null ? undefined : byUnified(ruleset, party);
}
