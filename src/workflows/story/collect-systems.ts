import { ActivityFailure, patched } from '@temporalio/workflow';
import type { AskInput } from '../../activities/inputs.ts';
import type { Instant } from '@dossier/law';
import { vendorDay as lawfulDay } from '../dates/in-time.ts';
import { nextAnswerId, recordAnswer, withoutFiles } from '../commands/vendor-answers.ts';
import { brief, canWait, lengthy } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { again, unlessAnswered } from '../beside/reset.ts';
import { addCost, addGap, addReceipt, clearGaps, removeNote, type Task } from '../state/state.ts';
import {
  holdsFiles,
  isAsked,
  isRead,
  wasAsked,
  wasEscalated,
  wasPolled,
  wasRead,
  wasReminded,
  watchDates,
} from '../state/task.ts';
import { earliest, meanwhile } from '../state/waiting.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/**
 * How long to wait before a vendor is asked again whether it is ready: short at first, then a day,
 * then three days.
 */
const POLLS = [
  2 * SECOND,
  5 * SECOND,
  30 * SECOND,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  6 * HOUR,
  ...Array.from({ length: 7 }, () => 24 * HOUR),
  72 * HOUR,
];

/** How often one question whether a vendor is ready is repeated at once. */
const TRIES = 3;

function question(run: RequestRun, task: Task): AskInput {
  const { state } = run;
  return {
    requestId: state.request.requestId,
    system: task.system.id,
    generation: task.generation,
    request: state.request,
    law: run.plan.law,
    receivedOn: run.plan.receivedOn,
    answerBy: answerDay(run),
    confirmed: state.confirmed,
    profiles: state.profiles ?? [],
    at: run.now(),
    ...again(run),
  };
}

/**
 * The day by which vendors are asked to reply: the planned one, or one before the end of collecting
 * if that has passed.
 */
export function answerDay(run: RequestRun) {
  const { vendorsBy } = run.timetable;
  const until = run.collectUntil();
  if (run.inTime) return lawfulDay(run.timetable, until, run.now());
  return run.endOf(vendorsBy) > run.now() ? vendorsBy : run.dayOf(until);
}

/** Reads a system that Dossier can read by itself. */
export async function readCloud(run: RequestRun, task: Task): Promise<void> {
  const { state } = run;
  const { id } = task.system;
  isRead(task, run.now());
  run.touch();
  const { receipt, nothingHeld, gaps } = await unlessAnswered(run, () =>
    lengthy.exportCloud.executeWithOptions({ summary: `export the records of ${id}` }, [
      question(run, task),
    ]),
  );
  // The system was skipped, or the cut-off came, but the export ended nevertheless.
  const isLate = task.closed && patched('a-closed-system-stays-closed');
  if (
    isLate &&
    state.status.gaps.some(({ system, because }) => system === id && because === 'skipped')
  ) {
    addCost(state, id, receipt.cost);
    return;
  }
  clearGaps(state, id);
  addCost(state, id, receipt.cost);
  addReceipt(state, receipt);
  for (const gap of gaps) {
    addGap(state, { system: id, ...gap });
  }
  // A part that the system refused may still be fixed. It is waited for as a whole system is.
  const isPart = gaps.some(({ because }) => because === 'denied' || because === 'rejected');
  holdsFiles(task, receipt.files);
  wasRead(task, { outcome: nothingHeld ? 'nothing-held' : 'delivered', isPart, isLate });
}

/** Asks a vendor, once. */
export async function askVendor(run: RequestRun, task: Task): Promise<void> {
  const { id } = task.system;
  isAsked(task);
  run.touch();
  const asked = await unlessAnswered(run, () =>
    brief.askVendor.executeWithOptions({ summary: `ask ${id} for the data` }, [
      question(run, task),
    ]),
  );
  addCost(run.state, id, asked.cost);
  wasAsked(task, {
    way: asked.way,
    reference: asked.way === 'poll' ? asked.reference : null,
    ...(asked.way === 'manual' && { instructions: asked.instructions }),
    at: run.now(),
    answerBy: answerDay(run),
  });
  run.touch();
  if (asked.way === 'manual') {
    await run.letter(
      'question',
      id,
      `An operator asks ${id} by hand, to answer by ${task.status.answerBy}: ${asked.why}.`,
      asked.instructions,
    );
  } else {
    run.notice('question', id, 'sent', `${id} was asked, to answer by ${task.status.answerBy}.`);
  }
}

/**
 * Waits for a vendor's reply. It reminds the vendor, escalates when its date has passed, and polls
 * if it can be polled.
 */
export async function waitForVendor(run: RequestRun, task: Task): Promise<void> {
  const { id } = task.system;
  const { generation } = task;
  const answered = () =>
    task.closed ||
    task.generation !== generation ||
    run.state.openAnswers.some(({ system }) => system === id);
  const since = task.status.askedAt ?? run.now();
  if (task.remindedAt === null) {
    const hasPassed = run.endOf(vendorDay(run, task)) <= run.now();
    watchDates(task, run.now(), hasPassed ? vendorDay(run, task) : null);
  }
  while (!task.closed && task.generation === generation) {
    const nextReminder = () =>
      reminders(run, task).find((at) => at > (task.remindedAt ?? since)) ?? null;
    const nextPoll = () =>
      task.way === 'poll'
        ? laterBy(task.polledAt ?? since, POLLS[Math.min(task.polls, POLLS.length - 1)] ?? HOUR)
        : null;
    const nextEscalation = () =>
      task.escalatedFor === vendorDay(run, task) ? null : run.endOf(vendorDay(run, task));
    const next = () => {
      const until = run.collectUntil();
      // Shown again when the cut-off moves, although nothing else may be due by then.
      if (run.state.waits[id]?.until !== until) {
        const reason =
          task.way === 'manual'
            ? (task.system.instructions ?? 'An operator asks it by hand.')
            : 'It was asked and has not answered yet.';
        run.state.waits[id] = {
          on: id,
          owner: 'vendor',
          reason,
          since,
          until,
          then: 'gap overdue',
        };
      }
      return earliest([nextReminder(), nextPoll(), nextEscalation(), until]);
    };
    next();
    run.publish();
    try {
      const whatComes = (at: ReturnType<typeof next>): string => {
        if (at === nextReminder()) return 'reminder';
        if (at === nextPoll()) return 'ask whether it is ready';
        return at === nextEscalation() ? 'escalation' : 'cut-off';
      };
      const reason = () => {
        const at = next();
        return `${id}: ${whatComes(at)}, ${run.dayOf(at ?? since)}`;
      };
      if (await meanwhile(next, answered, reason)) {
        if (run.state.openAnswers.some(({ system }) => system === id)) {
          await meanwhile(
            () => null,
            () => !run.state.openAnswers.some(({ system }) => system === id),
          );
        }
        continue;
      }
      const now = run.now();
      if (now >= run.collectUntil()) {
        await meanwhile(
          () => null,
          () => task.closed || task.generation !== generation,
        );
        return;
      }
      // Computed after the wait, because an extension or a pause may have moved them meanwhile.
      const [reminder, poll, escalation] = [nextReminder(), nextPoll(), nextEscalation()];
      if (poll !== null && now >= poll) {
        await pollVendor(run, task);
      }
      if (reminder !== null && now >= reminder) {
        await remind(run, task, now);
      }
      if (escalation !== null && now >= escalation) {
        wasEscalated(task, vendorDay(run, task));
        await run.letter(
          'escalation',
          'operator',
          `${id} has not answered by ${vendorDay(run, task)}.`,
          `${id} was asked on ` +
            `${task.status.askedAt === null ? '' : run.dayOf(task.status.askedAt)} and has not ` +
            `answered by ${vendorDay(run, task)}. Collecting ends on ` +
            `${run.dayOf(run.collectUntil())}; then it is the gap "overdue".`,
        );
      }
    } finally {
      if (!run.suspended) delete run.state.waits[id];
    }
  }
}

const vendorDay = (run: RequestRun, task: Task) => task.status.answerBy ?? answerDay(run);
const laterBy = (from: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(from) + milliseconds).toISOString() as Instant;

/** Reminders are counted back from the vendor's date. */
function reminders(run: RequestRun, task: Task): Instant[] {
  return run.plan.policy.remind
    .map((days) => run.after(-Number.parseInt(days, 10), run.endOf(vendorDay(run, task))))
    .sort();
}

async function remind(run: RequestRun, task: Task, now: Instant): Promise<void> {
  const { id } = task.system;
  wasReminded(task, now);
  await run.letter(
    'reminder',
    id,
    `Reminder ${task.status.reminders}: please answer by ${vendorDay(run, task)}.`,
    `This is reminder ${task.status.reminders}. Please answer by ` +
      `${vendorDay(run, task)}.\n\n${task.instructions}`,
  );
}

/**
 * A failed question is asked again at the next time, so that reminders and the cut-off are not
 * delayed.
 */
function unlessExhausted(error: unknown): undefined {
  const exhausted =
    error instanceof ActivityFailure && error.retryState === 'MAXIMUM_ATTEMPTS_REACHED';
  if (!exhausted && !canWait(error)) throw error;
}

/**
 * Asks a vendor whether it is ready, and takes in its reply. `late`: the cut-off has passed, and
 * the reply still counts.
 */
export async function pollVendor(
  run: RequestRun,
  task: Task,
  when: 'in-time' | 'late' = 'in-time',
): Promise<void> {
  const { state } = run;
  const { id } = task.system;
  const polled = await lengthy.pollVendor
    .executeWithOptions(
      {
        summary: `ask ${id} whether it is ready`,
        retry: { initialInterval: '1 second', maximumAttempts: TRIES },
      },
      [
        {
          requestId: state.request.requestId,
          system: id,
          reference: task.reference ?? '',
          at: run.now(),
        },
      ],
    )
    .catch(unlessExhausted);
  wasPolled(task, run.now());
  addCost(state, id, polled?.cost);
  if (
    polled === undefined ||
    polled.state === 'waiting' ||
    (when === 'in-time' ? task.closed : task.status.state === 'done')
  ) {
    return;
  }
  const answerId = nextAnswerId(run, id);
  if (polled.receipt !== null) addReceipt(state, { ...polled.receipt, answerId });
  holdsFiles(task, polled.receipt?.files ?? 0);
  recordAnswer(
    run,
    {
      system: id,
      outcome: polled.outcome,
      files: [],
      by: task.system.connector,
      note: polled.note,
    },
    answerId,
  );
  const entry = state.status.answers.find((it) => it.answerId === answerId);
  if (entry !== undefined) entry.files = task.status.files;
  for (const gap of polled.gaps ?? []) {
    addGap(state, { system: id, ...gap });
  }
  if (polled.outcome === 'delivered') removeNote(state, withoutFiles(id));
}
