import { SystemFailure } from '../../../http/failure.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';

/** Codes of an org that lacks the feature, or lacks it in its API. */
const SWITCHED_OFF = ['FUNCTIONALITY_NOT_ENABLED', 'API_DISABLED_FOR_ORG', 'INVALID_FEATURE'];

/**
 * Why a data space's metadata were refused, with what to do about it. The data space is not there,
 * Data Cloud is not there, or it is not for us. Other failures are returned as they are.
 */
export async function explained(
  salesforce: Salesforce,
  dataSpace: string,
  error: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof SystemFailure)) return error;
  const { kind, code, status } = error.facts;
  // A refusal of the token endpoint has nothing to do with the data space.
  if (kind === 'denied' && (status === 400 || code?.startsWith('invalid_') === true)) return error;
  if (code !== undefined && SWITCHED_OFF.includes(code)) return withoutDataCloud(salesforce, error);
  if (kind === 'denied') {
    return new SystemFailure({
      ...error.facts,
      action:
        'Give the user that the app runs as a permission set for Data Cloud and for the data ' +
        `space "${dataSpace}", and the app the scope "api"; then retry the system.`,
    });
  }
  if (kind !== 'rejected') return error;
  const there = await salesforce.dataSpaces(signal).catch((second: unknown) => {
    if (second instanceof SystemFailure && second.facts.kind === 'rejected') return undefined;
    throw second;
  });
  if (there === undefined) return withoutDataCloud(salesforce, error);
  if (there.includes(dataSpace)) return error;
  return new SystemFailure({
    ...error.facts,
    code: 'NO_DATA_SPACE',
    action:
      `There is no data space "${dataSpace}" for us; the org has ` +
      `${there.join(', ') || 'none'}. Mend salesforce.dataSpaces, then retry the system.`,
  });
}

const withoutDataCloud = (
  { host, apiVersion }: Salesforce,
  { facts }: SystemFailure,
): SystemFailure =>
  new SystemFailure({
    ...facts,
    kind: 'rejected',
    code: 'NO_DATA_CLOUD',
    action:
      `Data Cloud does not answer at ${host} with API v${apiVersion}. Check ` +
      'salesforce.loginUrl and salesforce.apiVersion; if the company does not use it, take the ' +
      'section salesforce out and say so under notUsed, as data-cloud.',
  });
