import { open, taskOf } from '../state/state.ts';
import { handleFact } from './handle.ts';
import { recordAnswer } from './vendor-answers.ts';

/** How many replies are kept that come before the systems are known. */
const EARLY = 50;

export default handleFact('vendorResponded', {
  record(run, answer) {
    const { state } = run;
    const isEarly =
      taskOf(state, answer.system) === undefined && !state.systemsKnown && open(state);
    if (isEarly) state.earlyAnswers = [...state.earlyAnswers, answer].slice(-EARLY);
    else recordAnswer(run, answer);
  },
  // The command respondForVendor is offered instead, because it is checked and answered.
  offer: () => false,
});
