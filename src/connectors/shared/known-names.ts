import type { Question } from '../../domain/connector.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import { discover } from '../data-cloud/discover.ts';
import { fit } from '../data-cloud/fit.ts';
import { readIndividuals } from '../data-cloud/individuals.ts';
import type { Named } from './same-person.ts';

/** Names and birth dates of the included profiles, to tell the subject from others at the same address. @throws SystemFailure */
export async function knownNames(salesforce: Salesforce | null, { profiles }: Pick<Question, 'profiles'>, signal: AbortSignal): Promise<Named[]> {
  const known: Named[] = [];
  if (salesforce === null) return known;
  for (const dataSpace of new Set(profiles.map((profile) => profile.dataSpace))) {
    const here = profiles.filter((profile) => profile.dataSpace === dataSpace);
    const map = await discover(salesforce, dataSpace, { exclude: [], rulesets: 'auto' }, signal);
    const individuals = await readIndividuals({ salesforce, map, signal }, [...new Set(here.map(({ partyId }) => partyId))]);
    known.push(...individuals.filter((individual) => fit(individual, here).whose === 'one'));
  }
  return known;
}
