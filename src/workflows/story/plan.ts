import { ActivityFailure, ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import type { Registered } from '../../activities/inputs.ts';
import type { Complaint } from '../../contract/contract.ts';
import { judgeEarlyAnswers } from '../commands/early-answers.ts';
import { judgeHeld } from '../commands/take-message.ts';
import { invalidRequest } from '../commands/check-request.ts';
import { insisted, quick } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { noteReset, settleReset } from '../beside/reset.ts';
import { addGap, addNote, addRemark, addTask, type State } from '../state/state.ts';

/**
 * Computes every date from law, residence and day of receipt, and freezes policy and systems into
 * the request.
 *
 * @throws ApplicationFailure `invalid-request` if law, country, region or policy are not known
 */
export async function makePlan(run: RequestRun): Promise<void> {
  const { state } = run;
  if (state.plan !== null) return;
  run.enter('planning');
  if (!state.identityDecided) state.events.push({ type: 'identityRequested', at: run.now() });
  const planned = state.events.length;
  const plan = await insisted(run, () =>
    quick.planRequest.executeWithOptions({ summary: 'plan every date from the law' }, [
      { request: state.request, events: state.events, at: run.now() },
    ]),
  ).catch(refuse);
  state.plan = plan;
  state.eventsPlanned = planned;
  state.status.law = plan.law;
  state.status.receivedOn = plan.receivedOn;
  state.status.timetable = plan.timetable;
  state.status.policy = plan.policy;
  for (const note of plan.notes) {
    addRemark(state, note);
  }
  for (const cloud of plan.notDeclared) {
    addGap(state, {
      system: cloud,
      because: 'not-declared',
      note: 'It is not recorded whether the company uses this Salesforce cloud.',
      advice: `Configure ${cloud} in \`systems\`, or declare in \`notUsed\` that it is not used.`,
    });
  }
  for (const system of plan.systems) {
    if (system.kind === 'vendor' && plan.policy.systems.includes(system.id)) addTask(state, system);
  }
  judgeHeld(run);
  judgeEarlyAnswers(run);
  run.touch();
}

/**
 * Leaves a record in storage, so that the same request is refused even if the server has forgotten
 * this run.
 */
export async function registerRequest(run: RequestRun): Promise<void> {
  const { state } = run;
  if (state.registered) return;
  const { workflowId, firstExecutionRunId } = workflowInfo();
  const { requestId } = state.request;
  const {
    taken,
    inClear,
    refused = false,
    run: registeredIn,
    before,
    samePerson = [],
  } = await insisted(run, () =>
    quick.registerRequest.executeWithOptions({ summary: 'leave a record of the request' }, [
      {
        requestId,
        workflowId,
        runId: firstExecutionRunId,
        at: run.now(),
        subject: state.request.subject,
        ...(run.plan.accept === 'never' && { refuseClear: true }),
      },
    ]),
  );
  if (refused) {
    throw invalidRequest([
      {
        path: '',
        reason:
          'was sent in clear, and this company takes no message without the codec ' +
          '(accept.clear: never); start it by `dossier request start`',
      },
    ]);
  }
  if (taken) {
    throw invalidRequest([
      {
        path: 'requestId',
        reason:
          'was used by an earlier run; a request runs once, so give a new one an ID of its ' +
          'own, with "continues" naming the old one',
      },
    ]);
  }
  state.registeredIn = registeredIn;
  // In a replay of a reset run, the run's ID is the new one throughout. That changes words, but
  // none of Temporal's commands.
  if (registeredIn !== undefined && registeredIn !== workflowInfo().runId) noteReset(run);
  if (before !== undefined) await settleReset(run, before);
  if (inClear) {
    addNote(
      state,
      'The input of this request stands in clear in the history, for it was started without ' +
        'the codec. Start by `dossier request start`, or encode the payload at the codec ' +
        'endpoint first (docs/how-to/start-from-any-service.md).',
    );
  }
  if (samePerson.length > 0) noteSamePerson(state, samePerson);
  state.registered = true;
  await run.tellSubject(
    'acknowledgement',
    `The request was received on ${run.plan.receivedOn}, and is answered by ` +
      `${run.timetable.answerBy} at the latest.`,
    { identityOpen: !state.identityDecided },
  );
}

/**
 * Tells only the operator. A person must decide whether the two are one, and it changes nothing in
 * the request.
 */
function noteSamePerson(state: State, others: NonNullable<Registered['samePerson']>): void {
  state.status.samePerson = others.map(({ requestId, at }) => ({ requestId, since: at }));
  const named = others
    .map(({ requestId, at }) => `${requestId} (registered ${at.slice(0, 10)})`)
    .join(', ');
  addNote(
    state,
    `Another request has one of the same identifiers: ${named}. Look whether it is the same ` +
      'person and the same question; nothing is merged or left out by itself.',
  );
}

function refuse(error: unknown): never {
  if (
    error instanceof ActivityFailure &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === 'invalid-request'
  ) {
    throw invalidRequest((error.cause.details?.[0] ?? []) as Complaint[]);
  }
  throw error;
}
