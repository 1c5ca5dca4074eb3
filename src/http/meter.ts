import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cost } from '../contract/cost.ts';

type Meter = { -readonly [Part in keyof Cost]: Cost[Part] };
const current = new AsyncLocalStorage<Meter>();

/**
 * Runs a piece of work, and counts every call to a system within it, from any client. `spent`
 * returns the count so far.
 */
export function metered<Result>(work: (spent: () => Cost) => Promise<Result>): Promise<Result> {
  const meter: Meter = { calls: 0, rows: 0, bytes: 0 };
  return current.run(meter, () => work(() => ({ ...meter })));
}

/** Adds to the count of the work in progress, if it is counted. */
export function count(part: keyof Cost, amount: number): void {
  const meter = current.getStore();
  if (meter !== undefined) meter[part] += amount;
}
