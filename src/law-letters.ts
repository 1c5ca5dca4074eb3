import { authoritiesIn } from './domain/authorities.ts';
import type { Authority } from './domain/law.ts';
import { bareRegion, type Place } from './domain/places.ts';
import type { CheckedRequest } from './domain/request.ts';
import { openCases, type Controller, type OpenCase } from './law-case.ts';
import { loadLaws } from './law-desk.ts';
import type { LetterLaw } from './notices/letter.ts';

/** What a letter asks of the law. */
export interface LetterQuestion {
  readonly request: CheckedRequest;
  /** The law whose date holds. */
  readonly law: string;
  readonly controller?: Controller;
  /** The authority that the company names in every letter, besides those that the laws know. */
  readonly authority?: Authority;
}

/**
 * The articles that a letter cites and the authorities that it names: those of the person's residence, of the controller's
 * place, and of every other law that may hold.
 *
 * @throws InvalidRequest where no law holds; planning has refused such a request before
 */
export async function letterLaw({ request, law, controller, authority }: LetterQuestion): Promise<LetterLaw> {
  const { cases } = await openCases(await loadLaws(), {
    right: request.type, receivedAt: request.receivedAt, events: [],
    ...(request.law !== undefined && { law: request.law }), ...request.residence,
    ...(request.timeZone !== undefined && { timeZone: request.timeZone }), ...(request.entity !== undefined && { entity: request.entity }),
    ...(controller !== undefined && { controller }),
  });
  const open = cases.find(({ id }) => id === law) ?? cases[0]!;
  const { edition } = open;
  const right = edition.rights[request.type];
  return {
    title: edition.title ?? open.law.title,
    cites: {
      right: 'absent' in right ? edition.answer.cite : right.cite, answer: edition.answer.cite, identity: edition.identity.cite,
      extension: edition.extension.cite, refusal: edition.refusal.cite,
    },
    reasons: 'absent' in edition.extension ? [] : edition.extension.reasons,
    authorities: [...new Set([...(authority === undefined ? [] : [authority]), ...[open, ...cases.filter((it) => it !== open)].flatMap((it) => authoritiesFor(it, request, controller))])],
    appeal: open.id === 'us-state' && open.place?.region !== 'UT',
  };
}

function authoritiesFor({ law, place }: OpenCase, { residence }: CheckedRequest, controller: Controller | undefined): Authority[] {
  const bare = (it: Place | undefined): Place | undefined => it && { country: it.country, ...(it.region !== undefined && { region: bareRegion(it.country, it.region)! }) };
  return authoritiesIn(law, [bare(residence as Place | undefined), bare(controller), place]);
}
