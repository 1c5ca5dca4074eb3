import type { CalendarDate, Instant } from '@dossier/law';
import { localDay } from '@dossier/law/days';
import type { SystemStatus, Timetable, Wait, WillBeLate } from '../../contract/status.ts';

const DAY = 86_400_000;

/** What is known of a request that has not been delivered. */
export interface Outlook {
  readonly timetable: Timetable;
  readonly now: Instant;
  readonly waits: readonly Wait[];
  /** Systems that have not replied and are waited for. */
  readonly owed: readonly Pick<SystemStatus, 'id' | 'answerBy'>[];
  /** Until when replies are waited for. */
  readonly collectUntil: Instant;
  /** It came, or could begin, only after its cut-off. */
  readonly late: boolean;
}

/** Waits that no timer ends: nothing is sent before somebody acts. */
const isEndless = ({ on, owner }: Wait): boolean =>
  owner === 'operator' &&
  on.startsWith('operator:') &&
  on !== 'operator:match' &&
  on !== 'operator:identity';

/**
 * Who will be late, and why, before it happens. `on` is the first day after the answer date. An
 * approval or a failing step of ours counts from the cut-off on, because it delays the whole
 * answer. A system counts from the day by which it was asked to reply, or at once if the request
 * came after its cut-off: the answer is sent in time without it. Null if all is well, or if the
 * answer is already overdue.
 */
export function willBeLate({
  timetable,
  now,
  waits,
  owed,
  collectUntil,
  late,
}: Outlook): WillBeLate | null {
  if (now >= timetable.dueAt) return null;
  const on = localDay(timetable, timetable.dueAt);
  const endless = now >= timetable.cutOffAt ? waits.find(isEndless) : undefined;
  if (endless !== undefined) {
    return {
      on,
      because:
        `${endless.on}: nothing is sent before somebody acts, and the answer is due by ` +
        `${timetable.answerBy}. ${endless.reason}`,
    };
  }
  const behind = owed.filter(
    ({ answerBy }) =>
      late ||
      now >= timetable.cutOffAt ||
      (answerBy !== null && endOf(timetable, answerBy) <= Date.parse(now)),
  );
  if (behind.length > 0) {
    const names = behind
      .slice(0, 5)
      .map(({ id }) => id)
      .join(', ');
    const more = behind.length > 5 ? ` and ${behind.length - 5} more` : '';
    return {
      on,
      because:
        `${names}${more}: no answer yet. What comes after ${localDay(timetable, collectUntil)} ` +
        `is a gap of the answer due by ${timetable.answerBy}, and a supplement.`,
    };
  }
  const match = waits.find(({ on: name }) => name === 'operator:match');
  if (match !== undefined && (late || now >= firstWarning(timetable))) {
    return {
      on,
      because:
        `operator:match: what nobody has decided by ${localDay(timetable, collectUntil)} is a ` +
        `gap of the answer due by ${timetable.answerBy}.`,
    };
  }
  return null;
}

const endOf = ({ answerBy, dueAt }: Timetable, day: CalendarDate): number =>
  Date.parse(dueAt) - (Date.parse(answerBy) - Date.parse(day));

/**
 * The day by which systems were to reply: a review that is still open then leaves them too little
 * time.
 */
const firstWarning = (timetable: Timetable): Instant =>
  new Date(
    Math.min(endOf(timetable, timetable.vendorsBy), Date.parse(timetable.cutOffAt) - DAY),
  ).toISOString() as Instant;

/** The moments at which the outlook changes by itself, except when a system's own day passes. */
export const outlookMoments = (timetable: Timetable): Instant[] => [
  firstWarning(timetable),
  timetable.cutOffAt,
];
