import { calendarDate, weekday } from '../calendar/days.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import type { ClockEvent } from '../model/clock-event.ts';
import type { DueQuestion } from '../model/due.ts';

/**
 * A rule, a question, and the days that follow, each with its weekday. A lawyer can check them, and
 * tests hold them. Only tests read the file `examples.ts` of each law.
 */
export type Example = readonly [
  rule: string,
  question: Omit<DueQuestion, 'id'>,
  received: string,
  due: string,
  planned: string,
  more?: { extended?: string; acknowledge?: string },
];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The day of a text such as `Mon 10 Mar 2025`.
 *
 * @throws Error if that day has another weekday
 */
export function day(words: string): CalendarDate {
  const [name, number, month, year] = words.split(' ') as [string, string, string, string];
  const found = calendarDate(
    `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${number.padStart(2, '0')}`,
  );
  if (weekday(found).slice(0, 3) !== name.toLowerCase()) {
    throw new Error(`${words} was a ${weekday(found)}.`);
  }
  return found;
}

const event = (type: ClockEvent['type'], at: string, until?: string): ClockEvent => ({
  type,
  at: day(at),
  ...(until && { until: day(until) }),
});

/** An extension that is announced on `at`, for the law's own length or until `until`. */
export const extended = (at: string, until?: string) => [event('extended', at, until)];

/** A proof of identity or a clarification, with the day of the question and of the reply. */
export const answered = (what: 'identity' | 'clarification', asked: string, came: string) =>
  what === 'identity'
    ? [event('identityRequested', asked), event('identityVerified', came)]
    : [event('clarificationRequested', asked), event('clarificationReceived', came)];
