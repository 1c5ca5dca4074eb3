import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../src/activities/inputs.ts';
import type { World } from './world.ts';

/**
 * What somebody does by hand to the first order of each kind: `temporal activity fail`, or
 * `complete` with a value.
 */
export type ByHand = { readonly fail: true } | { readonly complete: unknown };

/**
 * Activities of which the first of each kind and request is ended by hand, where `hands` says so
 * for the request.
 */
export function endedOnce(
  activities: Activities,
  hands: Readonly<Record<string, ByHand>>,
): Activities {
  const done = new Set<string>();
  const made = Object.entries(activities).map(
    ([name, activity]) =>
      [
        name,
        async (order: never) => {
          const requestId = (activityInfo().workflowExecution?.workflowId ?? '').replace(
            /^dsar-/,
            '',
          );
          const hand = hands[requestId];
          if (hand === undefined || done.has(`${requestId}/${name}`)) {
            return (activity as (order: never) => Promise<unknown>)(order);
          }
          done.add(`${requestId}/${name}`);
          if ('fail' in hand) {
            throw ApplicationFailure.create({
              nonRetryable: true,
              message: 'ended by an operator',
            });
          }
          return hand.complete;
        },
      ] as const,
  );
  return Object.fromEntries(made) as unknown as Activities;
}

/**
 * Resets a request as `temporal workflow reset` does: to its first workflow task, or to the last
 * one before an event fits. Gives the new run's ID.
 */
export async function reset(
  { client, server }: World,
  requestId: string,
  before?: (event: {
    eventType?: unknown;
    activityTaskScheduledEventAttributes?: {
      activityType?: { name?: string | null } | null;
    } | null;
  }) => boolean,
): Promise<string> {
  const workflowId = `dsar-${requestId}`;
  const { runId } = await client.workflow.getHandle(workflowId).describe();
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const until =
    before === undefined ? undefined : (events ?? []).findIndex((event) => before(event as never));
  const tasks = (events ?? [])
    .slice(0, until)
    .filter((event) => event.workflowTaskCompletedEventAttributes);
  const at = before === undefined ? tasks[0] : tasks.at(-1);
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: server.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'by hand',
    requestId: `${requestId}-${Date.now()}`,
    workflowTaskFinishEventId: at?.eventId as never,
  });
  return answer.runId ?? '';
}
