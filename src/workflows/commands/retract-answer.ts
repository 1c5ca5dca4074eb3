import type { Message } from '../../contract/messages/index.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addNote, ended, open } from '../state/state.ts';
import { retract } from './vendor-answers.ts';
import { atStage } from './words.ts';
import { handleCommand, NOBODY } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';

export default handleCommand('retractAnswer', {
  refuse,
  apply: (run, message) => {
    retract(run, message);
    addNote(
      run.state,
      `The answer ${message.answerId} was taken back by ${message.by}: ${message.reason}.`,
    );
  },
  offer: (run) =>
    run.state.status.answers
      .filter(
        ({ system, answerId }) =>
          refuse(run, { system, answerId, reason: '-', by: NOBODY }) === undefined,
      )
      .map(({ answerId }) => answerId),
});

function refuse(
  run: RequestRun,
  { system, answerId }: Message<'retractAnswer'>,
): Refusal | undefined {
  const entry = run.state.status.answers.find(
    (it) => it.answerId === answerId && it.system === system,
  );
  if (entry === undefined) {
    return refusal(
      'no-such-answer',
      `There is no answer "${answerId}" of "${system}"; known are ` +
        `${run.state.status.answers.map((it) => it.answerId).join(', ') || 'none'}.`,
      'answerId',
    );
  }
  if (entry.state !== 'counted') {
    return refusal(
      'nothing-to-take-back',
      `The answer "${answerId}" is ${entry.state}: there is nothing to take back.`,
      'answerId',
    );
  }
  if (open(run.state)) return undefined;
  const packaged = run.state.receipts.some(
    (it) => it.answerId === answerId && run.state.packaged.includes(it.name),
  );
  const packing = ['packaging', 'delivering'].includes(run.state.status.stage);
  if (packaged || packing || ended(run.state)) {
    return refusal(
      'packaged-already',
      `${atStage(run)}, and the answer is part of what was packaged. Tell the subject, or ` +
        'withdraw the request (withdraw).',
      'answerId',
    );
  }
  return undefined;
}
