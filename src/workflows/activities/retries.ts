import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { RequestRun } from '../state/request-run.ts';

/** Days for which a system is tried before an operator is told. */
const QUIET = 1 / 24;

/**
 * Runs activities on a system, which Temporal retries until they succeed. Meanwhile the request
 * shows what it waits for. If that takes long, an operator is told once, and the wait becomes
 * theirs.
 */
export async function patiently<Result>(
  run: RequestRun,
  on: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { waits, waitingSince, promptedAt } = run.state;
  const since = (waitingSince[on] ??= run.now());
  const tellAt = run.after(QUIET, since);
  const show = (): void => {
    const wait = { on, since, until: run.collectUntil(), then: 'gap unavailable' };
    waits[on] =
      promptedAt[on] === undefined
        ? {
            ...wait,
            owner: 'dossier',
            reason: `${on} is at work, or is asked again by itself until it answers.`,
          }
        : {
            ...wait,
            owner: 'operator',
            reason:
              `${on} was asked an hour ago and is not done; it is asked again by itself. See ` +
              'whether it is down.',
          };
  };
  show();
  run.publish();
  const alarm = new CancellationScope();
  const rung = alarm
    .run(async () => {
      if (promptedAt[on] !== undefined) return;
      await sleep(Math.max(Date.parse(tellAt) - Date.now(), 1), {
        summary: `${on}: tell an operator that it takes long`,
      });
      promptedAt[on] = run.now();
      show();
      await run.letter(
        'escalation',
        'operator',
        `${on} takes long.`,
        `${waits[on]?.reason} On ${run.dayOf(run.collectUntil())} it becomes a gap.`,
      );
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  try {
    return await work();
  } finally {
    alarm.cancel();
    if (!run.suspended) {
      for (const kept of [waits, waitingSince, promptedAt]) {
        delete kept[on];
      }
    }
    await rung;
    run.publish();
  }
}
