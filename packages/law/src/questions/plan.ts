import { openCases, type Controller, type OpenCase, type OpenCases } from '../choice/open-cases.ts';
import { lastDay } from '../calendar/days.ts';
import type { CalendarDate, Instant } from '../calendar/dates.ts';
import { dayIn, epochOf } from '../calendar/zones.ts';
import { deadlines } from '../engine/deadlines.ts';
import type { DatedEvent } from '../engine/events.ts';
import { governing, strictestTimetable, type Beside } from '../engine/strictest.ts';
import { timetable, type DatesPolicy } from '../engine/timetable.ts';
import { LAWS } from '../laws/known.ts';
import type { ClockEvent, Tables } from '../model/clock-event.ts';
import type { Complaint } from '../model/complaint.ts';
import { InvalidRequest } from '../model/invalid-request.ts';
import type { Entity, Right } from '../model/law.ts';
import type { Timetable } from '../model/timetable.ts';
import { beside } from './beside.ts';

const FIVE_MINUTES = 5 * 60_000;

/** The part of a request that the dates depend on. */
export interface DatedRequest {
  readonly type: Right;
  /** An instant with an offset, or a day. */
  readonly receivedAt: string;
  readonly law?: string | undefined;
  readonly residence?:
    | { readonly country: string; readonly region?: string | undefined }
    | undefined;
  readonly timeZone?: string | undefined;
  readonly entity?: Entity | undefined;
}

/** The input of `planDates`. */
export interface DatesQuestion {
  readonly request: DatedRequest;
  readonly events: readonly ClockEvent[];
  readonly policy: DatesPolicy;
  readonly now: Instant;
  /** Where the controller acts. Its law may hold as well, and periods may run there. */
  readonly controller?: Controller;
  /** The holidays that an open request was planned with. Newer ones do not count. */
  readonly tables?: Tables;
}

/** The result of `planDates`. */
export interface PlannedDates {
  /** The law whose date is the strictest. */
  readonly law: string;
  readonly lawTitle: string;
  readonly receivedOn: CalendarDate;
  readonly timetable: Timetable;
  /**
   * The timetable with an extension that is announced now. Null if the law allows none, if it was
   * used, or if it is too late.
   */
  readonly extended: Timetable | null;
  readonly notes: readonly string[];
  readonly tables: Tables;
}

/**
 * The timetable of one request. If several laws may hold, the strictest dates count, and all laws
 * are named. An event that does not fit, such as a reply without a question, moves nothing.
 *
 * @throws InvalidRequest for an unknown law, place or zone, or a right that the law lacks. Also for
 *   a day of receipt in the future, or before the law was in force. Its complaints name paths of
 *   the request.
 *
 * @example
 * const residence = { country: 'FR' };
 * const request = { type: 'access', receivedAt: '2026-07-31', residence } as const;
 * const rest = { events: [], policy: { cutOff: '3d' }, now: '2026-08-01T00:00:00.000Z' } as const;
 * planDates({ request, ...rest }).timetable.answerBy; // '2026-08-31'
 */
export function planDates({
  request,
  events,
  policy,
  now,
  controller,
  tables,
}: DatesQuestion): PlannedDates {
  const { cases, notes } = casesOf(() =>
    openCases(LAWS, {
      right: request.type,
      receivedAt: request.receivedAt,
      events,
      ...(request.law !== undefined && { law: request.law }),
      ...request.residence,
      ...(request.timeZone !== undefined && { timeZone: request.timeZone }),
      ...(request.entity !== undefined && { entity: request.entity }),
      ...(controller !== undefined && { controller }),
      ...(tables && { holidaysAmong: tables.holidays }),
    }),
  );
  if (
    cases.some(
      ({ timeZone }) => epochOf(request.receivedAt, timeZone) > Date.parse(now) + FIVE_MINUTES,
    )
  ) {
    throw new InvalidRequest([{ path: 'receivedAt', reason: 'lies in the future' }]);
  }
  const plans = cases.map((open) => ({ open, ...planCase(open, policy, now) }));
  const side = ({ open }: (typeof plans)[number], dates: Timetable): Beside<Timetable> => ({
    ...beside(open),
    dueAt: dates.dueAt,
    dates,
  });
  const plain = plans.map((plan) => side(plan, plan.timetable));
  const { open } = plans[plain.indexOf(governing(plain))]!;
  const { receivedOn } = open.facts;
  const timetable = strictestTimetable(plain, receivedOn);
  const later = plans.some(({ extended }) => extended !== null)
    ? strictestTimetable(
        plans.map((plan) => side(plan, plan.extended ?? plan.timetable)),
        receivedOn,
      )
    : null;
  return {
    law: open.id,
    lawTitle: open.law.title,
    receivedOn,
    timetable,
    extended: later !== null && later.dueAt > timetable.dueAt ? later : null,
    notes,
    tables: { holidays: Object.fromEntries(cases.map(({ id, holidays }) => [id, holidays])) },
  };
}

/** The dates of one law, now and with an extension that is announced now. */
function planCase(
  open: OpenCase,
  policy: DatesPolicy,
  now: Instant,
): { timetable: Timetable; extended: Timetable | null } {
  const setting = { policy, timeZone: open.timeZone, restDays: open.restDays };
  const until = proposal(open);
  const known = open.events.map((event): DatedEvent =>
    event.type === 'extended' && event.until === undefined && until !== undefined
      ? { ...event, until }
      : event,
  );
  const plan = timetable(open.edition, { ...open.facts, events: known }, setting);
  if (!plan.extension.allowed || plan.extension.used) return { timetable: plan, extended: null };
  const announced: DatedEvent = {
    type: 'extended',
    on: dayIn(now, open.timeZone),
    ...(until !== undefined && { until }),
  };
  const extended = timetable(
    open.edition,
    { ...open.facts, events: [...known, announced] },
    setting,
  );
  return { timetable: plan, extended: extended.extension.used ? extended : null };
}

/** The day that a notice of extension counts for, if the law wants a day and nobody named one. */
function proposal({ edition, facts }: OpenCase): CalendarDate | undefined {
  const { extension } = edition;
  if ('absent' in extension || extension.proposed === undefined) return undefined;
  return lastDay(deadlines(edition, { ...facts, events: [] }).dueOn, extension.proposed);
}

const REQUEST_PATHS: Readonly<Record<string, string>> = {
  country: 'residence.country',
  region: 'residence.region',
  right: 'type',
};
const inRequest = ({ path, reason }: Complaint): Complaint => ({
  path: REQUEST_PATHS[path] ?? path,
  reason,
});

/** The cases of a request. Complaints name paths of the request. */
function casesOf(open: () => OpenCases): OpenCases {
  try {
    return open();
  } catch (error) {
    throw error instanceof InvalidRequest
      ? new InvalidRequest(error.complaints.map(inRequest))
      : error;
  }
}
