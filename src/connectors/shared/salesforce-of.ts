import type { Salesforce } from '../../salesforce/create-salesforce.ts';

/**
 * The company's Salesforce for a connector that cannot do without.
 *
 * @throws TypeError if the configuration has none; `needsSalesforce` refuses such an entry before
 */
export function salesforceOf(system: string, salesforce: Salesforce | null): Salesforce {
  if (salesforce === null) throw new TypeError(`${system} needs the section salesforce.`);
  return salesforce;
}
