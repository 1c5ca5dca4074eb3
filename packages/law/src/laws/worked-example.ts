import { calendarDate, weekday } from '../calendar/days.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import type { ClockEvent } from '../model/clock-event.ts';
import type { DueQuestion } from '../model/due.ts';

/**
 * A rule, what is asked, and the days that follow from it, each with its weekday: for a lawyer to
 * check, and for the tests to hold. They stand in `examples.ts` beside each law; nothing else reads
 * them.
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

/** The day that `Mon 10 Mar 2025` names. @throws where it was another weekday */
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

/** An extension that is announced on a day, for as long as the law has it or until another. */
export const extended = (at: string, until?: string) => [event('extended', at, until)];

/** A proof of identity, or a clarification, that was asked for on a day and came on another. */
export const answered = (what: 'identity' | 'clarification', asked: string, came: string) =>
  what === 'identity'
    ? [event('identityRequested', asked), event('identityVerified', came)]
    : [event('clarificationRequested', asked), event('clarificationReceived', came)];
