import assert from 'node:assert/strict';
import { calendarDate, weekday } from '../src/calendar/days.ts';
import type { CalendarDate } from '../src/calendar/dates.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day that `Mon 10 Mar 2025` names. Fails if it was another weekday. */
export function day(words: string): CalendarDate {
  const [name, number, month, year] = words.split(' ') as [string, string, string, string];
  const found = calendarDate(
    `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${number.padStart(2, '0')}`,
  );
  assert.equal(weekday(found).slice(0, 3), name.toLowerCase(), `${words} was a ${weekday(found)}`);
  return found;
}
