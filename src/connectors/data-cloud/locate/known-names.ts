import type { ObjectMap } from '../../../contract/object-map.ts';
import type { Named, Profile } from '../../../contract/profile.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import { identityOf, readIndividuals } from './individuals.ts';

/**
 * Names and birth dates of profiles in Data Cloud: one query for each data space. @throws
 * SystemFailure
 */
export async function knownNames(
  salesforce: Salesforce,
  mapOf: (dataSpace: string) => Promise<ObjectMap>,
  profiles: readonly Profile[],
  signal: AbortSignal,
): Promise<Named[]> {
  const known: Named[] = [];
  for (const dataSpace of new Set(profiles.map((profile) => profile.dataSpace))) {
    const here = profiles.filter((profile) => profile.dataSpace === dataSpace);
    const included = new Set(here.map(identityOf));
    const individuals = await readIndividuals({ salesforce, map: await mapOf(dataSpace), signal }, [
      ...new Set(here.map(({ partyId }) => partyId)),
    ]);
    for (const individual of individuals) {
      const { givenName, familyName, birthDate } = individual;
      if (included.has(identityOf(individual))) known.push({ givenName, familyName, birthDate });
    }
  }
  return known;
}
