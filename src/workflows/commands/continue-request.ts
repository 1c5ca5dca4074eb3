import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addNote } from '../state/state.ts';
import { handleCommand } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';

export default handleCommand('continueRequest', {
  refuse,
  apply: ({ state }, { reason, by }) => {
    if (state.cancelledAt !== undefined) {
      delete state.cancelledAt;
      delete state.cancelSaid;
      addNote(
        state,
        `The request goes on although its workflow was cancelled in Temporal, by ${by}: ${reason}.`,
      );
    }
    if (state.resetAsked !== true || state.readAgain === true) return;
    state.readAgain = true;
    addNote(
      state,
      `The request is answered once more after it was reset in Temporal, by ${by}: ${reason}.`,
    );
  },
  offer: (run) => refuse(run) === undefined,
});

function refuse({ state }: RequestRun): Refusal | undefined {
  const asked =
    state.cancelledAt !== undefined || (state.resetAsked === true && state.readAgain !== true);
  return asked
    ? undefined
    : refusal(
        'nothing-to-decide',
        'There is nothing to decide: the request was neither cancelled nor reset in ' +
          'Temporal, or that is decided.',
      );
}
