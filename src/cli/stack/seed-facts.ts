import { PEOPLE_OBJECTS } from '@dossier/salesforce-simulator';
import type { CheckedSeed } from '@dossier/salesforce-simulator';
import { cloudFacts, type CloudFacts } from './cloud-systems.ts';

/** The facts of a seed that a configuration needs: its data spaces, vendors and data sources. */
export interface SeedFacts {
  readonly dataSpaces: readonly string[];
  readonly vendors: readonly { readonly name: string; readonly dataSources: readonly string[] }[];
  /** Data sources with the names of a Salesforce org. */
  readonly crmSources: readonly string[];
  /** Data sources that nothing in the seed claims. */
  readonly unclaimed: readonly string[];
  readonly clouds: CloudFacts;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Reads those facts from a seed. A source belongs to a vendor if its name starts with the vendor's.
 */
export function seedFacts({
  dataCloud,
  generate,
  vendors,
  people,
  ...clouds
}: Pick<
  CheckedSeed,
  'dataCloud' | 'generate' | 'vendors' | 'people' | 'marketingCloud' | 'b2cCommerce'
>): SeedFacts {
  const spaces = [...new Set([...Object.keys(dataCloud), ...Object.keys(generate)])];
  const made = people === undefined ? [] : (PEOPLE_OBJECTS.ssot__Individual__dlm ?? []);
  const sources = [...new Set([...sourcesOf(dataCloud, generate), ...made])].toSorted();
  const claimed = Object.keys(vendors).map((name) => ({
    name,
    dataSources: sources.filter((source) => plain(source).startsWith(plain(name))),
  }));
  const vendorSources = new Set(claimed.flatMap(({ dataSources }) => dataSources));
  const crmSources = sources.filter(
    (source) => !vendorSources.has(source) && /crm|salesforce|core/i.test(source),
  );
  return {
    dataSpaces: spaces.length === 0 ? ['default'] : spaces,
    vendors: claimed,
    crmSources,
    unclaimed: sources.filter(
      (source) => !vendorSources.has(source) && !crmSources.includes(source),
    ),
    clouds: cloudFacts(clouds),
  };
}

/** The object of people, and its field for the data source, in every generation of names. */
const PEOPLE = /^(?:ssot__|std__)?Individual(?:Dmo)?(?:_std)?__dlm$/i;
const SOURCE = /^(?:ssot__|std__)?DataSource(?:Id)?__c$/i;

function sourcesOf(
  dataCloud: CheckedSeed['dataCloud'],
  generate: CheckedSeed['generate'],
): Set<string> {
  const sources = new Set<string>();
  for (const objects of Object.values(dataCloud)) {
    for (const row of Object.entries(objects)
      .filter(([name]) => PEOPLE.test(name))
      .flatMap(([, rows]) => rows)) {
      const source = Object.entries(row).find(([field]) => SOURCE.test(field))?.[1];
      if (typeof source === 'string') sources.add(source);
    }
  }
  for (const objects of Object.values(generate)) {
    for (const [name, { dataSource }] of Object.entries(objects)) {
      if (PEOPLE.test(name) && dataSource !== undefined) sources.add(dataSource);
    }
  }
  return sources;
}
