import type { Message } from '../../contract/messages/index.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addNote, open } from '../state/state.ts';
import { notAllowed } from './not-allowed.ts';
import { atStage } from './words.ts';
import { handleCommand, NOBODY } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';
import type { ReplanStatus } from '../../contract/status.ts';
import { computeDates, takeDates } from '../dates/compute-dates.ts';
import { timetableChanges } from '../dates/timetable-changes.ts';
import { changesInWords as words } from './changes-in-words.ts';
import { refuseIf } from './refuse-if.ts';

export default handleCommand('replan', {
  refuse,
  apply: planAnew,
  offer: (run) => {
    if (refuse(run, { accept: true, by: NOBODY }) === undefined) return ['accept'];
    return refuse(run, { accept: false, by: NOBODY }) === undefined;
  },
});

function refuse(run: RequestRun, { accept }: Message<'replan'>): Refusal | undefined {
  if (
    run.state.plan === null ||
    !(open(run.state) || ['packaging', 'delivering'].includes(run.state.status.stage))
  ) {
    return refusal('wrong-stage', `${atStage(run)}: there are no dates to plan anew.`);
  }
  if (accept && run.state.status.replan?.state !== 'proposed') {
    return refusal(
      'nothing-proposed',
      'There is nothing to accept: send replan without "accept" first, which shows how the ' +
        'dates would change.',
      'accept',
    );
  }
  return undefined;
}

/** Shows how the dates would change under the present laws and holidays, or uses what was shown. */
async function planAnew(run: RequestRun, message: Message<'replan'>): Promise<void> {
  const { state } = run;
  const { accept, by } = message;
  const planned = state.events.length;
  const dates = await computeDates(run, 'look up the dates under the present laws and holidays', {
    tables: null,
  });
  refuseIf(refuse(run, message));
  const changes = timetableChanges(run.timetable, dates.timetable);
  const shown = (as: ReplanStatus['state']): ReplanStatus => ({
    at: run.now(),
    by,
    state: as,
    changes,
  });
  if (!accept) {
    state.status.replan = shown(changes.length === 0 ? 'unchanged' : 'proposed');
    return;
  }
  if (JSON.stringify(changes) !== JSON.stringify(state.status.replan?.changes)) {
    state.status.replan = shown(changes.length === 0 ? 'unchanged' : 'proposed');
    throw notAllowed(
      refusal(
        'changed-since',
        `The dates have changed since they were shown: ${words(changes)}. Look at them, and accept again.`,
      ),
    );
  }
  takeDates(run, dates);
  state.eventsPlanned = planned;
  if (dates.tables !== undefined) state.plan = { ...run.plan, tables: dates.tables };
  state.status.replan = shown('accepted');
  addNote(
    state,
    `Planned anew under the present laws and holidays, accepted by ${by}: ${words(changes)}.`,
  );
}
