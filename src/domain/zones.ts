import { Temporal } from 'temporal-polyfill/implementation';
import { calendarDate } from './calendar.ts';
import type { CalendarDate, Instant } from './dates.ts';

/** Whether the runtime knows a time zone by an IANA name such as `Europe/Vienna`; offsets such as `+01:00` are none. */
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
 * The day on which a moment falls in a zone; a bare day is that day in every zone.
 *
 * @throws RangeError if `moment` is neither a real day nor an instant with an offset
 */
export function dayIn(moment: string, zone: string): CalendarDate {
  if (!moment.includes('T')) return calendarDate(moment);
  return Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate().toString() as CalendarDate;
}

/** The first moment of a day in a zone. Where clocks jump at midnight it is the moment after the jump. */
export function startOfDay(day: CalendarDate, zone: string): Instant {
  const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone }).startOfDay();
  return new Date(start.epochMilliseconds).toISOString() as Instant;
}

/** Milliseconds since 1970 of an instant, or of the first moment of a bare day in the zone. */
export function epochOf(moment: string, zone: string): number {
  return moment.includes('T') ? Temporal.Instant.from(moment).epochMilliseconds : Date.parse(startOfDay(calendarDate(moment), zone));
}
