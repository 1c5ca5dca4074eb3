import type { KeyField } from '../../../contract/object-map.ts';
import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { isNumberType } from '../key-form.ts';

/**
 * An object's or field's name without the mark of its generation: `Individual` for
 * `ssot__Individual__dlm`, `std__IndividualDmo__dlm`, `Individual_std__dlm` and `Individual__dlm`.
 *
 * @see Data 360 DMO and Mapping Guide, "Standard DMOs" (`std__`), "SSOT DMOs" (`_std__dlm` since
 *   January 2026) and "AI Participant Insight DMO", whose page and Markdown twin spell it
 *   `std__AiParticipantInsightDmo__dlm` and `AiParticipantInsight_std__dlm`; read 2026-11
 */
export function baseName(name: string): string {
  const bare = name.replace(/__(?:dlm|dll|cio|c)$/i, '');
  const stem = bare.replace(/^(?:ssot|std)__/i, '').replace(/_std$/i, '');
  return /^std__|_std$/i.test(bare) ? stem.replace(/(?<=.)Dmo$/i, '') : stem;
}

/**
 * A name in the form for comparison: generations of one name also differ in the case of letters.
 */
const plain = (base: string): string => base.toLowerCase();
const isNamed = (name: string, base: string): boolean => plain(baseName(name)) === plain(base);

/** Salesforce's names come before names that the company made. */
const GENERATIONS = [/^ssot__/i, /^std__|_std__/i, /^/];
const rank = (name: string): number => GENERATIONS.findIndex((generation) => generation.test(name));
const inRank = <Item extends { readonly name: string }>(items: readonly Item[]): Item[] =>
  items.toSorted((a, b) => rank(a.name) - rank(b.name));

/** A field by its base name, in any generation of names. */
export const fieldNamed = (entity: Pick<Entity, 'fields'>, base: string): string | null =>
  inRank(entity.fields.filter(({ name }) => isNamed(name, base)))[0]?.name ?? null;

/** Objects by their base name, in any generation of names; an org has one of them as a rule. */
export const entitiesNamed = (entities: readonly Entity[], base: string): Entity[] =>
  inRank(entities.filter(({ name }) => /__dlm$/i.test(name) && isNamed(name, base)));

/** An object by its base name. */
export const entityNamed = (entities: readonly Entity[], base: string): Entity | undefined =>
  entitiesNamed(entities, base)[0];

/** Name of the key that a field such as `KQ_Id__c` or `std__KQ_Id__c` qualifies. */
const qualified = (name: string): string | undefined => {
  const [, key] = /^KQ_(.+)$/i.exec(baseName(name)) ?? [];
  return key === undefined ? undefined : plain(baseName(key));
};

/** The field that qualifies a key field, from metadata or from its name. */
export function keyQualifierOf(entity: Entity, field: string): string | null {
  const told = entity.fields.find(({ name }) => name === field)?.keyQualifier;
  return (
    told ??
    entity.fields.find(({ name }) => qualified(name) === plain(baseName(field)))?.name ??
    null
  );
}

/** The field with the data source's ID. */
export const dataSourceFieldOf = (entity: Entity): string | null =>
  fieldNamed(entity, 'DataSourceId') ?? fieldNamed(entity, 'DataSource');

export const primaryKeyOf = (entity: Entity): string =>
  entity.primaryKey ?? fieldNamed(entity, 'Id') ?? 'ssot__Id__c';

export const keyFieldOf = (entity: Entity, field: string): KeyField => ({
  field,
  keyQualifier: keyQualifierOf(entity, field),
  ...(isNumberType(entity.fields.find(({ name }) => name === field)?.type ?? '') && {
    number: true,
  }),
});

/**
 * Objects with a field that points at the key of `parent`. Metadata may list an edge one to one
 * from either side.
 */
export function childrenOf(
  parent: string,
  key: string,
  edges: readonly Edge[],
): { object: string; field: string }[] {
  const found = edges.flatMap((edge) => {
    if (edge.to === parent && edge.toField === key && edge.from !== parent) {
      return [{ object: edge.from, field: edge.fromField }];
    }
    if (
      edge.from === parent &&
      edge.fromField === key &&
      edge.to !== parent &&
      edge.cardinality.startsWith('ONETO')
    ) {
      return [{ object: edge.to, field: edge.toField }];
    }
    return [];
  });
  return found.filter(
    (child, index) =>
      found.findIndex(({ object, field }) => object === child.object && field === child.field) ===
      index,
  );
}

/** A field whose name alone says that it may hold a person. */
export const looksLikePerson = (field: string): boolean =>
  qualified(field) === undefined &&
  /PartyId|IndividualId|SubscriberKey|^SoldToCustomerId$/i.test(baseName(field)) &&
  !/GlobalParty|PartyIdentification/i.test(field);
