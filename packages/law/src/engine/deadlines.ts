import {
  addDays,
  earlier,
  lastDay,
  later,
  nextOpenDay,
  offDays,
  withOpenDays,
  type Holidays,
} from '../calendar/days.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import { intervalsOf, type DatedEvent } from './events.ts';
import type { Citation } from '../model/citation.ts';
import { printCitation } from '../model/print-citation.ts';
import type { Cited, Edition, Extension, Right, Span } from '../model/law.ts';
import { pausedEnd } from './pauses.ts';
import type { TimetableStep } from '../model/timetable.ts';

/** What the dates of a law depend on. */
export interface Facts {
  readonly right: Right;
  readonly receivedOn: CalendarDate;
  /** The earliest day on which the request may count as received, if two zones disagree. */
  readonly receivedEarliestOn: CalendarDate;
  /** In order of time. */
  readonly events: readonly DatedEvent[];
  /** Holidays of the place where the law's period runs. */
  readonly holidays: Holidays;
  /**
   * The only days that may count as holidays. An open request keeps to those that it was planned
   * with.
   */
  readonly holidaysAmong?: ReadonlySet<CalendarDate>;
}

/** The dates that the law itself sets. */
export interface Deadlines {
  readonly dueOn: CalendarDate;
  readonly extendedDueOn: CalendarDate | null;
  readonly acknowledgeOn: CalendarDate | null;
  readonly plannedOn: CalendarDate;
  /** The earliest reading of `extendedDueOn`. */
  readonly extendedPlannedOn: CalendarDate | null;
  /** The last day to announce an extension. Null if there is none. */
  readonly extendBy: CalendarDate | null;
  readonly refuseBy: CalendarDate;
  readonly steps: readonly TimetableStep[];
  readonly doubts: readonly string[];
}

/**
 * The dates that an edition of a law sets for one request. A pure function.
 *
 * The steps are: the start, the period (cut to the end of the month), the days that do not count,
 * then the roll over days off. An extension is counted from the start again, never from a rolled
 * date.
 */
export function deadlines(edition: Edition, facts: Facts): Deadlines {
  const steps: TimetableStep[] = [];
  const doubts: string[] = [...edition.doubts];
  const counter = periodCounter(edition, facts, doubts);
  const clock = startOf(edition, facts, { steps, doubts, count: counter.count });

  const base = counter.end(clock.start, edition.answer.within, steps, edition.answer);
  const withoutPauses = counter.rolled(counter.count(clock.start, edition.answer.within));
  const cautious = counter.cautiousEnd(clock.cautiousStart, edition.answer.within);
  const extension = extend(edition, facts, {
    counter,
    ...clock,
    base,
    withoutPauses,
    steps,
    doubts,
  });

  const acknowledgeOn = acknowledge(edition, facts, { steps, count: counter.count });
  const refuseBy =
    edition.refusal.within === 'extended' ? (extension.dueOn ?? base) : withoutPauses;
  return {
    dueOn: base,
    extendedDueOn: extension.dueOn,
    acknowledgeOn,
    plannedOn: earlier(cautious, base),
    extendedPlannedOn: extension.plannedOn,
    extendBy: extension.noticeBy,
    refuseBy,
    steps,
    doubts: [...new Set(doubts)],
  };
}

/** The day by which the receipt must be confirmed, if the law asks for that. */
function acknowledge(
  edition: Edition,
  { receivedOn }: Facts,
  { steps, count }: Pick<Starting, 'steps' | 'count'>,
): CalendarDate | null {
  if (edition.acknowledge === undefined) return null;
  const { rule, cite, within } = edition.acknowledge;
  const to = count(receivedOn, within);
  steps.push({ rule, cite: printCitation(cite), from: receivedOn, to });
  return to;
}

/**
 * The day that the period is counted from. The cautious reading uses the receipt if the later start
 * is not certain.
 */
function startOf(
  edition: Edition,
  facts: Facts,
  { steps, doubts, count }: Starting,
): { start: CalendarDate; cautiousStart: CalendarDate } {
  let start = facts.receivedOn;
  let cautiousStart = facts.receivedEarliestOn;
  for (const late of edition.lateStart) {
    for (const { asked, answered } of intervalsOf(facts.events, late.on)) {
      if (asked < facts.receivedOn || asked > count(start, edition.answer.within)) continue;
      if (answered === undefined) {
        doubts.push(
          `Until the answer about ${late.on} is recorded, the period is counted as if ` +
            'nothing had been asked: the earlier date.',
        );
      } else if (late.kind === 'answer' && answered > start) {
        steps.push({ rule: late.rule, cite: printCitation(late.cite), from: start, to: answered });
        start = answered;
        cautiousStart = answered;
      } else if (late.kind === 'reflection') {
        const end = addDays(asked, late.days ?? 0);
        if (answered > end) {
          doubts.push(
            `The fee was not confirmed by ${end}: the request counts as withdrawn, which a ` +
              'person must decide.',
          );
        } else if (end > start) {
          steps.push({ rule: late.rule, cite: printCitation(late.cite), from: start, to: end });
          start = end;
        }
      }
    }
  }
  return { start, cautiousStart };
}

type Counter = ReturnType<typeof periodCounter>;

/** Where steps and doubts are noted, and how a period is counted. */
interface Starting {
  readonly steps: TimetableStep[];
  readonly doubts: string[];
  readonly count: (start: CalendarDate, span: Span) => CalendarDate;
}

/** Counts periods under one edition and one set of events. */
function periodCounter(edition: Edition, facts: Facts, doubts: string[]) {
  const { roll } = edition;
  const isOff = 'absent' in roll ? () => false : offDays(roll, facts.holidays, facts.holidaysAmong);
  const workingOff =
    edition.workingDays === undefined
      ? undefined
      : offDays(edition.workingDays, facts.holidays, facts.holidaysAmong);
  const counted = new Map<string, CalendarDate>();
  const count = (start: CalendarDate, span: Span): CalendarDate => {
    const key = `${start} ${span.amount} ${span.unit}`;
    const known = counted.get(key) ?? lastDay(start, span, workingOff);
    counted.set(key, known);
    return known;
  };
  const rolled = (day: CalendarDate) => nextOpenDay(day, isOff);
  const least = 'absent' in roll ? 0 : (roll.leastWorkingDays ?? 0);
  const holidaysFromData =
    !('absent' in roll) && (roll.holidays === 'nation-wide' || roll.holidays === 'place');

  const running = (start: CalendarDate, span: Span) => ({
    ...facts,
    start,
    raw: count(start, span),
  });

  /** The last lawful day of a period, with its steps. */
  function end(start: CalendarDate, span: Span, steps: TimetableStep[], by: Cited): CalendarDate {
    steps.push({
      rule: by.rule,
      cite: printCitation(by.cite),
      from: start,
      to: count(start, span),
    });
    const raw = pausedEnd(edition.pauses, 'law', running(start, span), steps, doubts);
    const last = withOpenDays(start, rolled(raw), least, isOff);
    if (last !== raw && !('absent' in roll)) {
      steps.push({ rule: roll.rule, cite: printCitation(roll.cite), from: raw, to: last });
      if (roll.doubt !== undefined) doubts.push(roll.doubt);
    }
    if (holidaysFromData && !facts.holidays.covers(raw)) {
      doubts.push(
        `There are no holiday data for ${raw.slice(0, 4)}: only weekdays were looked at, ` +
          'which gives the earlier date.',
      );
    }
    return last;
  }

  const cautiousEnd = (start: CalendarDate, span: Span) =>
    addDays(
      pausedEnd(edition.pauses, 'cautious', running(start, span), [], []),
      -(edition.answer.cautiousDays ?? 0),
    );
  return { count, rolled, end, cautiousEnd };
}

interface Extending {
  readonly counter: Counter;
  readonly start: CalendarDate;
  readonly cautiousStart: CalendarDate;
  readonly base: CalendarDate;
  readonly withoutPauses: CalendarDate;
  readonly steps: TimetableStep[];
  readonly doubts: string[];
}
interface Extended {
  readonly dueOn: CalendarDate | null;
  readonly plannedOn: CalendarDate | null;
  readonly noticeBy: CalendarDate | null;
}

/**
 * The first extension that the law accepts. Every other extension adds a step with the reason for
 * the refusal.
 */
function extend(edition: Edition, facts: Facts, at: Extending): Extended {
  const asked = facts.events.filter(({ type }) => type === 'extended');
  const refuse = (why: string, cite: Citation) =>
    at.steps.push({
      kind: 'extension-refused',
      rule: `The extension does not count: ${why}`,
      cite: printCitation(cite),
      from: at.base,
      to: at.base,
    });
  const { extension } = edition;
  if ('absent' in extension) {
    for (const _ of asked) {
      refuse(extension.absent, extension.cite);
    }
    return { dueOn: null, plannedOn: null, noticeBy: null };
  }
  const noticeBy = extension.noticeWaitsForPauses ? at.base : at.withoutPauses;
  let dueOn: CalendarDate | null = null;
  let plannedOn: CalendarDate | null = null;
  for (const event of asked) {
    if (dueOn !== null) {
      refuse('it was extended once already, and the law allows that once only.', extension.cite);
    } else if (event.on < facts.receivedOn) {
      refuse(`its notice is dated ${event.on}, before the request was received.`, extension.cite);
    } else if (event.on > noticeBy) {
      refuse(
        `its notice was sent on ${event.on}, after the last day for it, ${noticeBy}.`,
        extension.cite,
      );
    } else {
      const found =
        extension.total === 'announced'
          ? announced(extension, event, at, refuse)
          : counted(extension, extension.total, event, at, refuse);
      if (found !== null) {
        ({ dueOn, plannedOn } = found);
        if (extension.doubt !== undefined) at.doubts.push(extension.doubt);
      }
    }
  }
  return { dueOn, plannedOn, noticeBy };
}

type Refuse = (why: string, cite: Citation) => void;
type Found = { readonly dueOn: CalendarDate; readonly plannedOn: CalendarDate };

/** An extension that names its own day. The law sets no maximum. */
function announced(
  extension: Extension,
  { until }: DatedEvent,
  at: Extending,
  refuse: Refuse,
): Found | null {
  if (until === undefined) {
    refuse(
      'this law names no length, so the notice must name the day; give it as "until".',
      extension.cite,
    );
    return null;
  }
  const dueOn =
    extension.after === undefined ? until : at.counter.rolled(lastDay(until, extension.after));
  if (dueOn <= at.base) {
    refuse(
      `the day that it names, ${until}, is not later than the answer is due anyway.`,
      extension.cite,
    );
    return null;
  }
  at.steps.push({
    rule: extension.rule,
    cite: printCitation(extension.cite),
    from: until,
    to: dueOn,
  });
  return { dueOn, plannedOn: until };
}

/**
 * An extension of a fixed length, counted from the start again. If the notice names an earlier day,
 * that day is binding.
 */
function counted(
  extension: Extension,
  total: Span,
  { until }: DatedEvent,
  at: Extending,
  refuse: Refuse,
): Found | null {
  // Its steps count only if the extension does.
  const steps: TimetableStep[] = [];
  const latest = at.counter.end(at.start, total, steps, extension);
  const dueOn = until === undefined ? latest : earlier(until, latest);
  if (dueOn <= at.base) {
    refuse(
      `the day that it names, ${dueOn}, is not later than the answer is due anyway.`,
      extension.cite,
    );
    return null;
  }
  at.steps.push(...steps);
  if (dueOn < latest) {
    at.steps.push({
      rule: 'The notice names an earlier day than the law allows; it binds.',
      cite: printCitation(extension.cite),
      from: latest,
      to: dueOn,
    });
  }
  if (until !== undefined && until > latest) {
    at.steps.push({
      rule: `The notice names ${until}, a later day than the law allows; the law’s day holds.`,
      cite: printCitation(extension.cite),
      from: latest,
      to: latest,
    });
  }
  return {
    dueOn,
    plannedOn: earlier(
      dueOn,
      later(at.counter.cautiousEnd(at.cautiousStart, total), at.cautiousStart),
    ),
  };
}
