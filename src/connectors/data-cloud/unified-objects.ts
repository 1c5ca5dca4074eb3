import type { PersonObject, Ruleset } from '../../domain/object-map.ts';
import type { Entity } from '../../salesforce/metadata.ts';
import { dataSourceFieldOf, entityNamed, fieldNamed, isLink, keyFieldOf, keyQualifierOf, primaryKeyOf, rulesetOfLink, unifiedNamed, UNIFIED_POINTS } from './model-names.ts';

/** Every ruleset of a data space, as its link objects tell. */
export function rulesetsOf(entities: readonly Entity[]): Ruleset[] {
  return entities.flatMap((link) => {
    const id = rulesetOfLink(link.name);
    if (id === undefined || !isLink(link)) return [];
    return [{ id, link: link.name, linkKeyQualifier: keyQualifierOf(link, 'SourceRecordId__c'), linkDataSource: dataSourceFieldOf(link), unified: unifiedNamed(entities, 'Individual', id)?.name ?? null }];
  });
}

const UNIFIED = { field: 'UnifiedRecordId__c', keyQualifier: null } as const;

/** How an object whose `field` holds unified individuals of a ruleset leads to people. */
export const byUnified = ({ link, linkKeyQualifier, linkDataSource }: Ruleset, field: string): Pick<PersonObject, 'reach' | 'personFields' | 'parent'> => ({
  reach: 'unified',
  personFields: [{ field: 'SourceRecordId__c', keyQualifier: linkKeyQualifier }],
  parent: { object: link, key: UNIFIED, childField: { field, keyQualifier: null }, dataSourceField: linkDataSource },
});

const asObject = (entity: Entity): Pick<PersonObject, 'name' | 'label' | 'fields' | 'dataSourceField'> => ({
  name: entity.name, label: entity.label, dataSourceField: dataSourceFieldOf(entity), fields: entity.fields.map(({ name, label, type }) => ({ name, label, type })),
});

/** What identity resolution made of the profiles, and of their contact points: it is about the person too. */
export function unifiedObjects(entities: readonly Entity[], known: ReadonlyMap<string, Entity>, ruleset: Ruleset): PersonObject[] {
  const individual = ruleset.unified === null ? undefined : known.get(ruleset.unified);
  const points = UNIFIED_POINTS.flatMap((base): PersonObject[] => {
    const unified = unifiedNamed(entities, base, ruleset.id);
    const way = unified && (byPoints(entities, base, ruleset.id, unified) ?? byParty(unified, ruleset));
    return unified && way ? [{ ...asObject(unified), ...way }] : [];
  });
  return [...(individual === undefined ? [] : [{ ...asObject(individual), ...byUnified(ruleset, primaryKeyOf(individual)) }]), ...points];
}

/** By the link object of the contact points, whose own parties name people. */
function byPoints(entities: readonly Entity[], base: string, ruleset: string, unified: Entity): Pick<PersonObject, 'reach' | 'personFields' | 'parent'> | undefined {
  const points = entityNamed(entities, base);
  const party = points && fieldNamed(points, 'PartyId');
  const link = entities.find((entity) => rulesetOfLink(entity.name, base) === ruleset && isLink(entity));
  if (!points || !party || link === undefined) return undefined;
  const key = { field: primaryKeyOf(unified), keyQualifier: null };
  const via = { object: points.name, key: keyFieldOf(points, primaryKeyOf(points)), sourceField: keyFieldOf(link, 'SourceRecordId__c'), dataSourceField: dataSourceFieldOf(points) };
  return { reach: 'unified', personFields: [keyFieldOf(points, party)], parent: { object: link.name, key: UNIFIED, childField: key, dataSourceField: dataSourceFieldOf(link), via } };
}

/** Where contact points have no link object of their own: by their party, which is a unified individual. */
function byParty(unified: Entity, ruleset: Ruleset): Pick<PersonObject, 'reach' | 'personFields' | 'parent'> | undefined {
  const party = fieldNamed(unified, 'PartyId');
  return party === null ? undefined : byUnified(ruleset, party);
}
