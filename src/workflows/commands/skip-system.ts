import type { Message } from '../../contract/messages/index.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addGap, addNote, clearGaps, open, taskOf } from '../state/state.ts';
import { becomesGap } from '../state/task.ts';
import { isLookedUp, systemsToName } from './looked-up.ts';
import { atStage, systemsOf } from './words.ts';
import { handleCommand, NOBODY } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';

export default handleCommand('skipSystem', {
  refuse,
  apply: (run, { system, reason, by }) => {
    const { state } = run;
    const restricted = state.status.gaps.filter(
      (gap) => gap.system === system && gap.because === 'restricted',
    );
    clearGaps(state, system);
    for (const gap of restricted) {
      addGap(state, gap);
    }
    addGap(state, { system, because: 'skipped', note: reason });
    addNote(state, `${system} is left out, by ${by}: ${reason}.`);
    if (isLookedUp(run, system)) {
      state.locateFailed = 'skipped';
      run.scopes.get('locate')?.cancel();
      return;
    }
    const task = taskOf(state, system);
    if (task === undefined) return;
    becomesGap(task);
    run.scopes.get(system)?.cancel();
  },
  offer: (run) =>
    systemsToName(run).filter(
      (system) => refuse(run, { system, reason: '-', by: NOBODY }) === undefined,
    ),
});

function refuse(run: RequestRun, { system }: Message<'skipSystem'>): Refusal | undefined {
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
    return refusal('wrong-stage', `${atStage(run)}: nothing is collected any more.`);
  }
  if (task.status.state === 'done') {
    return refusal(
      'has-answered',
      `"${system}" has answered. To keep its files back, use withholdFiles; to take the ` +
        'answer back, retractAnswer.',
      'system',
    );
  }
  return undefined;
}
