import type { ObjectMap } from '../../../contract/object-map.ts';
import type { Profile } from '../../../contract/profile.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import { identityOf, readIndividuals } from './individuals.ts';
import { unique } from '../sql.ts';

/**
 * Party IDs of these profiles that another individual record carries too, in any of the data
 * spaces. That record is another person's: a source happened to give it the same ID. One query for
 * each data space.
 *
 * @throws SystemFailure
 */
export async function sharedPartyIds(
  salesforce: Salesforce,
  maps: readonly ObjectMap[],
  profiles: readonly Profile[],
  signal?: AbortSignal,
): Promise<string[]> {
  const ids = unique(profiles.map(({ partyId }) => partyId));
  const shared = new Set<string>();
  for (const map of maps) {
    const included = new Set(
      profiles.filter(({ dataSpace }) => dataSpace === map.dataSpace).map(identityOf),
    );
    for (const individual of await readIndividuals({ salesforce, map, signal }, ids)) {
      if (!included.has(identityOf(individual))) shared.add(individual.partyId);
    }
  }
  return [...shared];
}
