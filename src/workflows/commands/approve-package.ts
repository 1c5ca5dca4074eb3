import type { Message } from '../../contract/messages/index.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addNote, takenIn } from '../state/state.ts';
import { atStage } from './words.ts';
import { handleCommand, NOBODY } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';

export default handleCommand('approvePackage', {
  refuse,
  apply: (run, { revision, by }) => {
    run.state.approvedRevision = revision;
    addNote(run.state, `Revision ${revision} was approved by ${by}.`);
  },
  offer: (run) => refuse(run, { revision: run.state.status.revision, by: NOBODY }) === undefined,
});

function refuse(run: RequestRun, { revision }: Message<'approvePackage'>): Refusal | undefined {
  if (run.state.status.stage !== 'reviewing-package') {
    return refusal(
      'wrong-stage',
      `${atStage(run)}: a package is approved at reviewing-package only.`,
    );
  }
  if (!takenIn(run.state)) {
    return refusal('answer-under-way', 'An answer is being taken in; look again in a moment.');
  }
  if (revision !== run.state.status.revision) {
    return refusal(
      'changed-since',
      `Revision ${revision} is not the newest: something has changed since. Look at ` +
        `revision ${run.state.status.revision} and approve that.`,
      'revision',
    );
  }
  return undefined;
}
