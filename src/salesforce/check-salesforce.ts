import type { Salesforce } from './create-salesforce.ts';

/**
 * Signs in and lists the data spaces, for `dossier doctor`. Returns what it found in words.
 *
 * @throws SystemFailure
 */
export async function checkSalesforce(
  salesforce: Salesforce,
  signal?: AbortSignal,
): Promise<string> {
  const dataSpaces = await salesforce.dataSpaces(signal);
  const limit = salesforce.limit();
  const usage =
    limit === undefined ? '' : `; ${limit.used} of ${limit.max} API calls of 24 hours are used`;
  return (
    `${salesforce.host} lets us in with API v${salesforce.apiVersion}; data spaces: ` +
    `${dataSpaces.join(', ') || 'none'}${usage}`
  );
}
