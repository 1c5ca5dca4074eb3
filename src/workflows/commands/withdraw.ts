import { condition } from '@temporalio/workflow';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { ended } from '../state/state.ts';
import { atStage } from './words.ts';
import { handleCommand } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';

export default handleCommand('withdraw', {
  refuse,
  apply: async (run, { reason, by }) => {
    run.state.ending = { as: 'withdrawn', reason, by };
    run.scope.cancel();
    await condition(() => ended(run.state));
  },
  offer: (run) => refuse(run) === undefined,
});

function refuse(run: RequestRun): Refusal | undefined {
  return ended(run.state)
    ? refusal('wrong-stage', `${atStage(run)}: it has ended already.`)
    : undefined;
}
