import type { CalendarDate } from '../calendar/dates.ts';
import type { Complaint } from '../model/complaint.ts';
import { InvalidRequest } from '../model/invalid-request.ts';
import type { ClockEvent, ClockEventType } from '../model/clock-event.ts';
import { dayIn, epochOf, isMoment } from '../calendar/zones.ts';

/** A clock event with its calendar day in the law's zone. */
export interface DatedEvent {
  readonly type: ClockEventType;
  readonly on: CalendarDate;
  readonly until?: CalendarDate;
}

/** When something was asked, and when it came. `to` is missing if nobody has replied yet. */
export interface Interval {
  readonly asked: CalendarDate;
  readonly answered?: CalendarDate;
}

const QUESTIONS = {
  identity: ['identityRequested', 'identityVerified'],
  clarification: ['clarificationRequested', 'clarificationReceived'],
  fee: ['feeRequested', 'feePaid'],
} as const satisfies Record<string, readonly [ClockEventType, ClockEventType]>;
const NO_MOMENT = 'must be a real day, such as 2026-09-02, or an instant with an offset';
export type QuestionKind = keyof typeof QUESTIONS;

/**
 * Events in order of time, each with its day in `zone`. An event without an hour keeps its input
 * order among those of the same day.
 *
 * @throws InvalidRequest with the path of each event whose `at` or `until` is not a real date
 */
export function datedEvents(
  events: readonly ClockEvent[],
  zone: string,
): { event: DatedEvent; index: number }[] {
  const wrong = events.flatMap(({ at, until }, index) => [
    ...(isMoment(at) ? [] : [`events[${index}].at`]),
    ...(until === undefined || isMoment(until) ? [] : [`events[${index}].until`]),
  ]);
  if (wrong.length > 0) {
    throw new InvalidRequest(wrong.map((path) => ({ path, reason: NO_MOMENT })));
  }
  const dated = events.map(({ type, at, until }, index) => ({
    event: { type, on: dayIn(at, zone), ...(until !== undefined && { until: dayIn(until, zone) }) },
    index,
    at,
  }));
  const order = (a: (typeof dated)[number], b: (typeof dated)[number]) => {
    if (a.event.on !== b.event.on) return a.event.on < b.event.on ? -1 : 1;
    const hours =
      a.at.includes('T') && b.at.includes('T') ? epochOf(a.at, zone) - epochOf(b.at, zone) : 0;
    return hours !== 0 ? hours : a.index - b.index;
  };
  return dated.toSorted(order).map(({ event, index }) => ({ event, index }));
}

/**
 * What is wrong with the order of events: replies before their questions, or anything before
 * receipt.
 */
export function orderComplaints(
  events: readonly { event: DatedEvent; index: number }[],
  receivedOn: CalendarDate,
): Complaint[] {
  const complaints: Complaint[] = [];
  const open = new Set<ClockEventType>();
  for (const { event, index } of events) {
    const { type, on, until } = event;
    const path = `events[${index}]`;
    if (on < receivedOn) {
      complaints.push({
        path: `${path}.at`,
        reason: `${type} on ${on} lies before the day of receipt, ${receivedOn}`,
      });
    }
    if (until !== undefined && until < on) {
      complaints.push({
        path: `${path}.until`,
        reason: `${until} lies before the event itself, ${on}`,
      });
    }
    for (const [question, answer] of Object.values(QUESTIONS)) {
      if (type === question) open.add(question);
      if (type !== answer || open.delete(question)) continue;
      complaints.push({
        path,
        reason: `${answer} on ${on} has no ${question} before it; events are out of order or one is missing`,
      });
    }
  }
  return complaints;
}

/**
 * The intervals between a question and its reply. A repeated question does not reopen an interval.
 * A reply without a question is ignored.
 */
export function intervalsOf(events: readonly DatedEvent[], kind: QuestionKind): Interval[] {
  const [question, answer] = QUESTIONS[kind];
  const intervals: Interval[] = [];
  let asked: CalendarDate | undefined;
  for (const { type, on } of events) {
    if (type === question) asked ??= on;
    if (type === answer && asked !== undefined) {
      intervals.push({ asked, answered: on });
      asked = undefined;
    }
  }
  return asked === undefined ? intervals : [...intervals, { asked }];
}
