import { SystemFailure } from './failure.ts';

/** How many API calls the whole org has made in the last 24 hours, and how many it may make. */
export interface LimitReading {
  readonly used: number;
  readonly max: number;
}

export interface LimitRules {
  /** The share of the org's calls that is left to others, from 0 to 1. */
  readonly keepFree: number;
  /**
   * How long to wait before asking again, in seconds: the window of 24 hours moves on, and no
   * response says when.
   */
  readonly wait: number;
  /** Called at every reading, and each time a call has to wait. */
  readonly onReading?: ((reading: LimitReading, waits: boolean) => void) | undefined;
}

/**
 * Watches the org's allowance of API calls. Every response says how much all callers together have
 * used, so workers need not talk to each other.
 */
export interface LimitWatch {
  /**
   * Lets a call pass. @throws SystemFailure `unavailable` if the call would use the share of
   * others; it says when to ask again
   */
  admit(system: string, url: string): void;
  /** Reads the allowance from a response's header. */
  read(url: string, header: string | undefined): void;
  /** The failure with a wait: a longer one if the allowance is spent. */
  waiting(failure: SystemFailure): SystemFailure;
  reading(): LimitReading | undefined;
}

/**
 * Calls that count against the allowance: those of the REST API. Tokens do not, and other hosts
 * have limits of their own.
 */
const counts = (url: string): boolean => /^https?:\/\/[^/]+\/services\/data\/v/.test(url);

/**
 * @see REST API Developer Guide, "Limit Info Header": `Sforce-Limit-Info: api-usage=18/5000`; read
 *   2026-11
 */
export function watchLimit(
  { keepFree, wait, onReading }: LimitRules,
  now: () => number = Date.now,
): LimitWatch {
  let last: (LimitReading & { readonly at: number }) | undefined;
  /** Calls that were admitted since the last reading. */
  let under = 0;
  let probing = false;

  const say = (waits: boolean): void => {
    if (last !== undefined) onReading?.({ used: last.used, max: last.max }, waits);
  };
  return {
    admit(system, url) {
      if (!counts(url)) return;
      const stale = last !== undefined && now() - last.at >= wait * 1000;
      if (last === undefined || last.used + under < last.max * (1 - keepFree)) {
        under += 1;
        return;
      }
      // One call finds out whether the window has moved; the rest wait for its reading.
      if (stale && !probing) {
        probing = true;
        return;
      }
      say(true);
      const { used, max } = last;
      throw new SystemFailure({
        kind: 'unavailable',
        system,
        code: 'API_SHARE_REACHED',
        retryAfter: wait,
        action:
          `The org has used ${used} of its ${max} API calls of 24 hours, and ` +
          `salesforce.keepFree leaves ${Math.round(keepFree * 100)}% to others: it waits for ` +
          'the window to move.',
      });
    },
    read(url, header) {
      if (!counts(url)) return;
      probing = false;
      under = Math.max(0, under - 1);
      const told = /(?:^|[;\s])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
      if (told === null) return;
      last = { used: Number(told[1]), max: Number(told[2]), at: now() };
      say(false);
    },
    waiting(failure) {
      const { code, status, retryAfter } = failure.facts;
      if (status !== 403 || code !== 'REQUEST_LIMIT_EXCEEDED' || retryAfter !== undefined) {
        return failure;
      }
      say(true);
      return new SystemFailure({ ...failure.facts, retryAfter: wait });
    },
    reading: () => last && { used: last.used, max: last.max },
  };
}
