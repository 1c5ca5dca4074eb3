import type { Clock } from './clock.ts';

/** The calls that a caller may make in 24 hours, and how many are used. */
export interface Allowance {
  /** Counts a call. Returns false if there is none left; such a call does not count. */
  spend(): boolean;
  used(): number;
  max(): number;
  setMax(max: number): void;
  /** Counts calls of other programs as used. */
  spendForOthers(calls: number): void;
  /** Starts a new window. */
  reset(): void;
}

const HOUR = 60 * 60 * 1_000;
const WINDOW_HOURS = 24;

/**
 * An allowance over a window of 24 hours. The window moves hour by hour of the simulator's clock.
 */
export function keepAllowance(clock: Clock, limit: number): Allowance {
  let max = limit;
  const byHour = new Map<number, number>();
  const hour = (): number => Math.floor(clock.now() / HOUR);
  const used = (): number => {
    const oldest = hour() - WINDOW_HOURS;
    for (const at of byHour.keys()) {
      if (at <= oldest) byHour.delete(at);
    }
    return [...byHour.values()].reduce((sum, calls) => sum + calls, 0);
  };
  const add = (calls: number): void => {
    byHour.set(hour(), (byHour.get(hour()) ?? 0) + calls);
  };
  return {
    spend: () => {
      if (used() >= max) return false;
      add(1);
      return true;
    },
    used,
    max: () => max,
    setMax: (value) => {
      max = value;
    },
    spendForOthers: add,
    reset: () => byHour.clear(),
  };
}
