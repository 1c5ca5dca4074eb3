import { vendorResponded } from '../../contract/messages/vendor-responded.ts';
import type { RequestRun } from '../state/request-run.ts';
import { taskOf } from '../state/state.ts';
import { recordAnswer } from './vendor-answers.ts';

/** Judges the replies that came before their systems were known. */
export function judgeEarlyAnswers(run: RequestRun): void {
  const { state } = run;
  const early = state.earlyAnswers.map((it) => vendorResponded.input.parse(it));
  const ready = early.filter(
    ({ system }) => taskOf(state, system) !== undefined || state.systemsKnown,
  );
  state.earlyAnswers = early.filter((it) => !ready.includes(it));
  for (const answer of ready) {
    recordAnswer(run, answer);
  }
}
