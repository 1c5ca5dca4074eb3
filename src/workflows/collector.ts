import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { collectProfiles } from './collect-profiles.ts';
import { askVendor, readCloud, waitForVendor } from './collect-systems.ts';
import { gapOf } from './ordering.ts';
import type { RequestRun } from './request-run.ts';
import { addGap, clearGaps, type Task } from './state.ts';
import { before } from './waiting.ts';

/** How many systems are at work at the same time: the server allows 2,000 pending activities, we stay far below. */
const AT_ONCE = 50;

/**
 * Asks every system that has not answered, all at once, from the moment it is known. An order of an operator (retry, skip,
 * retract) takes effect at once, for the loop looks again whenever something happened.
 */
export async function runCollector(run: RequestRun): Promise<void> {
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const begin = (task: Task): void => {
    const { id } = task.system;
    const scope = new CancellationScope();
    run.scopes.set(id, scope);
    const work = scope
      .run(() => collectOne(run, task))
      .catch((error: unknown) => {
        if (!isCancellation(error)) failures.push(error);
      })
      .finally(() => {
        running.delete(id);
        run.scopes.delete(id);
        run.touch();
      });
    running.set(id, work);
  };
  try {
    for (;;) {
      const idle = Object.values(run.state.tasks).filter((task) => !task.closed && !running.has(task.system.id));
      if (run.collecting) for (const task of idle.slice(0, Math.max(0, AT_ONCE - running.size))) begin(task);
      const seen = run.version;
      await before(() => null, () => run.finished || failures.length > 0 || run.version !== seen, '');
      if (failures.length > 0) throw failures[0];
      if (run.finished) return;
    }
  } finally {
    if (run.finished) for (const scope of run.scopes.values()) scope.cancel();
    await Promise.allSettled(running.values());
  }
}

/** Whether every system has answered, was skipped, or is waited for no more. */
export const allClosed = (run: RequestRun): boolean =>
  run.state.systemsKnown && run.state.openAnswers.length === 0 && Object.values(run.state.tasks).every(({ closed }) => closed);

/** Ends the waiting: what did not come becomes a gap with its reason. */
export function closeCollecting(run: RequestRun): void {
  const { state } = run;
  run.collecting = false;
  for (const task of Object.values(state.tasks).filter(({ closed }) => !closed)) {
    const { id, kind } = task.system;
    task.closed = true;
    task.status.state = 'gap';
    run.scopes.get(id)?.cancel();
    if (state.status.gaps.some((gap) => gap.system === id)) continue;
    addGap(state, kind === 'vendor'
      ? { system: id, because: 'overdue', note: `It was asked${task.status.askedAt === null ? '' : ` on ${task.status.askedAt.slice(0, 10)}`} and reminded ${task.status.reminders} time(s), and gave no answer in time.` }
      : { system: id, because: 'unavailable', note: 'It could not be read before the cut-off, although it was tried again and again.' });
  }
  run.touch();
}

async function collectOne(run: RequestRun, task: Task): Promise<void> {
  const { id } = task.system;
  const { generation } = task;
  try {
    if (task.system.connector === 'unmapped') await waitForSource(run, task);
    else if (task.system.kind === 'data-cloud') await collectProfiles(run, task);
    else if (task.system.kind === 'cloud') await readCloud(run, task);
    else {
      await askVendor(run, task);
      await waitForVendor(run, task);
    }
  } catch (error) {
    const gap = gapOf(error);
    task.status.state = 'gap';
    clearGaps(run.state, id);
    addGap(run.state, { system: id, ...gap });
    await run.letter('escalation', 'operator', `${id}: ${gap.because}.`, `${gap.note}\n\nMend it and have it tried again (retrySystem), or go on without it (skipSystem).`);
  }
  if (task.status.state === 'gap' && !task.closed) {
    const gap = run.state.status.gaps.find(({ system }) => system === id);
    await run.waitFor(
      { on: id, owner: 'operator', reason: gap?.note ?? 'It could not be read.', then: `gap ${gap?.because ?? 'unavailable'}` },
      () => run.collectUntil(),
      () => task.closed || task.generation !== generation,
    );
  }
}

/** A data source that no system claims: an operator finds out who runs it. */
async function waitForSource(run: RequestRun, task: Task): Promise<void> {
  const { id } = task.system;
  const note = `Profiles come from the data source "${id.replace(/^data-source:/, '')}", and no system in dossier.yaml claims it.`;
  task.status.state = 'waiting';
  addGap(run.state, { system: id, because: 'unmapped-source', note });
  await run.waitFor(
    { on: id, owner: 'operator', reason: `${note} Ask whoever runs it, then respondForVendor or skipSystem.`, then: 'gap unmapped-source' },
    () => run.collectUntil(),
    () => task.closed,
  );
}
