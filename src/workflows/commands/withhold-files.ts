import { isCancellation, patched } from '@temporalio/workflow';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { quick } from '../activities/calls.ts';
import { unpackaged } from '../state/state.ts';
import { notAllowed } from './not-allowed.ts';
import { atStage } from './words.ts';
import { handleCommand } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';

export default handleCommand('withholdFiles', {
  refuse,
  apply: async (run, message) => {
    const { state } = run;
    const { files, reason, cite } = message;
    const look = () =>
      quick.findUnknownFiles.executeWithOptions(
        { summary: 'check the names of files to withhold' },
        [{ receipts: unpackaged(state), files }],
      );
    const unknown = patched('an-end-stops-looking-for-files')
      ? await untilItsEnd(run, look)
      : await look();
    if (unknown.length > 0) {
      throw notAllowed(
        refusal(
          'no-such-file',
          `The package would hold no file ${unknown.map((name) => `"${name}"`).join(', ')}. ` +
            `\`dossier request files\` names the files.`,
          'files',
        ),
      );
    }
    const late = refuse(run);
    if (late !== undefined) throw notAllowed(late);
    const kept = state.withheld.filter(({ path }) => !files.includes(path));
    state.withheld = [
      ...kept,
      ...files.map((path) => ({ path, reason, ...(cite !== undefined && { cite }) })),
    ];
    state.status.revision += 1;
  },
  offer: (run) => refuse(run) === undefined,
});

function refuse(run: RequestRun): Refusal | undefined {
  const stage = run.state.status.stage;
  return stage === 'collecting' || stage === 'reviewing-package'
    ? undefined
    : refusal(
        'wrong-stage',
        `${atStage(run)}: files are withheld at collecting or reviewing-package only.`,
      );
}

/**
 * Runs an activity that stops when the request ends. The files that it reads are then deleted, and
 * it would be retried for ever.
 *
 * @throws ApplicationFailure `not-allowed` if it was stopped
 */
async function untilItsEnd<Result>(run: RequestRun, order: () => Promise<Result>): Promise<Result> {
  try {
    return await run.scope.run(order);
  } catch (error) {
    throw isCancellation(error)
      ? notAllowed(refusal('wrong-stage', 'The request has ended meanwhile.'))
      : error;
  }
}
