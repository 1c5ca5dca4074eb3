import type { CalendarDate, Instant } from '@dossier/law';
import { localDay } from '@dossier/law/days';
import type { Timetable } from '../../contract/status.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The longest wait on the last day. */
const LAST_DAY_WAIT = 6 * HOUR;
/** What reading our own systems may take if the answer is already overdue. */
const OVERDUE_WAIT = DAY;

const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b);
const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b);
const dayBefore = (day: CalendarDate): CalendarDate =>
  at(Date.parse(day) - DAY).slice(0, 10) as CalendarDate;
const at = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

/**
 * The last moment at which a wait that begins at `from` may end. What is there is then still
 * packaged and delivered in time. It is a day before the answer is due. Later than that it is half
 * of the time left, at most six hours. If the answer is already overdue it is a day: time to read
 * what can be read, and no more.
 */
export function lastMoment(from: Instant, dueAt: Instant): Instant {
  const [start, due] = [Date.parse(from), Date.parse(dueAt)];
  if (start >= due) return at(start + OVERDUE_WAIT);
  return at(Math.max(due - DAY, start + Math.min(LAST_DAY_WAIT, Math.floor((due - start) / 2))));
}

/** When a wait of so many days that begins at `from` ends: never later than `lastMoment`. */
export function waitEnd(from: Instant, days: number, dueAt: Instant): Instant {
  const [wished, last] = [at(Date.parse(from) + days * DAY), lastMoment(from, dueAt)];
  return wished < last ? wished : last;
}

/** Collecting that continues after the cut-off: its planned end, and its beginning. */
export interface Longer {
  readonly until: Instant;
  readonly since: Instant;
}

/**
 * Until when replies are waited for: the cut-off, or longer for a request that came after it. If
 * the dates have moved since, the end follows them.
 */
export function collectingEnd(
  { cutOffAt, dueAt }: Pick<Timetable, 'cutOffAt' | 'dueAt'>,
  longer: Longer | null,
): Instant {
  const cutOff = cutOffAt < dueAt ? cutOffAt : at(Date.parse(dueAt) - DAY);
  if (longer === null) return cutOff;
  const last = lastMoment(longer.since, dueAt);
  const until = longer.until < last ? longer.until : last;
  return until > cutOff ? until : cutOff;
}

/**
 * The day by which a vendor is asked to reply. It is the planned day, or, if that has passed, the
 * last whole day before collecting ends. If no whole day is left it is today. A reply on that day
 * is never too late for the answer to the person.
 */
export function vendorDay(timetable: Timetable, until: Instant, now: Instant): CalendarDate {
  const today = localDay(timetable, now);
  const end = localDay(timetable, until);
  if (now >= timetable.dueAt) return later(today, end);
  const lastWhole = dayBefore(end);
  const wished = timetable.vendorsBy >= today ? timetable.vendorsBy : lastWhole;
  return later(today, earlier(wished, lastWhole));
}

/**
 * When a request whose identity is not proven is refused: as the last lawful day for it begins. A
 * subject who is asked later has what is left of the time (`lastMoment`). One who is asked when the
 * answer is overdue has `days`.
 */
export function refusalMoment({
  refuseEnd,
  dueAt,
  since,
  days,
}: {
  readonly refuseEnd: Instant;
  readonly dueAt: Instant;
  readonly since: Instant;
  readonly days: number;
}): Instant {
  const end = refuseEnd < dueAt ? refuseEnd : dueAt;
  const usual = at(Date.parse(end) - DAY);
  if (since < usual) return usual;
  const due = since < end ? end : dueAt;
  return since < due ? waitEnd(since, days, due) : at(Date.parse(since) + days * DAY);
}

/**
 * Until when late replies are gathered for one supplement: not past the answer date, if that is
 * still to come.
 */
export const gatheringEnd = (from: Instant, days: number, dueAt: Instant): Instant =>
  from < dueAt ? waitEnd(from, days, dueAt) : at(Date.parse(from) + days * DAY);
