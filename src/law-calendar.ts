import { holidaysOf } from './domain/calendar.ts';
import type { HolidayRule, Law } from './domain/law.ts';
import type { PageCalendar } from './domain/law-page.ts';
import { placeHolidays, type HolidayData } from './domain/holiday-data.ts';
import { stateOf, zoneOf, type Place } from './domain/places.ts';
import { loadFolder } from './register.ts';

let holidays: Promise<ReadonlyMap<string, HolidayData>> | undefined;

/** Every country's holidays by its code in small letters. The folder `holidays/` is the register. */
export const loadHolidays = (): Promise<ReadonlyMap<string, HolidayData>> => (holidays ??= loadFolder<HolidayData>(new URL('./holidays/', import.meta.url)));

/** The days of a law at a place, for its page: those of the year in which the holiday data were made, and of the next. Nothing where no clock is known there. */
export async function calendarOf({ editions }: Law, place: Place): Promise<PageCalendar | undefined> {
  const timeZone = zoneOf(place);
  if (timeZone === undefined) return undefined;
  const present = editions.filter(({ to, countries, regions }) => to === undefined
    && (countries === undefined || countries.includes(place.country)) && (regions === undefined || regions.includes(place.region ?? '')));
  const rules = present.flatMap(({ roll, workingDays }) => [...('absent' in roll ? [] : [roll]), ...(workingDays === undefined ? [] : [workingDays])]);
  const [rule] = rules.filter((it) => it.holidays !== 'none');
  if (rule === undefined) return { timeZone, holidays: [], from: '' };
  if (typeof rule.holidays !== 'string') return { timeZone, holidays: rule.holidays.map(({ name }: HolidayRule) => name), from: rule.cite };
  const data = (await loadHolidays()).get(stateOf(place.country).toLowerCase());
  if (data === undefined) return { timeZone, holidays: [], from: '' };
  const days = holidaysOf(rule, placeHolidays(data, rule.holidays === 'place' ? place.region : undefined));
  const first = Number(data.madeOn.slice(0, 4));
  return { timeZone, holidays: Object.fromEntries([first, first + 1].map((year) => [year, [...days.of(year)]])), from: `${data.sources.join(', ')}; made on ${data.madeOn}` };
}
