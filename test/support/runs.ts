import type { World } from './world.ts';
import { workflowIdOf } from '../../src/contract/contract.ts';

/** One run of a request that continues as new. */
export interface Run {
  readonly runId: string;
  readonly events: number;
  /** Names of the activities that ended well, in order. */
  readonly done: readonly string[];
}

/** Every run of a request, from the first to the newest. */
export async function runsOf({ client }: World, requestId: string): Promise<Run[]> {
  const runs: Run[] = [];
  let { runId } = (await client.workflow.getHandle(workflowIdOf(requestId)).describe()) as {
    runId: string | undefined;
  };
  while (runId) {
    const { events } = await client.workflow
      .getHandle(workflowIdOf(requestId), runId)
      .fetchHistory();
    const names = new Map(
      (events ?? []).map((event) => [
        String(event.eventId),
        event.activityTaskScheduledEventAttributes?.activityType?.name ?? '',
      ]),
    );
    const done = (events ?? []).flatMap((event) =>
      event.activityTaskCompletedEventAttributes
        ? [names.get(String(event.activityTaskCompletedEventAttributes.scheduledEventId)) ?? '']
        : [],
    );
    runs.unshift({ runId, events: events?.length ?? 0, done });
    runId =
      events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return runs;
}

/** How often each activity ended well, over all runs. */
export function doneIn(runs: readonly Run[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of runs.flatMap(({ done }) => done)) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
