import { daysBetween, earlier } from '../calendar/days.ts';
import type { CalendarDate, Instant } from '../calendar/dates.ts';
import type { DueAnswer } from '../model/due.ts';
import type { Candidate } from '../choice/choose-law.ts';
import type { Timetable, TimetableStep } from '../model/timetable.ts';

/** The dates of one of several laws. */
export interface Beside<Dates> {
  readonly law: string;
  /** Its short name, such as `GDPR`. */
  readonly short: string;
  readonly because: Candidate['because'];
  /** The country that leads to this law. */
  readonly country?: string;
  /** The citation that sets its period. */
  readonly cite: string;
  /** The first moment after its last day. */
  readonly dueAt: Instant;
  readonly dates: Dates;
}

/** The law whose last day is first. If two end together, the first of the list. */
export function governing<Dates>(laws: readonly Beside<Dates>[]): Beside<Dates> {
  const [first, ...others] = laws;
  if (first === undefined) throw new RangeError('there is no law to choose from');
  return others.reduce(
    (strictest, other) => (other.dueAt < strictest.dueAt ? other : strictest),
    first,
  );
}

/** Why a law holds, as text: `GDPR (the controller acts in DE)`. */
export function reasonOf({
  short,
  because,
  country,
}: Pick<Beside<unknown>, 'short' | 'because' | 'country'>): string {
  if (because === 'named') return short;
  const where = country === undefined ? '' : ` in ${country}`;
  return because === 'residence'
    ? `${short} (the person lives${where})`
    : `${short} (the controller acts${where})`;
}

const least = (days: readonly (CalendarDate | null | undefined)[]): CalendarDate | null => {
  const known = days.filter((day) => day !== null && day !== undefined);
  return known.length === 0 ? null : known.reduce(earlier);
};

/** The step that names a law that does not set the strictest date. */
function besides(
  law: Beside<unknown>,
  receivedOn: CalendarDate,
  dueOn: CalendarDate,
  strictest: CalendarDate,
): TimetableStep {
  const days = daysBetween(strictest, dueOn);
  const than = days === 0 ? 'on the same day' : `${days} ${days === 1 ? 'day' : 'days'} later`;
  return {
    rule: `${reasonOf(law)} may hold as well and ends ${than}; the strictest date holds`,
    cite: law.cite,
    from: receivedOn,
    to: dueOn,
  };
}

/** A date that a law gives, and the steps that lead to its dates. */
interface Given {
  readonly on: CalendarDate | null | undefined;
  readonly steps: readonly TimetableStep[];
}

/**
 * The step that leads to a date, if the law that stands first does not give that date itself: so
 * each date has its article.
 */
function stepTo([first, ...others]: readonly Given[], on: CalendarDate | null): TimetableStep[] {
  if (on === null || first?.on === on) return [];
  const step = others.find((it) => it.on === on)?.steps.findLast(({ to }) => to === on);
  return step === undefined ? [] : [step];
}

/**
 * One timetable of every law that may hold, with the earliest date of any of them. The law that
 * ends first sets the policy's dates, and decides whether an extension is allowed.
 */
export function strictestTimetable(
  laws: readonly Beside<Timetable>[],
  receivedOn: CalendarDate,
): Timetable {
  const first = governing(laws);
  if (laws.length === 1) return first.dates;
  const all = laws.map(({ dates }) => dates);
  const others = laws.filter((law) => law !== first);
  const acknowledgeBy = least(all.map((it) => it.acknowledgeBy));
  const listed = all.filter(({ extension }) => extension.allowed);
  return {
    ...first.dates,
    acknowledgeBy,
    extendBy: first.dates.extendBy === null ? null : least(all.map((it) => it.extendBy)),
    decideExtensionBy:
      first.dates.decideExtensionBy === null ? null : least(all.map((it) => it.decideExtensionBy)),
    refuseBy: all.map((it) => it.refuseBy).reduce(earlier),
    plannedOn: all.map((it) => it.plannedOn).reduce(earlier),
    steps: [
      ...first.dates.steps,
      ...stepTo(
        [first, ...others].map(({ dates }) => ({ on: dates.acknowledgeBy, steps: dates.steps })),
        acknowledgeBy,
      ),
      ...others.map((law) => besides(law, receivedOn, law.dates.answerBy, first.dates.answerBy)),
    ],
    doubts: merged(
      laws.map((law) => ({ law, doubts: law.dates.doubts })),
      first,
    ),
    extension: {
      ...first.dates.extension,
      used: all.some(({ extension }) => extension.used),
      latest:
        first.dates.extension.latest === null
          ? null
          : least(all.map(({ extension }) => extension.latest)),
      reasons: [
        ...new Set(
          listed
            .filter(({ extension }) => !extension.anyReason)
            .flatMap(({ extension }) => extension.reasons),
        ),
      ],
      anyReason: listed.every(({ extension }) => extension.anyReason === true),
    },
    laws: laws.map(({ law, because, cite, dates }) => ({
      law,
      because,
      cite,
      answerBy: dates.answerBy,
      plannedOn: dates.plannedOn,
      acknowledgeBy: dates.acknowledgeBy,
      extendBy: dates.extendBy,
    })),
  };
}

/** One answer of every law that may hold, with the earliest date of any of them. */
export function strictestAnswer(laws: readonly Beside<DueAnswer>[]): DueAnswer {
  const first = governing(laws);
  if (laws.length === 1) return first.dates;
  const all = laws.map(({ dates }) => dates);
  const others = laws.filter((law) => law !== first);
  const { extendedDueOn: _extended, acknowledgeOn: _acknowledge, ...kept } = first.dates;
  const dueOn = all.map((it) => it.dueOn).reduce(earlier);
  const extended = all.map((it) => it.extendedDueOn ?? it.dueOn).reduce(earlier);
  const acknowledgeOn = least(all.map((it) => it.acknowledgeOn));
  return {
    ...kept,
    dueOn,
    ...(extended > dueOn && { extendedDueOn: extended }),
    ...(acknowledgeOn !== null && { acknowledgeOn }),
    plannedOn: all.map((it) => it.plannedOn).reduce(earlier),
    steps: [
      ...first.dates.steps,
      ...stepTo(
        [first, ...others].map(({ dates }) => ({ on: dates.dueOn, steps: dates.steps })),
        dueOn,
      ),
      ...stepTo(
        [first, ...others].map(({ dates }) => ({ on: dates.acknowledgeOn, steps: dates.steps })),
        acknowledgeOn,
      ),
      ...others.map((law) =>
        besides(law, law.dates.receivedOn, law.dates.extendedDueOn ?? law.dates.dueOn, extended),
      ),
    ],
    doubts: merged(
      laws.map((law) => ({ law, doubts: law.dates.doubts })),
      first,
    ),
  };
}

/** The doubts of the governing law unchanged; those of the others with their names. */
function merged(
  all: readonly { law: Beside<unknown>; doubts: readonly string[] }[],
  first: Beside<unknown>,
): string[] {
  const own = all.filter(({ law }) => law === first).flatMap(({ doubts }) => doubts);
  const theirs = all
    .filter(({ law }) => law !== first)
    .flatMap(({ law, doubts }) =>
      doubts.filter((it) => !own.includes(it)).map((it) => `${law.short}: ${it}`),
    );
  return [...own, ...theirs];
}
