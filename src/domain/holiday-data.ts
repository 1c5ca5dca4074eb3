import type { Holidays } from './calendar.ts';
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

/** The holidays of a country, or of one of its regions where the data know it. A year without data has none. */
export function placeHolidays(data: HolidayData, region?: string): Holidays {
  const years = (region === undefined ? undefined : data.regions?.[region]) ?? data.everywhere;
  const known = new Map(Object.entries(years).map(([year, days]) => [year, new Set(days.split(' '))]));
  return {
    has: (day) => known.get(day.slice(0, 4))?.has(day.slice(5)) ?? false,
    covers: (day) => known.has(day.slice(0, 4)),
  };
}
