import type { CalendarDate, Instant } from '@dossier/law';
import { localDay } from '@dossier/law/days';
import type { Timetable } from '../../contract/status.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What a wait may still take on the last day, at most. */
const LAST_DAY_WAIT = 6 * HOUR;
/** What reading our own systems may take where the answer is overdue already. */
const OVERDUE_WAIT = DAY;

const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b);
const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b);
const dayBefore = (day: CalendarDate): CalendarDate =>
  at(Date.parse(day) - DAY).slice(0, 10) as CalendarDate;
const at = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

/**
 * The last moment at which a wait that begins at `from` may end, so that what is there is still
 * packaged and delivered in time: a day before the answer is due; later than that half of what is
 * left, six hours at the most. Where the answer is overdue already it is a day: time to read what
 * can be read, and no more.
 */
export function lastMoment(from: Instant, dueAt: Instant): Instant {
  const [start, due] = [Date.parse(from), Date.parse(dueAt)];
  if (start >= due) return at(start + OVERDUE_WAIT);
  return at(Math.max(due - DAY, start + Math.min(LAST_DAY_WAIT, Math.floor((due - start) / 2))));
}

/** When a wait of so many days ends that begins at `from`: never later than `lastMoment`. */
export function waitEnd(from: Instant, days: number, dueAt: Instant): Instant {
  const [wished, last] = [at(Date.parse(from) + days * DAY), lastMoment(from, dueAt)];
  return wished < last ? wished : last;
}

/** Collecting that goes on after the cut-off: until when it was meant to, and since when. */
export interface Longer {
  readonly until: Instant;
  readonly since: Instant;
}

/**
 * Until when answers are waited for: the cut-off, or longer for a request that came after it. The
 * dates may have moved since: the end follows them.
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
 * The day that a vendor is asked to answer by: the planned one, or where that has passed the last
 * whole day before collecting ends; today where no whole day is left. An answer of that day is
 * never too late for the answer to the person.
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
 * When a request whose identity is not proven is refused: as the last lawful day for it begins. Who
 * is asked later than that gets what is left of the time (`lastMoment`); who is asked when the
 * answer is overdue gets `days`.
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
 * Until when late answers are gathered for one supplement: not past the answer date, where that is
 * still to come.
 */
export const gatheringEnd = (from: Instant, days: number, dueAt: Instant): Instant =>
  from < dueAt ? waitEnd(from, days, dueAt) : at(Date.parse(from) + days * DAY);
