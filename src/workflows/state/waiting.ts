import { condition, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '@dossier/law';
import { LIMITS, withinBytes } from '../../contract/limits.ts';

/**
 * Thrown at a wait when the history has grown long. The request continues in a next run, with its
 * state carried over.
 */
export class Suspended extends Error {}

/** The first of several moments, or none. */
export const earliest = (moments: readonly (Instant | null)[]): Instant | null =>
  moments.filter((at) => at !== null).sort()[0] ?? null;

/** A wait without a deadline has no timer, and so no reason to show. */
const unsaid = (): string => '';

/** The longest single timer. It limits the effect of a moved deadline or a changed clock. */
const LONGEST = 30 * 24 * 3600 * 1000;

/**
 * Waits for `happened`, or for a deadline that may move meanwhile. Returns true if it happened in
 * time; `null` as a deadline waits for ever. The story waits in this way. `reason` is called again
 * for each timer, so that a moved timer names the new day.
 *
 * @throws Suspended when the server suggests to continue as new; what is due by then comes first
 */
export const before = (
  deadline: () => Instant | null,
  happened: () => boolean,
  reason = unsaid,
): Promise<boolean> => waitUntil(deadline, happened, reason, continueSuggested);

/**
 * Waits as `before` does, for what runs beside the story. It ends when the story does, by
 * `happened` or by its scope.
 */
export const meanwhile = (
  deadline: () => Instant | null,
  happened: () => boolean,
  reason = unsaid,
): Promise<boolean> => waitUntil(deadline, happened, reason, () => false);

/** Whether the history has grown long. */
export const continueSuggested = (): boolean => workflowInfo().continueAsNewSuggested;

async function waitUntil(
  deadline: () => Instant | null,
  happened: () => boolean,
  reason: () => string,
  suspending: () => boolean,
): Promise<boolean> {
  while (!happened()) {
    const at = deadline();
    const left = at === null ? null : Date.parse(at) - Date.now();
    if (left !== null && left <= 0) return false;
    if (suspending()) throw new Suspended();
    const wake = () => happened() || deadline() !== at || suspending();
    if (left === null) await condition(wake);
    else {
      await condition(wake, Math.min(left, LONGEST), {
        summary: withinBytes(reason(), LIMITS.summary),
      });
    }
  }
  return true;
}
