import type { Instant } from '@dossier/law';
import { refusalMoment } from '../dates/in-time.ts';
import type { RequestRun } from '../state/request-run.ts';

/**
 * Waits until identity is confirmed, for all identifiers or for some. Returns false if it never
 * was: then the request ends as refused, and nothing is packaged.
 */
export async function identityConfirmed(run: RequestRun): Promise<boolean> {
  const { state } = run;
  if (state.identityDecided) return true;
  const first = state.status.stage !== 'verifying';
  run.enter('verifying');
  if (first) {
    await run.tellSubject(
      'identity-request',
      'The subject is asked to prove who they are.',
      openUntil(run),
    );
  }
  const until = refusalAt(run);
  const confirmed = await run.waitFor(
    {
      on: 'operator:identity',
      owner: 'operator',
      reason: 'Identity is not confirmed; send identityConfirmed or identityRejected.',
      then: 'refused, nothing is packaged',
    },
    until,
    () => state.identityDecided,
    {
      next: (from) => run.nextReminder(until(), from),
      send: () =>
        run.tellSubject(
          'reminder',
          'The subject is reminded to prove who they are.',
          openUntil(run),
        ),
    },
  );
  if (!confirmed) {
    state.ending = {
      as: 'refused',
      reason: 'identity was not confirmed before the answer date',
      by: 'dossier',
    };
  }
  return confirmed;
}

/**
 * The day by which the subject must have proved who they are. An extension does not move it if the
 * law wants a refusal sooner.
 */
function openUntil({ timetable: { refuseBy, answerBy } }: RequestRun) {
  return { identityOpen: true, answerBy: refuseBy < answerBy ? refuseBy : answerBy };
}

/**
 * The beginning of the last day on which a refusal is in time. A subject who is asked later still
 * has some days.
 */
function refusalAt(run: RequestRun): () => Instant {
  const since = run.state.waitingSince['operator:identity'] ?? run.now();
  const late = run.after(Number.parseInt(run.plan.policy.lateWait, 10), since);
  return () => {
    const { refuseBy, answerBy, dueAt } = run.timetable;
    if (run.inTime) {
      return refusalMoment({
        refuseEnd: run.endOf(refuseBy),
        dueAt,
        since,
        days: Number.parseInt(run.plan.policy.lateWait, 10),
      });
    }
    const inTime = run.after(-1, run.endOf(refuseBy < answerBy ? refuseBy : answerBy));
    return since < inTime ? inTime : late;
  };
}
