import type { Authority, Law } from '../model/law.ts';
import { stateOf, type Place } from './places.ts';

/**
 * The authority of a place under a law. It is the region's, if regions have authorities of their
 * own. Undefined if the law names none for the place.
 *
 * @example
 * authorityIn(LAWS.get('gdpr')!, { country: 'FR' })?.web;
 */
export function authorityIn(
  { authority }: Pick<Law, 'authority'>,
  place: Place | undefined,
): Authority | undefined {
  if (!('byCountry' in authority)) return authority;
  if (place === undefined) return undefined;
  const state = stateOf(place.country);
  return (
    (place.region === undefined ? undefined : authority.byCountry[`${state}-${place.region}`]) ??
    authority.byCountry[state]
  );
}

/** The authorities of several places, each once. */
export function authoritiesIn(
  law: Pick<Law, 'authority'>,
  places: readonly (Place | undefined)[],
): Authority[] {
  return [
    ...new Set(places.map((place) => authorityIn(law, place)).filter((it) => it !== undefined)),
  ];
}
