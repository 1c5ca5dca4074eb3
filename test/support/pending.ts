import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { workflowIdOf } from '../../src/contract/contract.ts';

/** An activity that is in flight, as the server sees it. */
export interface Pending {
  readonly id: string;
  readonly name: string;
  readonly attempt: number;
  /** When it last said that it is alive, in milliseconds since 1970; 0 where it did not. */
  readonly heartbeatAt: number;
}

const NAMESPACE = 'default';

/** What is in flight for a request. */
export async function pendingActivities(
  connection: Connection,
  requestId: string,
): Promise<Pending[]> {
  const { pendingActivities: pending } = await connection.workflowService.describeWorkflowExecution(
    { namespace: NAMESPACE, execution: { workflowId: workflowIdOf(requestId) } },
  );
  return (pending ?? []).map((it) => ({
    id: it.activityId ?? '',
    name: it.activityType?.name ?? '',
    attempt: it.attempt ?? 0,
    heartbeatAt:
      Number(it.lastHeartbeatTime?.seconds ?? 0) * 1000 +
      (it.lastHeartbeatTime?.nanos ?? 0) / 1_000_000,
  }));
}

/**
 * Lets the server notice at once that a request's worker is gone: what was in flight waits out a
 * heartbeat timeout of a second in place of its own, and gets its own back for the next attempt.
 */
export async function missWorker(connection: Connection, requestId: string): Promise<void> {
  const inFlight = await pendingActivities(connection, requestId);
  for (const { id } of inFlight) {
    await setHeartbeatTimeout(connection, requestId, id, 1);
  }
  for (const { id, attempt } of inFlight) {
    while (
      (await pendingActivities(connection, requestId)).some(
        (it) => it.id === id && it.attempt === attempt,
      )
    ) {
      await sleep(50);
    }
    await setHeartbeatTimeout(connection, requestId, id, 60);
  }
}

async function setHeartbeatTimeout(
  connection: Connection,
  requestId: string,
  id: string,
  seconds: number,
): Promise<void> {
  await connection.workflowService.updateActivityOptions({
    namespace: NAMESPACE,
    execution: { workflowId: workflowIdOf(requestId) },
    id,
    activityOptions: { heartbeatTimeout: { seconds: seconds as never } },
    updateMask: { paths: ['heartbeat_timeout'] },
  });
}
