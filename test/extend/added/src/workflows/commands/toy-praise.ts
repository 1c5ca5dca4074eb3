import { refusal } from '../../contract/refusals.ts';
import { addNote, ended } from '../state/state.ts';
import { handleCommand } from './handle.ts';

export default handleCommand('toyPraise', {
  refuse: ({ state }) =>
    ended(state) ? refusal('wrong-stage', 'The request has ended.') : undefined,
  apply({ state }, { words, by }) {
    addNote(state, `The subject is content, says ${by}: ${words}.`);
  },
  offer: ({ state }) => !ended(state),
});
