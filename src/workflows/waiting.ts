import { condition, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../domain/dates.ts';

/** Thrown at a wait when the history has grown long: the request goes on in a next run, with its state carried over. */
export class Suspended extends Error {}

/** The first of several moments, or none. */
export const earliest = (moments: readonly (Instant | null)[]): Instant | null => moments.filter((at) => at !== null).sort()[0] ?? null;

/** The longest single timer, so that a moved deadline or a changed clock is never far. */
const LONGEST = 30 * 24 * 3600 * 1000;

/**
 * Waits for `happened`, or for a deadline that may move meanwhile. Gives true if it happened in time; `null` as a deadline
 * waits for ever.
 *
 * @throws Suspended when the server suggests to continue as new
 */
export async function before(deadline: () => Instant | null, happened: () => boolean, summary: string): Promise<boolean> {
  const suspending = () => workflowInfo().continueAsNewSuggested;
  while (!happened()) {
    if (suspending()) throw new Suspended();
    const at = deadline();
    const wake = () => happened() || deadline() !== at || suspending();
    if (at === null) {
      await condition(wake);
      continue;
    }
    const left = Date.parse(at) - Date.now();
    if (left <= 0) return false;
    await condition(wake, Math.min(left, LONGEST), { summary });
  }
  return true;
}
