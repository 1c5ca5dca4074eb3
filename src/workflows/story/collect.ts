import { lastMoment } from '../dates/in-time.ts';
import { nameEmptyProfiles } from './collect-profiles.ts';
import { allClosed, closeCollecting, leaveUntaken } from './collector.ts';
import type { Prompt, RequestRun } from '../state/request-run.ts';
import { open, takenIn } from '../state/state.ts';
import { before } from '../state/waiting.ts';

/**
 * Waits until every system has replied, or until the cut-off, which turns what is missing into
 * gaps.
 */
export async function collectAll(run: RequestRun): Promise<void> {
  if (!open(run.state)) return;
  if (!allClosed(run)) {
    if (run.state.status.stage !== 'collecting') run.collectLonger();
    run.enter('collecting');
    run.collecting = true;
    run.touch();
  }
  await before(
    () => run.collectUntil(),
    () => allClosed(run),
    () => `cut-off on ${run.dayOf(run.collectUntil())}: what is missing becomes a gap`,
  );
  closeCollecting(run);
  nameEmptyProfiles(run.state);
  const since = run.now();
  const last = () =>
    run.inTime && !takenIn(run.state) ? lastMoment(since, run.timetable.dueAt) : null;
  if (
    !(await before(
      last,
      () => takenIn(run.state),
      () => `what is taken in by ${run.dayOf(last() ?? since)} is part of the answer`,
    ))
  ) {
    leaveUntaken(run);
  }
}

/**
 * Has an operator approve what will be sent, if the policy requires it. Returns false if something
 * must be collected again.
 */
export async function packageApproved(run: RequestRun): Promise<boolean> {
  const { state } = run;
  if (!open(state) || !run.plan.policy.reviewPackage) return true;
  run.enter('reviewing-package');
  const approved = () => state.approvedRevision === state.status.revision && takenIn(state);
  const again = () => !allClosed(run) && takenIn(state);
  await run.waitFor(
    () => ({
      on: 'operator:approval',
      owner: 'operator',
      then: 'asked again; nothing is sent without approval',
      reason:
        `Revision ${state.status.revision} of the package awaits approval; send approvePackage ` +
        'or withholdFiles.',
    }),
    () => null,
    () => approved() || again(),
    daily(run, () =>
      run.letter(
        'escalation',
        'operator',
        'The package still awaits approval.',
        `Revision ${state.status.revision} of the package of ${state.request.requestId} ` +
          `awaits approval; the answer is due by ${run.timetable.answerBy}.`,
      ),
    ),
  );
  return approved() && !again();
}

/** Asks an operator for an approval every day, counted from the beginning of the review. */
export function daily(run: RequestRun, send: Prompt['send']): Prompt {
  const since = run.state.waitingSince['operator:approval'] ?? run.now();
  return {
    next: (from) =>
      run.after(Math.floor((Date.parse(from) - Date.parse(since)) / 86_400_000) + 1, since),
    send,
  };
}
