import { patched } from '@temporalio/workflow';
import type { Message } from '../../contract/messages/index.ts';
import { addNote, open, taskOf, type State } from '../state/state.ts';
import { handleFact } from './handle.ts';
import { recordAnswer } from './vendor-answers.ts';

/** How many replies are kept that come before the systems are known. */
const EARLY = 50;

export default handleFact('vendorResponded', {
  record(run, answer) {
    const { state } = run;
    const isEarly =
      taskOf(state, answer.system) === undefined && !state.systemsKnown && open(state);
    if (isEarly) keepEarly(state, answer);
    else recordAnswer(run, answer);
  },
  // The command respondForVendor is offered instead, because it is checked and answered.
  offer: () => false,
});

/**
 * Keeps an answer until its system is known; `judgeEarlyAnswers` takes it up. If there are too many,
 * a repetition makes room first, so that no sender can push out what another one said.
 */
function keepEarly(state: State, answer: Message<'vendorResponded'>): void {
  const kept = [...state.earlyAnswers, answer];
  if (kept.length > EARLY) {
    const texts = kept.map((it) => JSON.stringify(it));
    const repetition = patched('early-repetitions-make-room')
      ? texts.findIndex((text, index) => texts.indexOf(text) !== index)
      : -1;
    const [dropped] = kept.splice(Math.max(repetition, 0), 1) as Message<'vendorResponded'>[];
    if (repetition < 0 && dropped !== undefined) {
      addNote(
        state,
        `An answer of ${dropped.system}, by ${dropped.by}, came before the systems were known and ` +
          `was dropped, because more than ${EARLY} came. Have it sent again.`,
      );
    }
  }
  state.earlyAnswers = kept;
}
