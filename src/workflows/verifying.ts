import type { RequestRun } from './request-run.ts';

/**
 * Waits until identity is confirmed, for all identifiers or for some. Gives false where it never was: then the request ends
 * as refused, and nothing is packaged.
 */
export async function identityConfirmed(run: RequestRun): Promise<boolean> {
  const { state } = run;
  if (state.identityDecided) return true;
  const first = state.status.stage !== 'verifying';
  run.enter('verifying');
  if (first) {
    await run.letter('identity-request', 'subject', 'The subject is asked to prove who they are.', `Before we can answer your request ${state.request.requestId}, please confirm who you are.`);
  }
  const remindAt = state.plan?.policy.remind.map((days) => run.after(-Number.parseInt(days, 10), run.timetable.dueAt)).filter((at) => at > run.now()).sort() ?? [];
  const wait = { on: 'operator:identity', owner: 'operator' as const, reason: 'Identity is not confirmed; send identityConfirmed or identityRejected.', then: 'refused, nothing is packaged' };
  for (const at of remindAt) {
    if (await run.waitFor(wait, () => (at < run.timetable.dueAt ? at : run.timetable.dueAt), () => state.identityDecided)) return true;
    if (run.now() >= run.timetable.dueAt) break;
    await run.letter('reminder', 'subject', 'The subject is reminded to prove who they are.', `Please confirm who you are, so that we can answer your request ${state.request.requestId}.`);
  }
  if (await run.waitFor(wait, () => run.timetable.dueAt, () => state.identityDecided)) return true;
  state.ending = { as: 'refused', reason: 'identity was not confirmed before the answer date', by: 'dossier' };
  return false;
}
