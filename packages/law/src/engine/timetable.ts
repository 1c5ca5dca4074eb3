import {
  addDays,
  addWorkingDays,
  daysBetween,
  earlier,
  isWeekend,
  later,
  type Holidays,
} from '../calendar/days.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import { deadlines, type Deadlines, type Facts } from './deadlines.ts';
import { printCitation } from '../model/print-citation.ts';
import type { Edition } from '../model/law.ts';
import type { Timetable } from '../model/timetable.ts';
import { startOfDay } from '../calendar/zones.ts';

/** The part of a policy that sets dates. */
export interface DatesPolicy {
  /** Working days before the answer date, such as `3d`. Collecting ends then. */
  readonly cutOff: string;
}

/** What a timetable depends on besides the law. */
export interface Setting {
  readonly policy: DatesPolicy;
  readonly timeZone: string;
  /**
   * Known nation-wide holidays, for the policy's working days. A wrong one only leads to an earlier
   * date.
   */
  readonly restDays: Holidays;
}

const VENDOR_DAYS = 14;
const LEAST_VENDOR_DAYS = 3;
const DAYS_TO_DECIDE = 2;

/**
 * Every date of one request. The law sets some of them (`deadlines`), and others are counted
 * backwards from those. If the receipt is too late for a date, it is the day after the receipt.
 */
export function timetable(
  edition: Edition,
  facts: Facts,
  { policy, timeZone, restDays }: Setting,
): Timetable {
  const law = deadlines(edition, facts);
  const used = law.extendedDueOn !== null;
  const answerBy = law.extendedDueOn ?? law.dueOn;
  const isRest = (day: CalendarDate) => isWeekend(day) || restDays.has(day);
  const dayAfterReceipt = addDays(facts.receivedOn, 1);
  const cutOffOn = later(
    addWorkingDays(answerBy, -parseDays(policy.cutOff), isRest),
    dayAfterReceipt,
  );
  const extendBy = used ? null : law.extendBy;
  return {
    acknowledgeBy: law.acknowledgeOn,
    extendBy,
    decideExtensionBy:
      extendBy === null
        ? null
        : later(addWorkingDays(extendBy, -DAYS_TO_DECIDE, isRest), facts.receivedOn),
    cutOffAt: startOfDay(cutOffOn, timeZone),
    answerBy,
    dueAt: startOfDay(addDays(answerBy, 1), timeZone),
    vendorsBy: vendorsBy(facts.receivedOn, answerBy, cutOffOn),
    refuseBy: law.refuseBy,
    plannedOn: law.extendedPlannedOn ?? law.plannedOn,
    timeZone,
    steps: law.steps,
    doubts: law.doubts,
    extension: extensionOf(edition, law),
    clarification: clarificationOf(edition, facts),
  };
}

/**
 * Fourteen days before the answer. If that leaves vendors too little time, it is halfway from the
 * receipt to the cut-off.
 */
function vendorsBy(
  receivedOn: CalendarDate,
  answerBy: CalendarDate,
  cutOffOn: CalendarDate,
): CalendarDate {
  const usual = addDays(answerBy, -VENDOR_DAYS);
  const midway = addDays(receivedOn, Math.floor(daysBetween(receivedOn, cutOffOn) / 2));
  return earlier(daysBetween(receivedOn, usual) >= LEAST_VENDOR_DAYS ? usual : midway, cutOffOn);
}

function extensionOf({ extension }: Edition, law: Deadlines): Timetable['extension'] {
  const cite = printCitation(extension.cite);
  if ('absent' in extension) {
    return { allowed: false, used: false, latest: null, reasons: [], cite };
  }
  return {
    allowed: true,
    used: law.extendedDueOn !== null,
    latest: law.extendBy,
    reasons: extension.reasons.map(({ words }) => words),
    cite,
    ...(extension.anyReason && { anyReason: true }),
    ...(extension.total === 'announced' && { namesDay: true }),
  };
}

/** Whether a clarification stops the clock. Only then may it be asked for with that effect. */
function clarificationOf(edition: Edition, { right }: Facts): Timetable['clarification'] {
  const pause = edition.pauses.find((it) => it.on === 'clarification' && it.rights.includes(right));
  return pause === undefined
    ? { allowed: false, cite: printCitation(edition.answer.cite) }
    : { allowed: true, cite: printCitation(pause.cite) };
}

/** The days in a policy's span such as `3d`. */
const parseDays = (span: string): number => Number(span.slice(0, -1));
