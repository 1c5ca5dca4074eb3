import { HOLIDAYS } from '../calendar/holiday-tables.ts';
import { holidaysOf } from '../calendar/days.ts';
import type { HolidayRule, Law } from '../model/law.ts';
import { printCitation } from '../model/print-citation.ts';
import type { PageCalendar } from './law-page.ts';
import { placeHolidays } from '../calendar/holiday-data.ts';
import { stateOf, zoneOf, type Place } from '../choice/places.ts';

/**
 * The zone and the holidays of a law at a place, for its page. The holidays are of the year in
 * which the data were made, and of the next. Undefined if the place has no known zone.
 */
export function calendarOf({ editions }: Law, place: Place): PageCalendar | undefined {
  const timeZone = zoneOf(place);
  if (timeZone === undefined) return undefined;
  const present = editions.filter(
    ({ to, countries, regions }) =>
      to === undefined &&
      (countries === undefined || countries.includes(place.country)) &&
      (regions === undefined || regions.includes(place.region ?? '')),
  );
  const rules = present.flatMap(({ roll, workingDays }) => [
    ...('absent' in roll ? [] : [roll]),
    ...(workingDays === undefined ? [] : [workingDays]),
  ]);
  const [rule] = rules.filter((it) => it.holidays !== 'none');
  if (rule === undefined) return { timeZone, holidays: [], from: '' };
  if (typeof rule.holidays !== 'string') {
    return {
      timeZone,
      holidays: rule.holidays.map(({ name }: HolidayRule) => name),
      from: printCitation(rule.cite),
    };
  }
  const data = HOLIDAYS.get(stateOf(place.country).toLowerCase());
  if (data === undefined) return { timeZone, holidays: [], from: '' };
  const days = holidaysOf(
    rule,
    placeHolidays(data, rule.holidays === 'place' ? place.region : undefined),
  );
  const first = Number(data.madeOn.slice(0, 4));
  return {
    timeZone,
    holidays: Object.fromEntries([first, first + 1].map((year) => [year, [...days.of(year)]])),
    from: `${data.sources.join(', ')}; made on ${data.madeOn}`,
  };
}
