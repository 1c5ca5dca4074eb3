import { randomBytes } from 'node:crypto';
import type { Clock } from '../../server/clock.ts';
import type { CloudRecord } from '../../seed/clouds.ts';
import { aeRefusal } from './errors.ts';

/** The query and the place at which a token continues. */
export interface Sequence {
  readonly businessUnit: string;
  readonly object: string;
  readonly records: readonly CloudRecord[];
  readonly offset: number;
  readonly limit: number;
}

/** Tokens of further pages. A token can be used again for four hours. */
export interface PageTokens {
  give(sequence: Sequence): string;
  /** @throws Refusal if a token is unknown, too old, or of another object */
  take(token: string, businessUnit: string, object: string): Sequence;
}

const LIFETIME = 4 * 60 * 60 * 1_000;

/** Creates the page tokens of a plane. */
export function keepPageTokens(clock: Clock): PageTokens {
  const given = new Map<string, { sequence: Sequence; until: number }>();
  return {
    give: (sequence) => {
      const token = randomBytes(24).toString('base64');
      given.set(token, { sequence, until: clock.now() + LIFETIME });
      return token;
    },
    take: (token, businessUnit, object) => {
      const found = given.get(token);
      if (found?.sequence.businessUnit !== businessUnit || found.sequence.object !== object) {
        throw aeRefusal(400, 211, 'Page token is invalid.');
      }
      if (found.until < clock.now()) throw aeRefusal(400, 210, 'Page token has expired.');
      return found.sequence;
    },
  };
}
