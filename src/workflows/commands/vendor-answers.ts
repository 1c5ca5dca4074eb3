import { CancellationScope, isCancellation, patched } from '@temporalio/workflow';
import type { Message } from '../../contract/messages/index.ts';
import type { AnswerStatus } from '../../contract/status.ts';
import { insisted, lengthy } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import {
  addNote,
  addReceipt,
  addRemark,
  clearGaps,
  addGap,
  open,
  taskOf,
  type OpenAnswer,
  type Task,
} from '../state/state.ts';
import { meanwhile } from '../state/waiting.ts';
import {
  hasAnswered,
  hasDelivered,
  isAtWork,
  losesFiles,
  staysWithout,
  waitsAgain,
} from '../state/task.ts';

type Answer = Message<'vendorResponded'>;

/** How many replies a request keeps in its status, so that a sender cannot fill the history. */
const ANSWERS_KEPT = 300;

/** What a reply says, without its sender: the same text twice is one reply. */
const keyOf = ({ system, outcome, files, note }: Answer): string =>
  JSON.stringify([
    system,
    outcome,
    files.map(({ uri, sha256 }) => [uri, sha256 ?? '']).sort(),
    outcome === 'in-progress' ? '' : (note ?? ''),
  ]);

/** Why a reply contradicts itself or one that counts, or undefined. */
export function contradiction(task: Task, answer: Answer): string | undefined {
  const { outcome } = task.status;
  if (answer.outcome !== 'delivered' && answer.files.length > 0) {
    return (
      `${answer.system} says "${answer.outcome}" and gives ${answer.files.length} file(s), ` +
      'which only "delivered" takes in; answer again with one or the other'
    );
  }
  if (outcome === 'delivered' && answer.outcome !== 'delivered') {
    return `${answer.system} has delivered already; take that answer back first (retractAnswer)`;
  }
  if (
    outcome === 'nothing-held' &&
    (answer.outcome === 'refused' || answer.outcome === 'in-progress')
  ) {
    return `${answer.system} has said that it holds nothing; take that answer back first (retractAnswer)`;
  }
  if (outcome === 'refused' && answer.outcome === 'in-progress') {
    return `${answer.system} has refused; take that answer back first (retractAnswer)`;
  }
  return undefined;
}

/**
 * Why nobody replies for a system, or undefined. Nobody else can say that a system which Dossier
 * reads by itself holds nothing.
 */
export const notAVendor = ({ system: { id, kind } }: Task): string | undefined =>
  kind === 'vendor'
    ? undefined
    : `${id} is no vendor: Dossier reads it by itself, and nobody answers for it; have it ` +
      'tried again (retrySystem), or go on without it (skipSystem)';

/** The ID of the reply that says the same and counts, if there is one. */
export const repeated = (run: RequestRun, answer: Answer): string | undefined =>
  run.state.answerKeys[keyOf(answer)];

/** Records any reply. It never fails the request. */
export function recordAnswer(
  run: RequestRun,
  answer: Answer,
  answerId = nextAnswerId(run, answer.system),
): AnswerStatus['state'] {
  const { state } = run;
  const task = taskOf(state, answer.system);
  const same = repeated(run, answer);
  const own = task && notAVendor(task);
  const against =
    (own !== undefined && patched('only-vendors-answer') ? own : undefined) ??
    (task && contradiction(task, answer));
  const verdict = verdictOn(task, same, against);
  const notes: Partial<Record<AnswerStatus['state'], string>> = {
    'unknown-system': 'no system of this request has this ID',
    repeated: `the same as ${same}`,
  };
  const note = notes[verdict] ?? against ?? answer.note;
  state.status.answers = newest(
    [
      ...state.status.answers,
      {
        answerId,
        system: answer.system,
        outcome: answer.outcome,
        files: answer.files.length,
        by: answer.by,
        at: run.now(),
        state: verdict,
        ...(note !== undefined && { note }),
      },
    ],
    state.openAnswers,
  );
  if (verdict === 'counted' && task !== undefined) {
    state.answerKeys[keyOf(answer)] = answerId;
    settle(run, task, answer, answerId);
  }
  run.touch();
  return verdict;
}

/**
 * As many answers as are kept. Those that count give way last, because they can still be taken back;
 * one whose files are still to be taken in never does.
 */
function newest(
  answers: readonly AnswerStatus[],
  openAnswers: readonly OpenAnswer[],
): AnswerStatus[] {
  if (answers.length <= ANSWERS_KEPT) return [...answers];
  const isOpen = (id: string) => openAnswers.some(({ answerId }) => answerId === id);
  const uncounted = answers.findIndex(({ state }) => state !== 'counted');
  const dropped =
    uncounted >= 0 ? uncounted : answers.findIndex(({ answerId }) => !isOpen(answerId));
  return answers.filter((_, index) => index !== dropped);
}

/** A new reply's ID: the system's, with a number of its own in this request. */
export function nextAnswerId(run: RequestRun, system: string): string {
  run.state.answerCount += 1;
  return `${system.replace(/[^A-Za-z0-9_-]/g, '-')}-${run.state.answerCount}`;
}

function settle(run: RequestRun, task: Task, answer: Answer, answerId: string): void {
  const { state } = run;
  const { id } = task.system;
  if (answer.outcome === 'in-progress') {
    isAtWork(task);
    return;
  }
  if (answer.outcome === 'delivered' && answer.files.length > 0) {
    state.openAnswers.push({ answerId, system: id, files: answer.files });
    return;
  }
  conclude(run, task, answer);
  if (answer.outcome === 'delivered') {
    addRemark(state, withoutFiles(id));
  }
}

/** The note about a vendor that delivered elsewhere. */
export const withoutFiles = (system: string): string =>
  `${system} says that it delivered, and gave no file to this request.`;

/**
 * Concludes that the system has replied: with data, with nothing, or by a refusal, which is a gap.
 */
function conclude(
  { state }: RequestRun,
  task: Task,
  { outcome, note }: Pick<Answer, 'outcome' | 'note'>,
): void {
  const { id } = task.system;
  clearGaps(state, id);
  state.status.revision += 1;
  hasAnswered(task, outcome);
  if (outcome === 'refused') {
    addGap(state, {
      system: id,
      because: 'refused',
      note: note ?? 'The system refused to give the data.',
    });
  }
}

/** The scope of taking in replies. It is no system's ID, because IDs have no `:`. */
const TAKING = 'answers:';

/** Takes in the files of replies, one after the other, as long as the request lives. */
export async function takeAnswers(run: RequestRun): Promise<void> {
  const { state } = run;
  while (
    await meanwhile(
      () => null,
      () => run.finished || state.openAnswers.length > 0,
    )
  ) {
    const [answer] = state.openAnswers;
    if (answer === undefined || run.finished) return;
    const scope = new CancellationScope();
    run.scopes.set(TAKING, scope);
    try {
      await scope.run(() => takeIn(run, answer));
    } catch (error) {
      // The next run takes it in from the start.
      if (run.finished && isCancellation(error)) return;
      throw error;
    } finally {
      run.scopes.delete(TAKING);
    }
    state.openAnswers = state.openAnswers.filter(({ answerId }) => answerId !== answer.answerId);
    run.touch();
  }
}

async function takeIn(run: RequestRun, { answerId, system, files }: OpenAnswer): Promise<void> {
  const { state } = run;
  const task = taskOf(state, system);
  if (task === undefined) return;
  const { receipt, quarantined } = await insisted(run, () =>
    lengthy.receiveAnswer.executeWithOptions(
      { summary: `take in ${files.length} file(s) of ${system}` },
      [
        {
          requestId: state.request.requestId,
          system,
          connector: task.system.connector,
          answerId,
          files,
          at: run.now(),
        },
      ],
    ),
  );
  const entry = state.status.answers.find((it) => it.answerId === answerId);
  if (entry?.state !== 'counted') return;
  if (quarantined.length > 0) {
    entry.state = 'quarantined';
    entry.refusedFiles = quarantined.map(({ file, reason }) => ({ file: file + 1, reason }));
    forget(run, answerId);
    for (const { file, reason } of quarantined) {
      addNote(state, `${answerId}, file ${file + 1}: quarantined, ${reason}.`);
    }
    return;
  }
  if (receipt === null) return;
  clearGaps(state, system);
  addReceipt(state, receipt);
  hasDelivered(task, receipt.files);
}

/** Retracts a counted reply: the system waits again, and its files leave the package. */
export function retract(
  run: RequestRun,
  { system, answerId }: { system: string; answerId: string },
): void {
  const { state } = run;
  const task = taskOf(state, system);
  const entry = state.status.answers.find((it) => it.answerId === answerId);
  if (task === undefined || entry === undefined) return;
  entry.state = 'retracted';
  forget(run, answerId);
  const left = state.receipts.filter((it) => it.answerId !== answerId);
  const gone = state.receipts.filter((it) => it.answerId === answerId);
  state.receipts = left;
  state.openAnswers = state.openAnswers.filter((it) => it.answerId !== answerId);
  state.status.revision += 1;
  losesFiles(
    task,
    gone.reduce((sum, { files }) => sum + files, 0),
  );
  const others = state.status.answers.filter(
    (it) => it.system === system && it.state === 'counted' && it.outcome !== 'in-progress',
  );
  const last = others.at(-1);
  if (last !== undefined) {
    conclude(run, task, last);
    return;
  }
  clearGaps(state, system);
  if (open(state)) {
    waitsAgain(task);
  } else {
    staysWithout(task);
    addGap(state, {
      system,
      because: 'overdue',
      note: 'Its answer was taken back after the cut-off.',
    });
  }
}

function forget(run: RequestRun, answerId: string): void {
  for (const [key, id] of Object.entries(run.state.answerKeys)) {
    if (id === answerId) delete run.state.answerKeys[key];
  }
}

/**
 * A system that is asked again has neither refused nor said that it is at work, so it may say so
 * again.
 */
export function forgetReplies(run: RequestRun, system: string): void {
  for (const entry of run.state.status.answers) {
    if (
      entry.system !== system ||
      entry.state !== 'counted' ||
      (entry.outcome !== 'refused' && entry.outcome !== 'in-progress')
    ) {
      continue;
    }
    entry.state = 'retracted';
    forget(run, entry.answerId);
  }
}

/** What a reply counts for. `same` is the one that it repeats, `against` is what contradicts it. */
function verdictOn(
  task: Task | undefined,
  same: string | undefined,
  against: string | undefined,
): AnswerStatus['state'] {
  if (task === undefined) return 'unknown-system';
  if (same !== undefined) return 'repeated';
  return against === undefined ? 'counted' : 'quarantined';
}
