import type { Message } from '../../contract/messages/index.ts';
import { patched } from '@temporalio/workflow';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addNote, clearGaps, dropReceipts, open, taskOf } from '../state/state.ts';
import { holdsFiles, reopen } from '../state/task.ts';
import { isLookedUp, systemsToName } from './looked-up.ts';
import { forgetReplies } from './vendor-answers.ts';
import { atStage, systemsOf } from './words.ts';
import { handleCommand, NOBODY } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';
import type { State } from '../state/state.ts';

export default handleCommand('retrySystem', {
  refuse,
  apply: (run, { system, by }) => {
    const { state } = run;
    addNote(state, `${system} is tried again, by ${by}.`);
    if (isLookedUp(run, system)) {
      clearGaps(state, system);
      state.locateFailed = null;
      run.scopes.get('locate')?.cancel();
      return;
    }
    const task = taskOf(state, system);
    if (task === undefined) return;
    if (task.system.kind === 'data-cloud') readAnew(state);
    else if (
      task.system.kind === 'cloud' &&
      state.receipts.some((it) => it.system === system) &&
      patched(FILES_ANEW)
    ) {
      // The new export replaces the same files, so the old receipt would vouch for missing ones.
      dropReceipts(state, (receipt) => receipt.system === system);
      holdsFiles(task, 0);
    }
    clearGaps(state, system);
    forgetReplies(run, system);
    reopen(task);
    run.scopes.get(system)?.cancel();
  },
  offer: (run) =>
    systemsToName(run).filter((system) => refuse(run, { system, by: NOBODY }) === undefined),
});

function refuse(run: RequestRun, { system }: Message<'retrySystem'>): Refusal | undefined {
  if (isLookedUp(run, system)) return undefined;
  const task = taskOf(run.state, system);
  if (task === undefined) {
    return refusal(
      'no-such-system',
      `No system of this request is called "${system}"; known are ${systemsOf(run)}.`,
      'system',
    );
  }
  if (!open(run.state)) {
    return refusal(
      'wrong-stage',
      `${atStage(run)}: nothing is collected any more. A late answer (respondForVendor) becomes a supplement.`,
    );
  }
  if (task.status.state === 'done') {
    return refusal(
      'has-answered',
      `"${system}" has answered; take its answer back (retractAnswer) before asking again.`,
      'system',
    );
  }
  if (task.system.kind === 'data-cloud' && run.state.located === null) {
    return refusal(
      'search-ended',
      `The search for the person has ended without "${system}"; what it holds needs a ` +
        'request of its own, with "continues" naming this one.',
      'system',
    );
  }
  if (!task.listed && !task.closed) {
    return refusal(
      'unclaimed-source',
      `"${system}" is a data source that no system claims: give its data by ` +
        'respondForVendor, or close it by skipSystem.',
      'system',
    );
  }
  return undefined;
}

/** Guards that only the new receipts vouch for files that are read again. */
const FILES_ANEW = 'a-retry-takes-receipts-back';

/**
 * Has the data model read again. All objects are read again too, if a restriction may have hidden
 * their rows.
 */
function readAnew(state: State): void {
  state.maps = {};
  if (
    !state.status.gaps.some(
      ({ system, because, profile }) =>
        system === 'data-cloud' && because === 'restricted' && profile !== undefined,
    )
  ) {
    return;
  }
  const stale = new Set(Object.values(state.exported).map(({ name }) => name));
  if (stale.size > 0 && patched(FILES_ANEW)) {
    dropReceipts(state, ({ system, name }) => system === 'data-cloud' && stale.has(name));
    const task = taskOf(state, 'data-cloud');
    if (task !== undefined) holdsFiles(task, 0);
  }
  state.exported = {};
  for (const shown of state.status.profiles) {
    shown.rows = 0;
  }
}
