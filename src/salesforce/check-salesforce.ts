import type { Salesforce } from './create-salesforce.ts';

/**
 * Signs in and looks which data spaces there are, for `dossier doctor`. Gives what was found in words.
 *
 * @throws SystemFailure
 */
export async function checkSalesforce(salesforce: Salesforce, signal?: AbortSignal): Promise<string> {
  const dataSpaces = await salesforce.dataSpaces(signal);
  return `${salesforce.host} lets us in with API v${salesforce.apiVersion}; data spaces: ${dataSpaces.join(', ') || 'none'}`;
}
