import { condition } from '@temporalio/workflow';
import type { Message } from '../../contract/messages/index.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, ended, taskOf } from '../state/state.ts';
import { handleCommand, NOBODY } from './handle.ts';
import vendorResponded from './vendor-responded.ts';
import { contradiction, notAVendor, recordAnswer, repeated } from './vendor-answers.ts';
import { atStage, systemsOf } from './words.ts';

type Answer = Message<'vendorResponded'>;

const OUTCOMES = ['delivered', 'nothing-held', 'refused', 'in-progress'] as const;

export default handleCommand('respondForVendor', {
  refuse,
  // Earlier releases accepted replies for systems that Dossier reads by itself.
  refuseSince: answersForOurs,
  since: 'only-vendors-answer',
  async ready(run, answer) {
    const isKnown = () => taskOf(run.state, answer.system) !== undefined || !awaitsSystems(run);
    await condition(() => isKnown() || run.suspended);
    if (isKnown()) return 'ready';
    // The next run judges it, as it judges signals that come too early.
    vendorResponded.record(run, answer);
    run.touch();
    return 'postponed';
  },
  apply(run, answer) {
    if (repeated(run, answer) === undefined || answer.outcome === 'in-progress') {
      recordAnswer(run, answer);
    } else {
      addNote(run.state, `An answer of ${answer.system} came again and was already recorded.`);
    }
  },
  offer: (run) =>
    Object.keys(run.state.tasks).filter((system) =>
      OUTCOMES.some((outcome) => {
        const answer = { system, outcome, files: [], by: NOBODY };
        return answersForOurs(run, answer) === undefined && refuse(run, answer) === undefined;
      }),
    ),
});

function refuse(run: RequestRun, answer: Answer): Refusal | undefined {
  const task = taskOf(run.state, answer.system);
  if (ended(run.state)) {
    return refusal('wrong-stage', `${atStage(run)}: no answer is taken any more.`);
  }
  if (task === undefined) {
    if (awaitsSystems(run)) return undefined;
    return refusal(
      'no-such-system',
      `No system of this request is called "${answer.system}"; known are ${systemsOf(run)}.`,
      'system',
    );
  }
  if (repeated(run, answer) !== undefined) return undefined;
  const against = contradiction(task, answer);
  return against === undefined ? undefined : refusal('contradicts-answer', against, 'outcome');
}

/** Why nobody can reply for a system: Dossier reads it by itself. */
function answersForOurs(run: RequestRun, { system }: Answer): Refusal | undefined {
  const task = taskOf(run.state, system);
  const why = task && notAVendor(task);
  return why === undefined ? undefined : refusal('not-a-vendor', `${why}.`, 'system');
}

/** Whether a reply may come for a system that will soon be known. */
const awaitsSystems = (run: RequestRun): boolean =>
  ['received', 'planning', 'locating'].includes(run.state.status.stage) && !run.state.systemsKnown;
