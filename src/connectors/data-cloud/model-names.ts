import type { Entity } from '../../salesforce/metadata.ts';

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

/** Objects that identity resolution makes. */
export const isUnified = (name: string): boolean => /^Unified(?!Link)\w*__dlm$/.test(name);

/** The ruleset of an object that links individuals to unified ones; nothing for any other object. */
export function rulesetOfLink(name: string): string | undefined {
  const found = /^UnifiedLink(?:ssot)?Individual(\w*)__dlm$|^IndividualIdentityLink(\w*)__dlm$/.exec(name);
  return found === null ? undefined : (found[1] ?? found[2]) || 'default';
}

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
