import { pollVendor } from '../story/collect-systems.ts';
import { forOperator } from '../../contract/gap-texts.ts';
import { gapOf } from '../activities/calls.ts';
import type { RequestRun } from '../state/request-run.ts';
import { addNote, type Task } from '../state/state.ts';
import { earliest, meanwhile } from '../state/waiting.ts';
import { stopPolling } from '../state/task.ts';

/** Days between two questions. */
const EVERY = 1;

/**
 * Asks once a day the vendors that can be polled and were not ready at the cut-off, until the
 * package is deleted. What they still deliver is a supplement.
 */
export async function askLateVendors(run: RequestRun): Promise<void> {
  const { state } = run;
  const due = () =>
    state.status.package?.deliveredAt
      ? Object.values(state.tasks).filter((task) => isOwed(run, task))
      : [];
  while (
    await meanwhile(
      () => null,
      () => run.finished || due().length > 0,
    )
  ) {
    const delivered = state.status.package?.deliveredAt ?? run.now();
    const next = earliest(
      due().map(({ polledAt }) =>
        run.after(EVERY, polledAt !== null && polledAt > delivered ? polledAt : delivered),
      ),
    );
    if (
      run.finished ||
      (await meanwhile(
        () => next,
        () => run.finished,
        () => 'ask late vendors whether they are ready',
      ))
    ) {
      return;
    }
    for (const task of due()) {
      await ask(run, task);
    }
  }
}

const isOwed = ({ state }: RequestRun, { system, way, reference }: Task): boolean =>
  way === 'poll' &&
  reference !== null &&
  state.status.gaps.some((gap) => gap.system === system.id && gap.because === 'overdue');

async function ask(run: RequestRun, task: Task): Promise<void> {
  try {
    await pollVendor(run, task, 'late');
  } catch (error) {
    const why = forOperator(gapOf(error));
    stopPolling(task);
    addNote(run.state, `It is not asked any more whether it is ready. ${why}`);
  }
  run.touch();
}
