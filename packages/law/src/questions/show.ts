import { chooseLaw, type LawQuestion } from '../choice/choose-law.ts';
import { subjectPlace } from '../choice/open-cases.ts';
import { bareRegion } from '../choice/places.ts';
import { LAWS } from '../laws/known.ts';
import type { Complaint } from '../model/complaint.ts';
import { InvalidRequest } from '../model/invalid-request.ts';
import { lawPage, type LawPage } from './law-page.ts';
import { calendarOf } from './place-calendar.ts';

/**
 * The law of a request, or why there is none: see `chooseLaw`.
 *
 * @example
 * resolveLaw({ country: 'FR' }); // { law: 'gdpr' }
 */
export function resolveLaw(question: LawQuestion): { readonly law: string } | Complaint {
  const region = bareRegion(question.country, question.region);
  return chooseLaw(LAWS, { ...question, ...(region !== undefined && { region }) });
}

/**
 * The page of a law, or of its part for one country or region. `lawText` turns it into plain text.
 *
 * @throws InvalidRequest for an unknown law or place
 *
 * @example
 * const { title, editions } = showLaw('gdpr', 'FR');
 */
export function showLaw(law: string, country?: string, region?: string): LawPage {
  const bare = bareRegion(country, region);
  const chosen = chooseLaw(LAWS, {
    law,
    ...(country !== undefined && { country }),
    ...(bare !== undefined && { region: bare }),
  });
  if ('reason' in chosen) throw new InvalidRequest([chosen]);
  const found = LAWS.get(chosen.law)!;
  if (country !== undefined && !found.countries.includes(country)) {
    throw new InvalidRequest([
      { path: 'country', reason: `${chosen.law} holds in ${found.countries.join(', ')}` },
    ]);
  }
  const place = subjectPlace(found, country, bare);
  const calendar = place && calendarOf(found, place);
  const page = lawPage(chosen.law, found, {
    ...(country !== undefined && { country }),
    ...(bare !== undefined && { region: bare }),
    ...(calendar && { calendar }),
  });
  if (page.editions.length === 0) {
    throw new InvalidRequest([
      { path: 'region', reason: `${chosen.law} says nothing of ${country ?? ''}-${bare ?? ''}` },
    ]);
  }
  return page;
}
