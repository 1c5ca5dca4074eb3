import type { Client } from '@temporalio/client';
import { deleteLeftover, findLeftovers, standingOf, type Leftover } from './leftovers.ts';
import type { Store } from '../storage/filesystem.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/**
 * Days for which the letters of a request that ended by itself are kept, so that they can be sent.
 */
const LETTERS_KEPT = 30;
/** The most requests that one look deletes. */
const MOST = 100;

/**
 * The variable with the days after which files of an ended request are deleted; `off` for never.
 */
export const SWEEP_VARIABLE = 'DOSSIER_SWEEP_AFTER_DAYS';
/** Time for an operator to revive a request by a reset. */
const DEFAULT_DAYS = 7;

/**
 * The days that a variable asks for; null for never. @throws RangeError if it is neither a number
 * from 1 on nor `off`
 */
export function sweepAfter(text: string | undefined): number | null {
  if (text === undefined || text === '') return DEFAULT_DAYS;
  if (text === 'off') return null;
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new RangeError(`${SWEEP_VARIABLE} must be a number of days from 1 on, or "off".`);
  }
  return Number(text);
}

/** What the sweeper works with. */
export interface SweepParts {
  readonly client: Client;
  readonly store: Store;
  /** The server's own ID of the namespace. */
  readonly namespaceId: string;
  readonly days: number;
  /** Tells the vendors that a request had asked, before its files go. It must not throw. */
  readonly tellVendors?: (requestId: string) => Promise<void>;
}

/**
 * Deletes files of requests that no longer run. Their workflow was terminated, failed, timed out or
 * is forgotten; or the request ended by itself and left letters. An earlier look found each in the
 * same state, it is old enough, and Temporal is asked once more right before. A request that
 * Temporal has forgotten is deleted only if this namespace registered it, because every other
 * server does not know it.
 */
export function createSweeper({
  client,
  store,
  namespaceId,
  days,
  tellVendors,
}: SweepParts): (now: number) => Promise<string[]> {
  let seen = new Map<string, { as: Leftover['as']; at: number }>();
  const isDue = async (it: Leftover, now: number): Promise<boolean> => {
    const before = seen.get(it.requestId);
    if (before?.as !== it.as || now - before.at < HOUR / 2) return false;
    const kept =
      (it.as === 'completed' && it.onlyLetters ? Math.max(LETTERS_KEPT, days) : days) * DAY;
    if (now - Math.max(it.endedAt ?? 0, it.writtenAt) < kept) return false;
    return (
      it.as !== 'forgotten' || (await store.readRecord(it.requestId))?.namespaceId === namespaceId
    );
  };
  const stillSo = async (it: Leftover): Promise<boolean> =>
    (await standingOf(client, store, it.requestId)).as === it.as;
  return async (now) => {
    const found = await findLeftovers(client, store, { letters: true });
    const deleted: string[] = [];
    for (const it of found) {
      if (deleted.length >= MOST || !(await isDue(it, now)) || !(await stillSo(it))) continue;
      if (it.as !== 'forgotten' && it.as !== 'completed') {
        await tellVendors?.(it.requestId);
        // Telling takes a while, and an operator may have revived the request meanwhile.
        if (!(await stillSo(it))) continue;
      }
      await deleteLeftover(store, it.requestId, {
        why: `its workflow was ${it.as} and had left files behind`,
        at: new Date(now).toISOString(),
      });
      deleted.push(it.requestId);
    }
    seen = new Map(
      found
        .filter(({ requestId }) => !deleted.includes(requestId))
        .map(({ requestId, as }) => {
          const before = seen.get(requestId);
          return [requestId, before?.as === as ? before : { as, at: now }] as const;
        }),
    );
    return deleted;
  };
}

/**
 * Looks every hour until it is stopped. A look that fails deletes nothing further, and is reported.
 */
export function sweepHourly(
  sweep: (now: number) => Promise<string[]>,
  tell: (line: string) => void,
): { stop(): void } {
  let going = false;
  const look = async (): Promise<void> => {
    if (going) return;
    going = true;
    try {
      const deleted = await sweep(Date.now());
      if (deleted.length > 0) {
        tell(
          `Files of ${deleted.length} request(s) that go on no more were deleted: ${deleted.join(', ')}.`,
        );
      }
    } catch (error) {
      tell(
        'The look for files of requests that go on no more failed, and deleted nothing ' +
          `further: ${error instanceof Error ? error.message : 'unknown'}`,
      );
    } finally {
      going = false;
    }
  };
  const timer = setInterval(() => void look(), HOUR);
  timer.unref();
  void look();
  return { stop: () => clearInterval(timer) };
}
