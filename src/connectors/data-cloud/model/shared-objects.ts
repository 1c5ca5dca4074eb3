import type { Edge, Entity } from '../../../salesforce/metadata.ts';
import { baseName } from './model-names.ts';
import { isUnified } from './resolution-names.ts';

/**
 * Things that many people's rows refer to. Nothing is exported by way of them, because it would be
 * other people's.
 */
const REFERENCE = new Set(
  [
    'Individual',
    'Account',
    'Household',
    'Product',
    'MasterProduct',
    'GoodsProduct',
    'BundleProduct',
    'ProductCatalog',
    'ProductCategory',
    'ProductAttribute',
    'Brand',
    'Campaign',
    'MarketSegment',
    'MarketJourney',
    'MarketingEmail',
    'MarketingSms',
    'LoyaltyProgram',
    'LoyaltyProgramTier',
    'Promotion',
    'Voucher',
    'SalesStore',
    'Store',
    'Location',
    'BusinessUnit',
    'InternalOrganization',
    'InternalBusinessUnit',
    'Currency',
    'PartyIdentificationType',
    'SoftwareApplication',
    'Device',
    'User',
    'Employee',
    'Lead',
    'WebPage',
    'Website',
    'DataSource',
    'DataSourceObject',
  ].map((name) => name.toLowerCase()),
);

/**
 * Whether a name is a shared thing's in any generation. `Dmo` at its end means nothing, in any
 * name.
 */
function isNamedShared(name: string): boolean {
  const base = baseName(name).replace(/_/g, '');
  return [base, base.replace(/Dmo$/i, '')].some(
    (it) => REFERENCE.has(it.toLowerCase()) || /(?:Template|Catalog|Category|Type)$/i.test(it),
  );
}

/**
 * Finds objects that many people's rows refer to. Metadata decide first: many individuals have one
 * of them in common, by a field of their own. Contact points still belong to people. Known names,
 * of every generation, decide last.
 */
export function sharedTest(individual: Entity, edges: readonly Edge[]): (name: string) => boolean {
  const inCommon = new Set(
    edges
      .filter(
        ({ from, to, cardinality }) =>
          from === individual.name && to !== individual.name && cardinality === 'NTOONE',
      )
      .map(({ to }) => to),
  );
  return (name) =>
    name === individual.name ||
    isUnified(name) ||
    isNamedShared(name) ||
    (inCommon.has(name) && !/^ContactPoint/i.test(baseName(name)));
}

/** Shared things that are no people, and belong to no person. */
const THING =
  /^(?:Master|Goods|Bundle)?Product$|^(?:ProductAttribute|Brand|Campaign|MarketSegment|MarketJourney|MarketingEmail|MarketingSms|LoyaltyProgram|LoyaltyProgramTier|Promotion|SalesStore|Store|Location|BusinessUnit|InternalOrganization|InternalBusinessUnit|Currency|SoftwareApplication|WebPage|Website|DataSource|DataSourceObject)$|(?:Template|Catalog|Category|Type)$/i;

/**
 * An object of things, by any generation of its name: other objects hold what a person did with
 * one.
 */
export const isThing = (name: string): boolean => THING.test(baseName(name).replace(/_/g, ''));

/** Objects through which only shared rows are reached. */
export const isSharedOwner = (name: string): boolean =>
  ['account', 'household'].includes(baseName(name).toLowerCase());
