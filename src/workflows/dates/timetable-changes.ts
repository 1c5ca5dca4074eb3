import type { Timetable, TimetableChange } from '../../contract/status.ts';

const DATES = [
  'acknowledgeBy',
  'extendBy',
  'decideExtensionBy',
  'vendorsBy',
  'cutOffAt',
  'plannedOn',
  'refuseBy',
  'answerBy',
  'timeZone',
] as const;

/** Every date that differs between two timetables, in the order of a request's life. */
export function timetableChanges(from: Timetable, to: Timetable): TimetableChange[] {
  return DATES.filter((date) => from[date] !== to[date]).map((date) => ({
    date,
    from: from[date],
    to: to[date],
  }));
}
