import type { CalendarDate } from '@dossier/law';
import type { RequestRun } from '../state/request-run.ts';

const FIVE_MINUTES = 5 * 60_000;
/** No clock on earth is further ahead of UTC. */
const FURTHEST_AHEAD = 14 * 3_600_000;

const isDay = (moment: string): boolean => moment.length === 10;

/**
 * Whether a moment in a message is in the future. A bare day is one of the law's zone, where it may
 * already have begun.
 */
export function isFuture(run: RequestRun, moment: string): boolean {
  if (!isDay(moment)) return Date.parse(moment) > Date.now() + FIVE_MINUTES;
  if (run.state.status.timetable === null) return Date.parse(moment) > Date.now() + FURTHEST_AHEAD;
  return moment > run.dayOf(run.now());
}

/** Whether a moment is after a day of the law's zone. */
export const isAfter = (run: RequestRun, moment: string, day: CalendarDate): boolean =>
  isDay(moment) ? moment > day : Date.parse(moment) >= Date.parse(run.endOf(day));
