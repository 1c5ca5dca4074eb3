import type { Message } from '../../contract/messages.ts';
import type { CheckedRequest } from '../../contract/request.ts';
import type { ReplanStatus, TimetableChange } from '../../contract/status.ts';
import { timetableChanges } from '../dates/timetable-changes.ts';
import { refusal, type Refusal } from '../../contract/refusals.ts';
import { computeDates, takeDates } from '../dates/compute-dates.ts';
import { notAllowed } from './not-allowed.ts';
import type { RequestRun } from '../state/request-run.ts';
import { rules } from './rules.ts';
import { addNote } from '../state/state.ts';

/**
 * Shows how the dates would change under the present laws and holidays, or takes what was shown.
 */
export async function replan(run: RequestRun, message: Message<'replan'>): Promise<void> {
  const { state } = run;
  const { accept, by } = message;
  const planned = state.events.length;
  const dates = await computeDates(run, 'look up the dates under the present laws and holidays', {
    tables: null,
  });
  refuseIf(rules.replan(run, message));
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

/** Corrects what the dates follow from. A new letter tells the subject the new date. */
export async function correctRequest(
  run: RequestRun,
  message: Message<'correctRequest'>,
): Promise<void> {
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
  refuseIf(rules.correctRequest(run, message));
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

function refuseIf(reason: Refusal | undefined): void {
  if (reason !== undefined) throw notAllowed(reason);
}

const words = (changes: readonly TimetableChange[]): string =>
  changes.length === 0
    ? 'no date changes'
    : changes.map(({ date, from, to }) => `${date} ${from ?? 'none'} → ${to ?? 'none'}`).join(', ');
