import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { forOperator } from '../../contract/gap-texts.ts';
import type { Gap } from '../../contract/status.ts';
import { collectProfiles, leaveUnexported } from './collect-profiles.ts';
import { askVendor, readCloud, waitForVendor } from './collect-systems.ts';
import { gapOf, noteEnded } from '../activities/calls.ts';
import { patiently } from '../activities/retries.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addGap, clearGaps, isUnread, takenIn, taskOf, type Task } from '../state/state.ts';
import { meanwhile } from '../state/waiting.ts';
import { becomesGap, hasFailed, isAwaited } from '../state/task.ts';

/**
 * How many systems are at work at the same time. The server allows 2,000 pending activities; this
 * stays far below.
 */
const AT_ONCE = 50;

/**
 * Asks every system that has not replied, in parallel, from the moment it is known. A command of an
 * operator (retry, skip, retract) takes effect at once, because the loop looks again whenever
 * something happened.
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
      const idle = Object.values(run.state.tasks).filter(
        (task) =>
          !task.closed &&
          !running.has(task.system.id) &&
          (run.state.systemsKnown || needsNoProfiles(task)),
      );
      if (run.collecting) {
        for (const task of idle.slice(0, Math.max(0, AT_ONCE - running.size))) {
          begin(task);
        }
      }
      const seen = run.version;
      await meanwhile(
        () => null,
        () => run.finished || failures.length > 0 || run.version !== seen,
      );
      if (failures.length > 0) throw failures[0];
      if (run.finished) return;
    }
  } finally {
    for (const scope of run.scopes.values()) {
      scope.cancel();
    }
    await Promise.allSettled(running.values());
  }
}

/**
 * A vendor that the policy names and that owns no data source. It need not wait until the person is
 * found, unless it asks about profiles.
 */
const needsNoProfiles = ({ system }: Task): boolean =>
  system.kind === 'vendor' &&
  system.dataSources.length === 0 &&
  system.always !== true &&
  system.afterProfiles !== true;

/** Whether every system has replied, was skipped, or is no longer waited for. */
export const allClosed = (run: RequestRun): boolean =>
  run.state.systemsKnown &&
  takenIn(run.state) &&
  Object.values(run.state.tasks).every(({ closed }) => closed);

/** Ends the waiting: what did not come becomes a gap with its reason. */
export function closeCollecting(run: RequestRun): void {
  const { state } = run;
  run.collecting = false;
  for (const task of Object.values(state.tasks).filter(({ closed }) => !closed)) {
    const { id, kind } = task.system;
    becomesGap(task);
    run.scopes.get(id)?.cancel();
    if (kind === 'data-cloud') leaveUnexported(state);
    else if (!state.status.gaps.some((gap) => gap.system === id)) {
      addGap(state, { system: id, ...lateness(run, task) });
    }
  }
  run.touch();
}

/**
 * A reply whose files cannot be taken in no longer delays the others. Its system is a gap, and a
 * supplement once the files are in.
 */
export function leaveUntaken(run: RequestRun): void {
  const { state } = run;
  const left = state.openAnswers.filter(
    ({ answerId }) => state.leftAnswers?.includes(answerId) !== true,
  );
  state.leftAnswers = [...(state.leftAnswers ?? []), ...left.map(({ answerId }) => answerId)];
  for (const { system } of left) {
    const task = taskOf(state, system);
    if (task === undefined) continue;
    becomesGap(task);
    clearGaps(state, system);
    addGap(state, {
      system,
      because: 'unavailable',
      note:
        'It answered, and what it gave could not be taken in before the answer was due; it ' +
        'follows as a supplement.',
    });
  }
  run.touch();
}

function lateness(
  run: RequestRun,
  { system, status: { askedAt, reminders } }: Task,
): Omit<Gap, 'system'> {
  if (system.kind === 'vendor' && askedAt !== null) {
    return {
      because: 'overdue',
      note:
        `It was asked on ${run.dayOf(askedAt)} and reminded ${reminders} time(s), and gave no ` +
        'answer in time.',
    };
  }
  return {
    because: 'unavailable',
    note:
      `It could not be ${system.kind === 'vendor' ? 'asked' : 'read'} before the cut-off, ` +
      'although it was tried again and again.',
  };
}

async function collectOne(run: RequestRun, task: Task): Promise<void> {
  const { generation } = task;
  if (task.status.state !== 'gap') await ask(run, task);
  if (task.status.state === 'gap' && !task.closed) await haveItMended(run, task, generation);
  // At the cut-off the story closes what is open. A new start before that would loop without end.
  await meanwhile(
    () => null,
    () => task.closed || task.generation !== generation || run.now() < run.collectUntil(),
  );
}

/** Asks or reads a system, and waits until it has replied. A failure is a gap. */
async function ask(run: RequestRun, task: Task): Promise<void> {
  const { id } = task.system;
  try {
    if (task.system.connector === 'unmapped') await waitForSource(run, task);
    else if (task.system.kind === 'data-cloud') {
      await patiently(run, id, () => collectProfiles(run, task));
    } else if (task.system.kind === 'cloud') await patiently(run, id, () => readCloud(run, task));
    else {
      if (task.status.state !== 'waiting') await patiently(run, id, () => askVendor(run, task));
      await waitForVendor(run, task);
    }
  } catch (error) {
    const gap = gapOf(error);
    // The system was skipped, or the cut-off came, while it failed. Its gap is already named.
    if (task.closed) return;
    noteEnded(run, id, error);
    hasFailed(task);
    clearGaps(run.state, id);
    addGap(run.state, { system: id, ...gap });
  }
}

/**
 * A system that needs an operator. It is asked again, skipped, or a gap at the end of collecting.
 */
async function haveItMended(run: RequestRun, task: Task, generation: number): Promise<void> {
  const { id } = task.system;
  const gaps = run.state.status.gaps.filter((gap) => isUnread(gap, id));
  const because = gaps[0]?.because ?? 'unavailable';
  const reason = gaps.map(forOperator).join(' ') || 'It could not be read.';
  if (run.state.waitingSince[id] === undefined) {
    await run.letter(
      'escalation',
      'operator',
      `${id}: ${because}.`,
      `${reason}\n\nMend it and have it tried again (retrySystem), or go on without it (skipSystem).`,
    );
  }
  await run.waitFor(
    { on: id, owner: 'operator', reason, then: `gap ${because}` },
    () => run.collectUntil(),
    () => task.closed || task.generation !== generation,
  );
}

/** A data source that no system claims: an operator finds out who runs it. */
async function waitForSource(run: RequestRun, task: Task): Promise<void> {
  const { id } = task.system;
  const source = `"${id.replace(/^data-source:/, '')}"`;
  const note = `Profiles come from the data source ${source}, and no system in dossier.yaml claims it.`;
  isAwaited(task);
  const isNew = !run.state.status.gaps.some(({ system }) => system === id);
  if (isNew) {
    addGap(run.state, {
      system: id,
      because: 'unmapped-source',
      note: `Profiles come from the data source ${source}, and it is not recorded who runs it.`,
      advice:
        'No system in dossier.yaml claims it. Ask whoever runs it, then respondForVendor or ' +
        'skipSystem.',
    });
  }
  if (isNew) {
    await run.letter(
      'escalation',
      'operator',
      `${id}: nobody is known who runs it.`,
      `${note} Ask whoever runs it, and give Dossier the answer (respondForVendor), or go on ` +
        'without it (skipSystem).',
    );
  }
  await run.waitFor(
    {
      on: id,
      owner: 'operator',
      reason: `${note} Ask whoever runs it, then respondForVendor or skipSystem.`,
      then: 'gap unmapped-source',
    },
    () => run.collectUntil(),
    () => task.closed,
  );
}
