import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { RequestRun } from './request-run.ts';

/** How long a system is tried before an operator hears of it. */
const QUIET = '1 hour';

/**
 * Runs orders to a system, which Temporal gives again and again until they are answered. Meanwhile the request shows what it
 * waits for; where that takes long, an operator is told, and it becomes theirs.
 */
export async function patiently<Result>(run: RequestRun, on: string, work: () => Promise<Result>): Promise<Result> {
  const { waits } = run.state;
  const wait = { on, since: run.now(), until: run.collectUntil(), then: 'gap unavailable' };
  waits[on] = { ...wait, owner: 'dossier', reason: `${on} is at work, or is asked again by itself until it answers.` };
  run.publish();
  const alarm = new CancellationScope();
  const rung = alarm.run(async () => {
    await sleep(QUIET, { summary: `${on}: tell an operator that it takes long` });
    const reason = `${on} was asked an hour ago and is not done; it is asked again by itself. See whether it is down.`;
    waits[on] = { ...wait, owner: 'operator', reason };
    await run.letter('escalation', 'operator', `${on} takes long.`, `${reason} On ${run.dayOf(run.collectUntil())} it becomes a gap.`);
  }).catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
  });
  try {
    return await work();
  } finally {
    alarm.cancel();
    delete waits[on];
    await rung;
    run.publish();
  }
}
