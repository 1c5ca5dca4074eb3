import type { KeyField } from '../../domain/object-map.ts';
import type { Edge, Entity } from '../../salesforce/metadata.ts';

/** An object's or field's name without prefix and suffix: `Individual` for `ssot__Individual__dlm`. */
export const baseName = (name: string): string => name.replace(/^ssot__/, '').replace(/__(?:dlm|dll|cio|c)$/, '');

/** A field by its base name, `ssot__` or not: orgs from before the prefix have none. */
export const fieldNamed = (entity: Entity, base: string): string | null => entity.fields.find(({ name }) => baseName(name) === base)?.name ?? null;

/** An object by its base name. */
export const entityNamed = (entities: readonly Entity[], base: string): Entity | undefined =>
  entities.find(({ name }) => name === `ssot__${base}__dlm`) ?? entities.find(({ name }) => name === `${base}__dlm`);

/** The field that qualifies a key field, as metadata tells or as its name tells. */
export function keyQualifierOf(entity: Entity, field: string): string | null {
  const told = entity.fields.find(({ name }) => name === field)?.keyQualifier;
  const byName = [`KQ_${field.replace(/^ssot__/, '')}`, `KQ_${field}`];
  return told ?? entity.fields.find(({ name }) => byName.includes(name))?.name ?? null;
}

/** The field with the data source's ID. */
export const dataSourceFieldOf = (entity: Entity): string | null => fieldNamed(entity, 'DataSourceId') ?? fieldNamed(entity, 'DataSource');

export const primaryKeyOf = (entity: Entity): string => entity.primaryKey ?? fieldNamed(entity, 'Id') ?? 'ssot__Id__c';

export const keyFieldOf = (entity: Entity, field: string): KeyField => ({ field, keyQualifier: keyQualifierOf(entity, field) });

/** Objects with a field that points at the key of `parent`; an edge one to one may be told from either side. */
export function childrenOf(parent: string, key: string, edges: readonly Edge[]): { object: string; field: string }[] {
  const found = edges.flatMap((edge) => {
    if (edge.to === parent && edge.toField === key && edge.from !== parent) return [{ object: edge.from, field: edge.fromField }];
    if (edge.from === parent && edge.fromField === key && edge.to !== parent && edge.cardinality.startsWith('ONETO')) return [{ object: edge.to, field: edge.toField }];
    return [];
  });
  return found.filter((child, index) => found.findIndex(({ object, field }) => object === child.object && field === child.field) === index);
}

/** Objects that identity resolution makes. */
export const isUnified = (name: string): boolean => /^Unified(?!Link)\w*__dlm$/.test(name);

/** What identity resolution unifies besides individuals. */
export const UNIFIED_POINTS = ['ContactPointEmail', 'ContactPointPhone', 'ContactPointAddress', 'ContactPointApp', 'PartyIdentification'] as const;

/** The ruleset of an object that links records of the object `base` to unified ones; nothing for any other object. */
export function rulesetOfLink(name: string, base = 'Individual'): string | undefined {
  const found = new RegExp(`^UnifiedLink(?:ssot)?${base}(\\w*)__dlm$|^${base}IdentityLink(\\w*)__dlm$`).exec(name);
  return found === null ? undefined : (found[1] ?? found[2]) || 'default';
}

/** The object that unifies records of the object `base` by a ruleset. */
export function unifiedNamed(entities: readonly Entity[], base: string, ruleset: string): Entity | undefined {
  const suffix = ruleset === 'default' ? '' : ruleset;
  return entities.find(({ name }) => name === `Unifiedssot${base}${suffix}__dlm` || name === `Unified${base}${suffix}__dlm`);
}

/** Whether an object has the fields of a link between source records and unified ones. */
export const isLink = ({ fields }: Entity): boolean => ['SourceRecordId__c', 'UnifiedRecordId__c'].every((wanted) => fields.some(({ name }) => name === wanted));

/** Things that many people's rows refer to. Nothing is exported by way of them: it would be other people's. */
const REFERENCE = new Set([
  'Individual', 'Account', 'Household', 'Product', 'MasterProduct', 'GoodsProduct', 'BundleProduct', 'ProductCatalog', 'ProductCategory', 'ProductAttribute', 'Brand',
  'Campaign', 'MarketSegment', 'MarketJourney', 'MarketingEmail', 'MarketingSms', 'LoyaltyProgram', 'LoyaltyProgramTier', 'Promotion', 'Voucher',
  'SalesStore', 'Store', 'Location', 'BusinessUnit', 'InternalOrganization', 'InternalBusinessUnit', 'Currency', 'PartyIdentificationType',
  'SoftwareApplication', 'Device', 'User', 'Employee', 'Lead', 'WebPage', 'Website', 'DataSource', 'DataSourceObject',
]);
export const isReference = (name: string): boolean => REFERENCE.has(baseName(name)) || /(?:Template|Catalog|Category|Type)$/.test(baseName(name)) || isUnified(name);

/** Objects through which only shared rows are reached. */
export const isSharedOwner = (name: string): boolean => ['Account', 'Household'].includes(baseName(name));

/** A field whose name alone says that it may hold a person. */
export const looksLikePerson = (field: string): boolean => /^(?!KQ_)(?:\w*(?:PartyId|IndividualId|SubscriberKey)\w*|ssot__SoldToCustomerId__c)$/i.test(field) && !/GlobalParty|PartyIdentification/i.test(field);
