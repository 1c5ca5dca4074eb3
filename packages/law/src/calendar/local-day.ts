import type { CalendarDate, Instant } from './dates.ts';
import type { Timetable } from '../model/timetable.ts';
import { clockOf } from './steady-zones.ts';

const HOUR = 3_600_000;
const calendars = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of a moment in a zone. The moment is in milliseconds since 1970.
 *
 * @throws RangeError for a zone that the runtime does not know
 *
 * @example
 * dayAt(Date.parse('2026-07-15T23:30:00Z'), 'Europe/Vienna'); // '2026-07-16'
 */
export function dayAt(milliseconds: number, timeZone: string): CalendarDate {
  const zone = clockOf(timeZone, milliseconds);
  let calendar = calendars.get(zone);
  if (calendar === undefined) {
    calendar = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    calendars.set(zone, calendar);
  }
  const parts = Object.fromEntries(
    calendar.formatToParts(milliseconds).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}` as CalendarDate;
}

/**
 * The day of a moment in the law's zone. If the zone is not known, the day is counted from `dueAt`,
 * which is a midnight there.
 *
 * @example
 * const dates = { answerBy: '2026-08-31', dueAt: '2026-08-31T22:00:00.000Z' } as const;
 * localDay({ ...dates, timeZone: 'Europe/Paris' }, '2026-08-30T22:30:00.000Z'); // '2026-08-31'
 */
export function localDay(
  {
    answerBy,
    dueAt,
    timeZone,
  }: Pick<Timetable, 'answerBy' | 'dueAt'> & Partial<Pick<Timetable, 'timeZone'>>,
  at: Instant,
): CalendarDate {
  if (timeZone !== undefined) {
    try {
      return dayAt(Date.parse(at), timeZone);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const days = Math.floor((Date.parse(at) - Date.parse(dueAt) + 2 * HOUR) / (24 * HOUR)) + 1;
  return new Date(Date.parse(answerBy) + days * 24 * HOUR)
    .toISOString()
    .slice(0, 10) as CalendarDate;
}
