import { ActivityFailure, CancellationScope, workflowInfo } from '@temporalio/workflow';
import { deleteEverything } from './delivering.ts';
import { brief, quick } from './ordering.ts';
import type { RequestRun } from './request-run.ts';
import { addNote } from './state.ts';

/** Ends a request that is refused or withdrawn: vendors are told, files deleted, a notice is written. */
export async function endEarly(run: RequestRun): Promise<void> {
  const { state } = run;
  const { ending } = state;
  if (ending === null) return;
  await CancellationScope.nonCancellable(async () => {
    state.waits = {};
    run.collecting = false;
    await tellVendors(run);
    closeTasks(run);
    if (await isOurs(run)) await deleteEverything(run, ending.as === 'withdrawn' ? 'the request was withdrawn' : 'the request was refused');
    addNote(state, `${ending.as === 'withdrawn' ? 'Withdrawn' : 'Refused'} by ${ending.by}: ${ending.reason}.`);
    await tellEnd(run, ending.as);
    run.enter(ending.as);
  });
}

/** Whether the files under the request's ID are this run's: the ID may have been used before. */
async function isOurs(run: RequestRun): Promise<boolean> {
  const { state } = run;
  if (state.registered) return true;
  const { workflowId, firstExecutionRunId } = workflowInfo();
  const { taken } = await quick.registerRequest.executeWithOptions({ summary: 'leave a record of the request' }, [
    { requestId: state.request.requestId, workflowId, runId: firstExecutionRunId, at: run.now() },
  ]);
  return !taken;
}

async function tellVendors(run: RequestRun): Promise<void> {
  const { state } = run;
  for (const task of Object.values(state.tasks)) {
    if (task.status.state !== 'waiting' || task.reference === null) continue;
    const { id } = task.system;
    try {
      await brief.withdrawFromVendor.executeWithOptions({ summary: `tell ${id} that the request has ended`, scheduleToCloseTimeout: '1 hour' }, [
        { requestId: state.request.requestId, system: id, reference: task.reference, at: run.now() },
      ]);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      addNote(state, `${id} could not be told within an hour that the request has ended; tell it by hand.`);
    }
  }
}

/** Nothing is waited for any more. */
function closeTasks({ state }: RequestRun): void {
  for (const task of Object.values(state.tasks)) {
    task.closed = true;
    if (task.status.state !== 'done') task.status.state = 'gap';
  }
}

/** The letter of a refusal does not say whether data is held. A request that ended before it was planned has no law to cite. */
async function tellEnd(run: RequestRun, as: 'withdrawn' | 'refused'): Promise<void> {
  const [kind, note] = as === 'withdrawn'
    ? ['withdrawal', 'The request was withdrawn, and the files deleted.'] as const
    : ['refusal', 'The request is refused, for identity was not confirmed.'] as const;
  if (run.state.plan === null) run.notice(kind, 'subject', 'recorded', note);
  else await run.tellSubject(kind, note);
}
