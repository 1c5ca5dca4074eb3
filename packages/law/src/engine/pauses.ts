import { addDays, daysBetween, later } from '../calendar/days.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import { intervalsOf, type DatedEvent } from './events.ts';
import { printCitation } from '../model/print-citation.ts';
import type { Pause, Right } from '../model/law.ts';
import type { TimetableStep } from '../model/timetable.ts';

const WARN_AFTER_DAYS = 3;

/** A period before any pause. */
export interface Running {
  readonly receivedOn: CalendarDate;
  readonly right: Right;
  readonly events: readonly DatedEvent[];
  /** The day that the period is counted from. Days up to it prolong nothing. */
  readonly start: CalendarDate;
  /** The last day without any pause. */
  readonly raw: CalendarDate;
}

/**
 * The last day of a period, prolonged by its pauses. Overlapping pauses count once, and an open one
 * does not count. A question after the end has no effect.
 */
export function pausedEnd(
  pauses: readonly Pause[],
  reading: 'law' | 'cautious',
  running: Running,
  steps: TimetableStep[],
  doubts: string[],
): CalendarDate {
  const { receivedOn, right, events, start, raw } = running;
  const stood = pauses
    .flatMap((pause) =>
      pause.rights.includes(right)
        ? intervalsOf(events, pause.on).map((interval) => ({ pause, ...interval }))
        : [],
    )
    .toSorted((a, b) => (a.asked < b.asked ? -1 : 1));
  let end = raw;
  let counted = start;
  for (const { pause, asked, answered } of stood) {
    const way = reading === 'law' ? pause.count : pause.cautious;
    if (
      way === 'none' ||
      asked < receivedOn ||
      asked > end ||
      !isPrompt(pause, daysBetween(receivedOn, asked), doubts)
    ) {
      continue;
    }
    if (answered === undefined) {
      doubts.push(
        `Until the answer about ${pause.on} is recorded, the clock is shown as if it ran: the earlier date.`,
      );
      continue;
    }
    const before = later(counted, way === 'inclusive' ? addDays(asked, -1) : asked);
    if (answered <= before) continue;
    const prolonged = addDays(end, daysBetween(before, answered));
    steps.push({ rule: pause.rule, cite: printCitation(pause.cite), from: end, to: prolonged });
    if (pause.doubt !== undefined) doubts.push(pause.doubt);
    end = prolonged;
    counted = answered;
  }
  return end;
}

/** Whether the question came soon enough after receipt to stop the clock. */
function isPrompt({ on, promptWithin }: Pause, days: number, doubts: string[]): boolean {
  if (promptWithin !== undefined && days > promptWithin) {
    const most = `${promptWithin} days at most, which is this program’s policy`;
    doubts.push(
      `The question about ${on} was asked ${days} days after receipt: not prompt enough to ` +
        `stop the clock (${most}).`,
    );
    return false;
  }
  if (days > WARN_AFTER_DAYS) {
    doubts.push(
      `The question about ${on} was asked ${days} days after receipt; authorities expect it without delay.`,
    );
  }
  return true;
}
