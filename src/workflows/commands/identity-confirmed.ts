import { patched } from '@temporalio/workflow';
import { identifiersOf } from '../../contract/request.ts';
import { addNote, ended } from '../state/state.ts';
import { handleFact } from './handle.ts';

export default handleFact('identityConfirmed', {
  record(run, { identifiers, method, by }) {
    const { state } = run;
    const all = identifiersOf(state.request.subject).map((it) => it.name);
    if (identifiers === undefined && all.length > 1 && patched('identity-names-its-identifiers')) {
      addNote(
        state,
        `identityConfirmed by ${by} names no identifier and confirms nothing, for the ` +
          'subject has several. Send it again with those that were checked: "identifiers" with ' +
          `some of ${JSON.stringify(all)}.`,
      );
      return;
    }
    const known = (identifiers ?? all).filter((it) => all.includes(it));
    const unknown = (identifiers ?? []).filter((it) => !all.includes(it));
    if (unknown.length > 0) {
      addNote(
        state,
        `identityConfirmed names ${unknown.join(', ')}, which the subject does not have.`,
      );
    }
    if (known.length === 0) return;
    if (state.ending !== null || ended(state)) {
      addNote(state, `Identity was confirmed by ${by} after the request had ended.`);
      return;
    }
    if (state.profiles !== null) {
      addNote(
        state,
        `Identity of ${known.join(', ')} was confirmed by ${by} after the match was settled; ` +
          'it changes nothing that was decided.',
      );
      return;
    }
    // What was located with fewer confirmed identifiers is located again. Decisions are kept.
    state.located = null;
    state.confirmed = [...new Set([...state.confirmed, ...known])];
    state.status.identity =
      state.confirmed.length === all.length ? 'confirmed' : { confirmed: state.confirmed };
    if (!state.identityDecided) {
      state.identityDecided = true;
      state.events.push({ type: 'identityVerified', at: run.now() });
    }
    addNote(state, `Identity of ${known.join(', ')} confirmed (${method}) by ${by}.`);
  },
  offer({ state }) {
    if (ended(state) || state.ending !== null || state.profiles !== null) return false;
    return identifiersOf(state.request.subject)
      .map(({ name }) => name)
      .filter((name) => !state.confirmed.includes(name));
  },
});
