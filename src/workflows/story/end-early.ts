import { ActivityFailure, CancellationScope, patched, workflowInfo } from '@temporalio/workflow';
import { deleteEverything } from './deliver.ts';
import { brief, insisted, quick } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, type Task } from '../state/state.ts';
import { endsWith } from '../state/task.ts';

/**
 * Ends a request that is refused or withdrawn: vendors are told, files are deleted, a notice is
 * written.
 */
export async function endEarly(run: RequestRun): Promise<void> {
  const { state } = run;
  const { ending } = state;
  if (ending === null) return;
  await CancellationScope.nonCancellable(async () => {
    state.waits = {};
    run.collecting = false;
    const ours = await isOurs(run);
    const untold = state.endedBefore === true ? [] : await tellVendors(run);
    closeTasks(run);
    // A former run has deleted its files, and those that this run took in are deleted too. The
    // letters of the former run are still to be sent.
    if (ours && (state.endedBefore !== true || patched('a-run-that-had-ended-deletes-its-files'))) {
      await deleteEverything(
        run,
        ending.as === 'withdrawn' ? 'the request was withdrawn' : 'the request was refused',
        ending.as,
      );
    }
    addNote(
      state,
      `${ending.as === 'withdrawn' ? 'Withdrawn' : 'Refused'} by ${ending.by}: ${ending.reason}.`,
    );
    // After the deletion, because it removes the outbox too.
    for (const id of state.endedBefore === true ? [] : untold) {
      await run.letter(
        'withdrawal',
        id,
        `${id} is told by hand that the request has ended.`,
        `The request ${state.request.requestId} has ended. Please stop looking for its data, ` +
          'and delete what you have gathered for it.',
      );
    }
    if (state.endedBefore !== true) await tellEnd(run, ending.as);
    run.enter(ending.as);
  });
}

/**
 * Whether the files under the request's ID are this run's, because the ID may have been used
 * before.
 */
async function isOurs(run: RequestRun): Promise<boolean> {
  const { state } = run;
  if (state.registered) return true;
  const { workflowId, firstExecutionRunId } = workflowInfo();
  const { taken, before } = await insisted(run, () =>
    quick.registerRequest.executeWithOptions({ summary: 'leave a record of the request' }, [
      { requestId: state.request.requestId, workflowId, runId: firstExecutionRunId, at: run.now() },
    ]),
  );
  if (before?.ended === 'withdrawn' || before?.ended === 'refused') state.endedBefore = true;
  return !taken;
}

/**
 * Tells the vendors that were asked and have not replied. Returns those that only a person can
 * tell.
 */
async function tellVendors(run: RequestRun): Promise<string[]> {
  const { state } = run;
  const untold: string[] = [];
  const all =
    Object.values(state.tasks).some((task) => isAskedByHand(task) || isPolledLate(task)) &&
    patched('every-vendor-is-told');
  for (const task of Object.values(state.tasks)) {
    const { id } = task.system;
    if (all && isAskedByHand(task)) untold.push(id);
    if (
      task.reference === null ||
      !(task.status.state === 'waiting' || (all && isPolledLate(task)))
    ) {
      continue;
    }
    try {
      await brief.withdrawFromVendor.executeWithOptions(
        { summary: `tell ${id} that the request has ended`, scheduleToCloseTimeout: '1 hour' },
        [
          {
            requestId: state.request.requestId,
            system: id,
            reference: task.reference,
            at: run.now(),
          },
        ],
      );
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      addNote(
        state,
        `${id} could not be told within an hour that the request has ended; tell it by hand.`,
      );
      if (patched('every-vendor-is-told')) untold.push(id);
    }
  }
  return untold;
}

/** Whether a person asked the system, and it may still be gathering data. */
const isAskedByHand = ({ way, status }: Task): boolean =>
  way === 'manual' &&
  status.askedAt !== null &&
  (status.outcome === null || status.outcome === 'in-progress');

/** Whether the system did not reply in time, and is still asked whether it is ready. */
const isPolledLate = ({ way, reference, status }: Task): boolean =>
  way === 'poll' &&
  reference !== null &&
  status.state === 'gap' &&
  (status.outcome === null || status.outcome === 'in-progress');

/** Ends every wait for a system. */
function closeTasks({ state }: RequestRun): void {
  for (const task of Object.values(state.tasks)) {
    endsWith(task);
  }
}

/**
 * The letter of a refusal does not say whether data is held. A request that ended before it was
 * planned has no law to cite.
 */
async function tellEnd(run: RequestRun, as: 'withdrawn' | 'refused'): Promise<void> {
  const [kind, note] =
    as === 'withdrawn'
      ? (['withdrawal', 'The request was withdrawn, and the files deleted.'] as const)
      : (['refusal', 'The request is refused, for identity was not confirmed.'] as const);
  if (run.state.plan === null) run.notice(kind, 'subject', 'recorded', note);
  else await run.tellSubject(kind, note);
}
