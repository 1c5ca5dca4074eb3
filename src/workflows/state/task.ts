import type { CalendarDate, Instant } from '@dossier/law/days';
import type { PlannedSystem } from '../../contract/plan.ts';
import type { SystemStatus, VendorOutcome } from '../../contract/status.ts';

/**
 * How collecting from one system goes; `status.systems` shows its public part. It is written by the
 * functions of this file alone:
 *
 * ```text
 * pending -> exporting ------------------> done
 *         -> asking -> waiting ----------> done      closed, except for a gap that is waited for:
 *    ^          \         \                          an operator has it tried again, or skips it
 *    |           -> gap <- -
 *    +-- reopened --+
 * ```
 */
export interface Task {
  readonly system: PlannedSystem;
  /**
   * Whether `status.systems` lists it. A data source that no system claims is a task but no system.
   */
  readonly listed: boolean;
  readonly status: Readonly<SystemStatus>;
  /** Increases when an operator has it asked again. */
  readonly generation: number;
  readonly way: 'manual' | 'poll' | null;
  /** The vendor's own reference for our request. */
  readonly reference: string | null;
  readonly instructions: string;
  /** How often it was polled, and when last. */
  readonly polls: number;
  readonly polledAt: Instant | null;
  /** Until when reminders were considered; null before the wait has begun. */
  readonly remindedAt: Instant | null;
  /** The day whose passing an operator was told of. */
  readonly escalatedFor: CalendarDate | null;
  /** Whether nothing more is waited for: it replied, was skipped, or the cut-off came. */
  readonly closed: boolean;
}

type Writable = { -readonly [Field in Exclude<keyof Task, 'status'>]: Task[Field] } & {
  readonly status: SystemStatus;
};
const written = (task: Task): Writable => task as Writable;

/** A system that nobody has asked yet. */
export function newTask(system: PlannedSystem, listed: boolean): Task {
  return {
    system,
    listed,
    status: {
      id: system.id,
      connector: system.connector,
      state: 'pending',
      askedAt: null,
      answerBy: null,
      reminders: 0,
      outcome: null,
      files: 0,
    },
    generation: 1,
    way: null,
    reference: null,
    instructions: system.instructions ?? '',
    polls: 0,
    polledAt: null,
    remindedAt: null,
    escalatedFor: null,
    closed: false,
  };
}

/** Dossier begins to read the system by itself. */
export function isRead(task: Task, since: Instant): void {
  Object.assign(written(task).status, { state: 'exporting', askedAt: since });
}

/** The vendor is about to be asked. */
export function isAsked(task: Task): void {
  written(task).status.state = 'asking';
}

/** How a vendor was asked, and until when it must reply. */
export interface Asking {
  readonly way: 'manual' | 'poll';
  readonly reference: string | null;
  /** For an operator who asks by hand. */
  readonly instructions?: string;
  readonly at: Instant;
  readonly answerBy: CalendarDate;
}

/** The vendor was asked, and its reply is awaited. */
export function wasAsked(task: Task, { way, reference, instructions, at, answerBy }: Asking): void {
  Object.assign(written(task), { way, reference, polls: 0, polledAt: null, remindedAt: null });
  if (instructions !== undefined) written(task).instructions = instructions;
  Object.assign(written(task).status, { askedAt: at, answerBy, state: 'waiting' });
}

/** The day by which it must reply has moved. */
export function answersBy(task: Task, day: CalendarDate): void {
  written(task).status.answerBy = day;
}

/** An operator must find out whom to ask. */
export function isAwaited(task: Task): void {
  written(task).status.state = 'waiting';
}

/** Reminders are counted from now on. An earlier date is not reported again. */
export function watchDates(task: Task, at: Instant, escalatedFor: CalendarDate | null): void {
  Object.assign(written(task), { remindedAt: at, escalatedFor });
}

/** The vendor is reminded. */
export function wasReminded(task: Task, at: Instant): void {
  written(task).remindedAt = at;
  written(task).status.reminders += 1;
}

/** An operator is told that the vendor's day has passed. */
export function wasEscalated(task: Task, day: CalendarDate): void {
  written(task).escalatedFor = day;
}

/** The vendor was asked whether it is ready. */
export function wasPolled(task: Task, at: Instant): void {
  written(task).polls += 1;
  written(task).polledAt = at;
}

/** The vendor is not asked any more whether it is ready. */
export function stopPolling(task: Task): void {
  written(task).reference = null;
}

/** How many of its files the package will hold. */
export function holdsFiles(task: Task, files: number): void {
  written(task).status.files = files;
}

/**
 * What was read is there. A part that the system refused may still be fixed and is waited for,
 * unless it came too late.
 */
export function wasRead(
  task: Task,
  read: { readonly outcome: VendorOutcome; readonly isPart: boolean; readonly isLate?: boolean },
): void {
  const { outcome, isPart, isLate = false } = read;
  written(task).status.outcome = isPart ? null : outcome;
  written(task).status.state = isPart ? 'gap' : 'done';
  written(task).closed = isLate || !isPart;
}

/** The vendor says that it is at work. */
export function isAtWork(task: Task): void {
  written(task).status.outcome = 'in-progress';
}

/** The vendor has replied: with data, with nothing, or by a refusal, which is a gap. */
export function hasAnswered(task: Task, outcome: VendorOutcome): void {
  written(task).status.outcome = outcome;
  written(task).status.state = outcome === 'refused' ? 'gap' : 'done';
  written(task).closed = true;
}

/** The vendor's files were taken in. */
export function hasDelivered(task: Task, files: number): void {
  hasAnswered(task, 'delivered');
  written(task).status.files += files;
}

/** Files of a reply leave the package again. */
export function losesFiles(task: Task, files: number): void {
  written(task).status.files -= files;
}

/** No reply counts any more, and the vendor is waited for again. */
export function waitsAgain(task: Task): void {
  const { askedAt } = task.status;
  Object.assign(written(task).status, {
    outcome: null,
    state: askedAt === null ? 'pending' : 'waiting',
  });
  Object.assign(written(task), {
    way: task.way === null ? null : 'manual',
    remindedAt: null,
    closed: false,
  });
}

/** No reply counts any more, and none is waited for. */
export function staysWithout(task: Task): void {
  Object.assign(written(task).status, { outcome: null, state: 'gap' });
}

/** It failed, and is waited for: an operator has it tried again, or skips it. */
export function hasFailed(task: Task): void {
  written(task).status.state = 'gap';
}

/** Nothing more is waited for, and it is missing. */
export function becomesGap(task: Task): void {
  written(task).closed = true;
  written(task).status.state = 'gap';
}

/** The request ends: what is there stays, and everything else is missing. */
export function endsWith(task: Task): void {
  written(task).closed = true;
  if (task.status.state !== 'done') written(task).status.state = 'gap';
}

/** An operator has it asked or read again. */
export function reopen(task: Task): void {
  Object.assign(written(task), {
    generation: task.generation + 1,
    closed: false,
    way: null,
    reference: null,
  });
  Object.assign(written(task).status, { state: 'pending', outcome: null });
}
