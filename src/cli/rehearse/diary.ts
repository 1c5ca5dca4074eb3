import { forOperator } from '../../contract/gap-texts.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { dayIn, weekdayOf } from '../output/days.ts';
import { inCommands } from '../output/in-commands.ts';
import { inWords } from '../output/late-lines.ts';

/** A diary entry: what happens on a day of the law's zone. */
export interface Entry {
  readonly on: string;
  readonly kind: 'stage' | 'notice' | 'answer' | 'gap' | 'dates' | 'package' | 'overdue' | 'move';
  readonly what: string;
}

/**
 * What happened between two looks at a request, in order. `on` is the day of the second look, for
 * facts without a time.
 */
export function happened(
  before: RequestStatus | undefined,
  after: RequestStatus,
  on: string,
): Entry[] {
  const zone = after.timetable?.timeZone ?? 'UTC';
  const notices = after.notices
    .slice(before?.notices.length ?? 0)
    .map(({ at, kind, to, note }): Entry => ({
      on: dayIn(Date.parse(at), zone),
      kind: 'notice',
      what: `${kind} to ${to}: ${note}`,
    }));
  const entry = (kind: Entry['kind'], what: string, when: boolean): Entry[] =>
    when ? [{ on, kind, what }] : [];
  const known = new Set(
    before?.gaps.map(({ system, because, note }) => `${system} ${because} ${note}`),
  );
  const { package: archive } = after;
  const answered = after.systems.filter(
    ({ id, state }) =>
      state === 'done' && before?.systems.find((it) => it.id === id)?.state !== 'done',
  );
  return [
    ...entry(
      'dates',
      `the answer is due on ${day(after.timetable?.answerBy)} instead of ${day(before?.timetable?.answerBy)}`,
      before?.timetable != null && before.timetable.answerBy !== after.timetable?.answerBy,
    ),
    ...answered.map(({ id, outcome }): Entry => ({
      on,
      kind: 'answer',
      what: `${id} has answered: ${outcome}`,
    })),
    ...after.gaps
      .filter(({ system, because, note }) => !known.has(`${system} ${because} ${note}`))
      .map((gap): Entry => ({
        on,
        kind: 'gap',
        what: `missing: ${gap.system}, ${gap.because}. ${inCommands(forOperator(gap))}`,
      })),
    ...entry(
      'stage',
      `stage: ${after.stage}`,
      before?.stage !== after.stage && after.stage !== 'received',
    ),
    ...notices,
    ...entry('overdue', 'the request is overdue', after.overdue && before?.overdue !== true),
    ...entry(
      'package',
      `the package is delivered: ${archive?.files} files`,
      archive?.deliveredAt != null && before?.package?.deliveredAt == null,
    ),
    ...entry(
      'package',
      'the package and every file of the request are deleted',
      archive?.deletedAt !== undefined && before?.package?.deletedAt === undefined,
    ),
  ].toSorted((a, b) => Number(a.on > b.on) - Number(a.on < b.on));
}

const day = (on: string | undefined): string => (on === undefined ? 'no day' : weekdayOf(on));

/** The dates at the start of the rehearsal, one per line. */
export function datesOf({ requestId, law, receivedOn, timetable }: RequestStatus): string[] {
  if (timetable === null || receivedOn === null) return [`${requestId}: no dates`];
  const { acknowledgeBy, extendBy, vendorsBy, cutOffAt, answerBy, timeZone, laws = [] } = timetable;
  const line = (label: string, on: string | null) =>
    on === null ? [] : [`  ${label.padEnd(22)}${weekdayOf(on)}`];
  return [
    `${requestId} under ${law}, received ${weekdayOf(receivedOn)} (${timeZone})`,
    ...line('confirm receipt by', acknowledgeBy),
    ...line('vendors answer by', vendorsBy),
    ...line('announce extension by', extendBy),
    ...line('collecting ends on', dayIn(Date.parse(cutOffAt), timeZone)),
    ...line('answer by', answerBy),
    ...laws.map((it) => `  ${`${it.law} alone`.padEnd(22)}${weekdayOf(it.answerBy)}`),
  ];
}

/**
 * Folds notices that repeat day after day. The first is kept, the second says that it repeats, and
 * the rest are dropped.
 */
export function folding(): (entry: Entry) => Entry | undefined {
  const told = new Map<string, number>();
  return (entry) => {
    if (entry.kind !== 'notice') return entry;
    const times = (told.get(entry.what) ?? 0) + 1;
    told.set(entry.what, times);
    if (times === 1) return entry;
    return times === 2
      ? {
          ...entry,
          what: `${entry.what} From here on it is asked again in the same words, and not told here.`,
        }
      : undefined;
  };
}

/** The lines of a diary for people. Each day appears once. */
export function diaryLines(entries: readonly Entry[]): string[] {
  return entries.map(
    ({ on, what }, index) =>
      `  ${(entries[index - 1]?.on === on ? '' : weekdayOf(on)).padEnd(16)}${inWords(what)}`,
  );
}
