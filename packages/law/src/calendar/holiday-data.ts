import type { Holidays } from './days.ts';
import type { CalendarDate } from './dates.ts';

/** Days by year, each year's as `MM-DD` with spaces between. */
type Years = Readonly<Record<number, string>>;

/** The public holidays of one country that two sources agree on, or that a person settled. */
export interface HolidayData {
  /** ISO 3166-1. */
  readonly country: string;
  readonly madeOn: CalendarDate;
  readonly sources: readonly string[];
  /** Holidays of the whole country. */
  readonly everywhere: Years;
  /** By region, everywhere's days among them; only where a law asks for them. */
  readonly regions?: Readonly<Record<string, Years>>;
}

const known = new WeakMap<Years, ReadonlyMap<string, ReadonlySet<CalendarDate>>>();

/**
 * The holidays of a country, or of one of its regions where the data know it. A year without data
 * has none.
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
