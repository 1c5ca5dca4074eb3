/** A day on the Gregorian calendar, `YYYY-MM-DD`. It has no hour and no time zone. */
export type CalendarDate = `${number}-${number}-${number}`;

/** A moment, ISO 8601 in UTC: `2025-03-01T00:00:00.000Z`. */
export type Instant = `${CalendarDate}T${string}Z`;

/**
 * The moment of a count of milliseconds since 1970.
 *
 * @example
 * instant(0); // '1970-01-01T00:00:00.000Z'
 */
export function instant(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}
