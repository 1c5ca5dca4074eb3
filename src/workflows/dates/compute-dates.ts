import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Dates } from '../../activities/inputs.ts';
import type { ClockEvent, Tables } from '../../contract/plan.ts';
import type { CheckedRequest } from '../../contract/request.ts';
import { answerDay } from '../story/collect-systems.ts';
import { quick } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addRemark, ended } from '../state/state.ts';
import { refusal } from '../../contract/refusals.ts';
import { notAllowed } from '../commands/not-allowed.ts';
import { answersBy } from '../state/task.ts';

/** The arguments of the dates that differ from what the request knows. */
export interface Change {
  readonly request?: CheckedRequest;
  readonly events?: readonly ClockEvent[];
  /** The holidays that count; null means those of the present tables. */
  readonly tables?: Tables | null;
}

/**
 * Asks the law desk for the dates.
 *
 * @throws ApplicationFailure `not-allowed` if no law has any for the request as it is now
 */
export async function computeDates(
  run: RequestRun,
  summary: string,
  { request, events, tables }: Change = {},
): Promise<Dates> {
  const { state, plan } = run;
  const known = tables === undefined ? plan.tables : (tables ?? undefined);
  return quick.replanDates
    .executeWithOptions({ summary }, [
      {
        request: request ?? state.request,
        events: events ?? state.events,
        policy: plan.policy,
        at: run.now(),
        ...(known && { tables: known }),
      },
    ])
    .catch(refuse);
}

function refuse(error: unknown): never {
  if (
    error instanceof ActivityFailure &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === 'invalid-request'
  ) {
    throw notAllowed(refusal('law-refuses', error.cause.message));
  }
  throw error;
}

/**
 * Replaces the old dates with new ones, also those of vendors that are waited for. A request that
 * is in time again is no longer overdue.
 */
export function takeDates(
  run: RequestRun,
  { timetable, extended, notes, law, lawTitle, receivedOn }: Dates,
): void {
  const { state } = run;
  state.plan = {
    ...run.plan,
    timetable,
    extended,
    ...(law !== undefined && { law }),
    ...(lawTitle !== undefined && { lawTitle }),
    ...(receivedOn !== undefined && { receivedOn }),
  };
  state.status.timetable = timetable;
  state.status.law = state.plan.law;
  state.status.receivedOn = state.plan.receivedOn;
  for (const note of notes) {
    addRemark(state, note);
  }
  for (const task of Object.values(state.tasks)) {
    const { state: at, answerBy } = task.status;
    if (at === 'waiting' && answerBy !== null) answersBy(task, answerDay(run));
  }
  if (run.now() >= timetable.dueAt || ended(state)) return;
  state.status.overdue = false;
  state.overdueSaid = false;
}
