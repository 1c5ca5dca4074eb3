import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { RequestStatus } from '../contract/status.ts';
import { takeAnswers } from './commands/vendor-answers.ts';
import { watchClock, watchDates } from './beside/clock.ts';
import { heedCancellation, tellOfCancellation } from './beside/cancellation.ts';
import { checkRequest, invalidRequest, unreadableKey } from './commands/check-request.ts';
import { runCollector } from './story/collector.ts';
import { collectAll, packageApproved } from './story/collect.ts';
import { buildAndDeliver } from './story/deliver.ts';
import { endEarly } from './story/end-early.ts';
import { setHandlers } from './commands/handlers.ts';
import { takeMessage } from './commands/take-message.ts';
import { askLateVendors } from './beside/late-vendors.ts';
import { listProfiles } from './story/listed-profiles.ts';
import { locate, settleMatch } from './story/locate.ts';
import { makePlan, registerRequest } from './story/plan.ts';
import { RequestRun } from './state/request-run.ts';
import { keepUntilDeletion } from './story/retain.ts';
import { newState, open, publicStatus, type State } from './state/state.ts';
import { readUnread } from './beside/unread-messages.ts';
import { identityConfirmed } from './story/verify-identity.ts';
import { Suspended } from './state/waiting.ts';

/**
 * One person's request, from receipt to the deletion of the package.
 *
 * @throws ApplicationFailure `invalid-request` with a list of paths and reasons, if the input
 *   cannot be run
 */
export async function dataAccessRequest(
  request: unknown,
  carried?: unknown,
): Promise<RequestStatus> {
  const root = CancellationScope.current();
  // A cancellation in Temporal stops nothing by itself: the request decides what it means.
  return CancellationScope.nonCancellable(() => live({ request, carried, root }));
}

async function live({
  request,
  carried,
  root,
}: {
  request: unknown;
  carried: unknown;
  root: CancellationScope;
}): Promise<RequestStatus> {
  const run = openRequest(request, carried); // The state and every handler come before the first
  // await.
  root.cancelRequested.catch(() => heedCancellation(run));
  await runParts(run);
  const endsEarly = () => run.state.ending !== null;
  if (run.suspended && !endsEarly()) {
    await CancellationScope.nonCancellable(() =>
      condition(() => (allHandlersFinished() && run.unwritten === 0) || endsEarly()),
    );
    if (!endsEarly()) {
      return continueAsNew<typeof dataAccessRequest>(run.state.request, {
        ...run.state,
        runs: run.state.runs + 1,
      });
    }
  }
  if (endsEarly()) await endEarly(run);
  await CancellationScope.nonCancellable(() =>
    condition(() => allHandlersFinished() && run.unwritten === 0),
  );
  return publicStatus(run.state);
}

/** The story itself, stage by stage. After continue-as-new it continues from the same stage. */
async function tell(run: RequestRun): Promise<void> {
  await makePlan(run);
  await registerRequest(run);
  if (!(await identityConfirmed(run))) return;
  run.collecting = open(run.state);
  run.touch();
  while (open(run.state) && run.state.profiles === null) {
    await locate(run);
    await listProfiles(run);
    await settleMatch(run);
  }
  do {
    await collectAll(run);
    await listProfiles(run);
  } while (!(await packageApproved(run)));
  await buildAndDeliver(run);
  await keepUntilDeletion(run);
}

function openRequest(input: unknown, carried: unknown): RequestRun {
  const info = workflowInfo();
  if (carried !== undefined && info.continuedFromExecutionRunId === undefined) {
    throw invalidRequest([
      {
        path: '',
        reason:
          'the workflow takes one argument; a second one is only ever set by the workflow itself',
      },
    ]);
  }
  const key = unreadableKey(carried);
  if (key !== undefined) {
    throw new Error(
      `The state of the request is encrypted with the key ${key}, which this worker does not have.`,
    );
  }
  const state =
    carried === undefined
      ? newState(checkRequest(input, info.workflowId, Date.now()))
      : (carried as State);
  const run = new RequestRun(state);
  setHandlers(run);
  run.publish();
  // A step that still waits after continue-as-new shows its wait again.
  state.waits = {};
  return run;
}

const takeUnread = (run: RequestRun): Promise<void> =>
  readUnread(run, (name, message) => takeMessage(run, name, message));

/** Runs the story and everything beside it, until the story ends or the history has grown long. */
async function runParts(run: RequestRun): Promise<void> {
  const beside = [
    watchClock,
    watchDates,
    takeAnswers,
    runCollector,
    askLateVendors,
    tellOfCancellation,
    takeUnread,
  ];
  let failure: { error: unknown } | undefined;
  const watched = (part: Promise<void>): Promise<void> =>
    part.catch((error: unknown) => {
      if (error instanceof Suspended) return;
      if (isCancellation(error) && (run.state.ending !== null || run.scope.consideredCancelled)) {
        return;
      }
      failure ??= { error };
      run.scope.cancel();
    });
  try {
    await run.scope.run(async () => {
      const story = watched(
        tell(run)
          .catch((error: unknown) => {
            run.suspended = error instanceof Suspended;
            throw error;
          })
          .finally(() => run.finish()),
      );
      run.beside = Promise.all(beside.map((part) => watched(part(run))));
      await Promise.all([story, run.beside]);
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
  }
  if (failure) throw failure.error;
}
