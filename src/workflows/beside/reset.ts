import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  patched,
} from '@temporalio/workflow';
import type { Before } from '../../activities/inputs.ts';
import { LOOKED_AFTER } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, RESET_WAIT } from '../state/state.ts';
import { before as waitedBefore, meanwhile } from '../state/waiting.ts';

/**
 * Guards that the wait is shown until it is decided, and not only while the first activity that
 * asked still waits.
 */
const SHOWN_UNTIL_DECIDED = 'a-reset-is-shown-until-decided';

/** What a request that reads or packages again learns about its former run, or undefined. */
function beforeOf(error: unknown): Before | undefined {
  const refused =
    error instanceof ActivityFailure &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === 'answered-before';
  return refused
    ? ((error.cause as ApplicationFailure).details?.[0] as Before | undefined)
    : undefined;
}

/**
 * Runs an activity that reads or packages. If the request was reset in Temporal after its answer or
 * its end, it does so only if an operator wants it.
 */
export const unlessAnswered = <Result>(
  run: RequestRun,
  order: () => Promise<Result>,
): Promise<Result> => (patched(LOOKED_AFTER) ? decidedFirst(run, order) : order());

async function decidedFirst<Result>(
  run: RequestRun,
  order: () => Promise<Result>,
): Promise<Result> {
  try {
    return await order();
  } catch (error) {
    const before = beforeOf(error);
    if (before === undefined) throw error;
    await settleReset(run, before);
    return order();
  }
}

/** The part of an input that says that an operator wants everything again. */
export const again = ({ state }: RequestRun): { again?: true } =>
  state.readAgain === true ? { again: true } : {};

/**
 * Continues a request whose former run had answered or ended. If that run was withdrawn or refused,
 * the request ends so again, without another letter. Otherwise an operator decides whether it is
 * answered once more.
 *
 * @throws CancelledFailure if the request ends
 */
export async function settleReset(run: RequestRun, { ended, delivered }: Before): Promise<void> {
  const { state } = run;
  noteReset(run);
  if (ended === 'withdrawn' || ended === 'refused') {
    state.endedBefore = true;
    state.ending ??= {
      as: ended,
      reason: 'it had ended so before it was reset in Temporal',
      by: 'dossier',
    };
    run.scope.cancel();
    throw new CancelledFailure('The request had ended before it was reset.');
  }
  if (state.readAgain === true) return;
  const first = state.resetAsked !== true;
  state.resetAsked = true;
  const last = delivered.at(-1);
  const what =
    last === undefined
      ? 'its files had been deleted'
      : 'its package had been delivered on ' +
        `${last.at.slice(0, 10)}${ended === undefined ? '' : ' and deleted since'}`;
  const reason =
    `The request was reset in Temporal after ${what}. Nothing is read or sent again until an ` +
    'operator decides: answer it once more (continueRequest), or end it (withdraw).';
  const decided = () => state.readAgain === true;
  const shown = patched(SHOWN_UNTIL_DECIDED);
  if (first) {
    await run.letter('escalation', 'operator', 'The request was reset in Temporal.', reason);
  }
  if (shown) {
    state.resetWait ??= { since: run.now(), reason };
    run.touch();
    await waitedBefore(() => null, decided);
  } else if (first) await run.waitFor({ ...RESET_WAIT, reason }, () => null, decided);
  else await meanwhile(() => null, decided);
}

/** Says in the status that the request was reset. */
export function noteReset({ state }: RequestRun): void {
  addNote(
    state,
    'This request was reset in Temporal: what it had done since then stands in its former run.',
  );
}
