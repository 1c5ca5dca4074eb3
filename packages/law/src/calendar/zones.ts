import { Temporal } from 'temporal-polyfill/implementation';
import { calendarDate } from './days.ts';
import type { CalendarDate, Instant } from './dates.ts';
import { clockOf } from './steady-zones.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const LAST_YEAR = 2999;

/**
 * Whether the runtime knows a time zone with this IANA name, such as `Europe/Vienna`. Offsets such
 * as `+01:00` are not names.
 *
 * @example
 * isTimeZone('Europe/Vienna'); // true
 */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Whether a text is a real day or an instant with an offset, in the years 1 to 2999.
 *
 * @example
 * isMoment('2026-11-23T10:15:00+01:00'); // true
 */
export function isMoment(text: string): boolean {
  try {
    if (text.includes('T')) {
      if (!INSTANT.test(text)) return false;
      Temporal.Instant.from(text);
    } else calendarDate(text);
    return Number(text.slice(0, 4)) >= 1 && Number(text.slice(0, 4)) <= LAST_YEAR;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The day of a moment in a zone. A day without an hour is the same day in every zone.
 *
 * @throws RangeError if `moment` is neither a real day nor an instant with an offset
 *
 * @example
 * dayIn('2026-07-15T23:30:00Z', 'Europe/Vienna'); // '2026-07-16'
 */
export function dayIn(moment: string, zone: string): CalendarDate {
  if (!moment.includes('T')) return calendarDate(moment);
  const at = Temporal.Instant.from(moment);
  return at
    .toZonedDateTimeISO(clockOf(zone, at.epochMilliseconds))
    .toPlainDate()
    .toString() as CalendarDate;
}

/**
 * The first moment of a day in a zone. If clocks jump at midnight, it is the moment after the jump.
 *
 * @example
 * startOfDay('2026-07-16', 'Europe/Vienna'); // '2026-07-15T22:00:00.000Z'
 */
export function startOfDay(day: CalendarDate, zone: string): Instant {
  const plain = Temporal.PlainDate.from(day);
  const start = plain.toZonedDateTime({ timeZone: clockOf(zone, Date.parse(`${day}T00:00:00Z`)) });
  return new Date(start.epochMilliseconds).toISOString() as Instant;
}

/** Milliseconds since 1970 of an instant, or of the first moment of a day in the zone. */
export function epochOf(moment: string, zone: string): number {
  return moment.includes('T')
    ? Temporal.Instant.from(moment).epochMilliseconds
    : Date.parse(startOfDay(calendarDate(moment), zone));
}
