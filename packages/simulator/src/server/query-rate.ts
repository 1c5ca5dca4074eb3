import type { Clock } from './clock.ts';
import type { Call } from './http.ts';

const MINUTE = 60_000;
const SUBMITTED = /\/(?:ssot\/query-sql|api\/v3\/query)$/;

/** Whether a call exceeds the queries per minute. Without a limit, none does. */
export function queryRate(clock: Clock, perMinute: number | undefined): (call: Call) => boolean {
  let times: readonly number[] = [];
  return ({ method, path }) => {
    if (perMinute === undefined || method !== 'POST' || !SUBMITTED.test(path)) return false;
    times = times.filter((at) => clock.now() - at < MINUTE);
    if (times.length >= perMinute) return true;
    times = [...times, clock.now()];
    return false;
  };
}
