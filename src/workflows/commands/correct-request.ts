import type { Message } from '../../contract/messages/index.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { addNote, open } from '../state/state.ts';
import { atStage } from './words.ts';
import { handleCommand } from './handle.ts';
import type { RequestRun } from '../state/request-run.ts';
import type { CheckedRequest } from '../../contract/request.ts';
import { computeDates, takeDates } from '../dates/compute-dates.ts';
import { timetableChanges } from '../dates/timetable-changes.ts';
import { changesInWords as words } from './changes-in-words.ts';
import { refuseIf } from './refuse-if.ts';

export default handleCommand('correctRequest', {
  refuse,
  apply: correct,
  offer: (run) => refuse(run) === undefined,
});

function refuse(run: RequestRun): Refusal | undefined {
  if (run.state.plan === null) {
    return refusal(
      'still-planned',
      `${atStage(run)}: it is being planned; correct it in a moment.`,
    );
  }
  return open(run.state)
    ? undefined
    : refusal(
        'wrong-stage',
        `${atStage(run)}: a request is corrected before its package is made. Withdraw it and ` +
          'start another, with "continues" naming this one.',
      );
}

/** Corrects what the dates depend on. A new letter tells the subject the new date. */
async function correct(run: RequestRun, message: Message<'correctRequest'>): Promise<void> {
  const { state } = run;
  const { law, residence, receivedAt, reason, by } = message;
  const request: CheckedRequest = {
    ...state.request,
    ...(law !== undefined && { law }),
    ...(residence !== undefined && { residence }),
    ...(receivedAt !== undefined && { receivedAt }),
  };
  const planned = state.events.length;
  const dates = await computeDates(run, 'plan the dates of the corrected request', {
    request,
    tables: null,
  });
  refuseIf(refuse(run));
  const changes = timetableChanges(run.timetable, dates.timetable);
  const before = { law: state.status.law, receivedOn: state.status.receivedOn };
  state.request = request;
  takeDates(run, dates);
  state.eventsPlanned = planned;
  if (dates.tables !== undefined) state.plan = { ...run.plan, tables: dates.tables };
  const what = [
    ...(state.status.law === before.law ? [] : [`law ${before.law} → ${state.status.law}`]),
    ...(residence === undefined
      ? []
      : [
          `residence ${residence.country}${residence.region === undefined ? '' : `-${residence.region}`}`,
        ]),
    ...(state.status.receivedOn === before.receivedOn
      ? []
      : [`received ${before.receivedOn} → ${state.status.receivedOn}`]),
  ];
  addNote(
    state,
    `Corrected by ${by}${reason === undefined ? '' : ` (${reason})`}: ` +
      `${[...what, words(changes)].join('; ')}.`,
  );
  delete state.status.replan;
  await run.tellSubject(
    'acknowledgement',
    `The request was corrected; the answer is due by ${run.timetable.answerBy}.`,
  );
}
