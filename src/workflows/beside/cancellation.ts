import { patched } from '@temporalio/workflow';
import type { RequestRun } from '../state/request-run.ts';
import { ended } from '../state/state.ts';
import { meanwhile } from '../state/waiting.ts';

/**
 * Handles that Temporal cancelled the workflow. Its button is beside harmless ones, and does not
 * say what it would do here. Nothing is therefore stopped, deleted or told to anybody, and an
 * operator is asked. In a history in which it was a withdrawal it remains one.
 */
export function heedCancellation(run: RequestRun): void {
  const { state } = run;
  run.cancelled = true;
  if (state.ending !== null || ended(state)) return;
  if (patched('cancelling-asks-an-operator')) {
    state.cancelledAt = run.now();
  } else {
    state.ending = {
      as: 'withdrawn',
      reason: 'the workflow was cancelled in Temporal',
      by: 'temporal',
    };
    run.scope.cancel();
  }
  run.touch();
}

/** Tells an operator once that the workflow was cancelled. */
export async function tellOfCancellation(run: RequestRun): Promise<void> {
  const { state } = run;
  const untold = () => state.cancelledAt !== undefined && state.cancelSaid !== true;
  while (
    await meanwhile(
      () => null,
      () => run.finished || untold(),
    )
  ) {
    if (run.finished) return;
    state.cancelSaid = true;
    await run.letter(
      'escalation',
      'operator',
      'The workflow was cancelled in Temporal; the request goes on.',
      'Somebody cancelled the workflow of this request in Temporal. Nothing was stopped, ' +
        'deleted or told to the subject. If the subject no longer wants a copy, end the request ' +
        '(withdraw); otherwise say that it goes on (continueRequest).',
    );
  }
}
