import { authoritiesIn } from '../choice/authorities.ts';
import type { Citation } from '../model/citation.ts';
import type { Authority, Reason } from '../model/law.ts';
import { bareRegion, type Place } from '../choice/places.ts';
import { openCases, type Controller, type OpenCase } from '../choice/open-cases.ts';
import { LAWS } from '../laws/known.ts';
import type { DatedRequest } from './plan.ts';

/** The part of a letter that the law decides. */
export interface LetterLaw {
  readonly title: string;
  readonly cites: {
    readonly right: Citation;
    readonly answer: Citation;
    readonly identity: Citation;
    readonly extension: Citation;
    readonly refusal: Citation;
  };
  /** Reasons for an extension that the law lists. */
  readonly reasons: readonly Reason[];
  /**
   * The authorities that the person may complain to: of their residence, and of the controller's
   * place.
   */
  readonly authorities: readonly Authority[];
  /** Whether a refusal must say how to appeal to the controller. */
  readonly appeal: boolean;
}

/** The input of `letterLaw`. */
export interface LetterQuestion {
  readonly request: DatedRequest;
  /** The law whose date holds. */
  readonly law: string;
  readonly controller?: Controller;
  /** An authority that the company names in every letter, besides those of the laws. */
  readonly authority?: Authority;
}

/**
 * The articles that a letter cites, and the authorities that it names. The authorities are those of
 * the person's residence, of the controller's place, and of every other law that may hold.
 *
 * @throws InvalidRequest if no law holds; planning has refused such a request before
 *
 * @example
 * const residence = { country: 'FR' };
 * const request = { type: 'access', receivedAt: '2026-07-31', residence } as const;
 * const { cites, authorities } = letterLaw({ request, law: 'gdpr' });
 */
export function letterLaw({ request, law, controller, authority }: LetterQuestion): LetterLaw {
  const { cases } = openCases(LAWS, {
    right: request.type,
    receivedAt: request.receivedAt,
    events: [],
    ...(request.law !== undefined && { law: request.law }),
    ...request.residence,
    ...(request.timeZone !== undefined && { timeZone: request.timeZone }),
    ...(request.entity !== undefined && { entity: request.entity }),
    ...(controller !== undefined && { controller }),
  });
  const open = cases.find(({ id }) => id === law) ?? cases[0]!;
  const { edition } = open;
  const right = edition.rights[request.type];
  return {
    title: edition.title ?? open.law.title,
    cites: {
      right: 'absent' in right ? edition.answer.cite : right.cite,
      answer: edition.answer.cite,
      identity: edition.identity.cite,
      extension: edition.extension.cite,
      refusal: edition.refusal.cite,
    },
    reasons: 'absent' in edition.extension ? [] : edition.extension.reasons,
    authorities: [
      ...new Set([
        ...(authority === undefined ? [] : [authority]),
        ...[open, ...cases.filter((it) => it !== open)].flatMap((it) =>
          authoritiesFor(it, request, controller),
        ),
      ]),
    ],
    appeal: edition.appeal === true,
  };
}

function authoritiesFor(
  { law, place }: OpenCase,
  { residence }: DatedRequest,
  controller: Controller | undefined,
): Authority[] {
  const bare = (it: Place | undefined): Place | undefined =>
    it && {
      country: it.country,
      ...(it.region !== undefined && { region: bareRegion(it.country, it.region)! }),
    };
  return authoritiesIn(law, [bare(residence as Place | undefined), bare(controller), place]);
}
