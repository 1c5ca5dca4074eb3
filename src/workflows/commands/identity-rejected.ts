import { addNote, open } from '../state/state.ts';
import { handleFact } from './handle.ts';

export default handleFact('identityRejected', {
  record(run, { reason, by }) {
    const { state } = run;
    if (!open(state) || state.ending !== null) {
      addNote(
        state,
        `Identity was rejected by ${by} when the package was already on its way: ${reason}. ` +
          'Withdraw the request to revoke it.',
      );
      return;
    }
    state.status.identity = 'rejected';
    state.ending = { as: 'refused', reason: `identity was rejected: ${reason}`, by };
    run.scope.cancel();
  },
  offer: ({ state }) => open(state) && state.ending === null,
});
