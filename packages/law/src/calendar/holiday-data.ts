import type { Holidays } from './days.ts';
import type { CalendarDate } from './dates.ts';

/** Days by year. The days of a year are `MM-DD`, separated by spaces. */
type Years = Readonly<Record<number, string>>;

/** The public holidays of one country. Two sources agree on them, or a person decided. */
export interface HolidayData {
  /** ISO 3166-1. */
  readonly country: string;
  readonly madeOn: CalendarDate;
  readonly sources: readonly string[];
  /** Holidays of the whole country. */
  readonly everywhere: Years;
  /**
   * By region, with the country's holidays included. Only for countries whose law asks for them.
   */
  readonly regions?: Readonly<Record<string, Years>>;
}

const known = new WeakMap<Years, ReadonlyMap<string, ReadonlySet<CalendarDate>>>();

/**
 * The holidays of a country, or of one of its regions if the data have it. A year without data has
 * none.
 */
export function placeHolidays(data: HolidayData, region?: string): Holidays {
  const years = (region === undefined ? undefined : data.regions?.[region]) ?? data.everywhere;
  let days = known.get(years);
  if (!days) {
    known.set(
      years,
      (days = new Map(
        Object.entries(years).map(([year, list]) => [
          year,
          new Set(list.split(' ').map((monthDay) => `${year}-${monthDay}` as CalendarDate)),
        ]),
      )),
    );
  }
  const byYear = days;
  return {
    has: (day) => byYear.get(day.slice(0, 4))?.has(day) ?? false,
    covers: (day) => byYear.has(day.slice(0, 4)),
    of: (year) => byYear.get(String(year)) ?? [],
  };
}
