import { setTimeout as sleep } from 'node:timers/promises';
import { QueryNotRegisteredError, WorkflowFailedError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import { TASK_QUEUE, WORKFLOW_TYPE, workflowIdOf } from '../domain/contract.ts';
import type { RequestStatus } from '../domain/status.ts';
import { DossierError } from './dossier-error.ts';
import { asDossierError, isMissing, isOtherVersion, isPassing, isUnanswered } from './temporal-failures.ts';

/** How long a worker may take to answer, in milliseconds. */
export const PATIENCE = 10_000;
/** In milliseconds. */
const AGAIN_AFTER = 50;

/** The workflow of a request as Temporal describes it; no worker is needed. @throws DossierError `not-found` */
export async function describeRequest(client: Client, requestId: string): Promise<WorkflowExecutionDescription> {
  const notFound = (cause?: unknown) => new DossierError({
    code: 'not-found', message: `There is no request ${requestId} in namespace ${client.options.namespace}.`, where: requestId,
    actions: ['List the known ones: dossier request list', 'Check that the server is the right one (TEMPORAL_ADDRESS, --config). Ended requests are forgotten after the namespace\'s retention.'],
  }, cause);
  try {
    const description = await client.workflow.getHandle(workflowIdOf(requestId)).describe();
    if (description.type !== WORKFLOW_TYPE) throw notFound();
    return description;
  } catch (error) {
    throw isMissing(error) ? notFound(error) : asDossierError(error, requestId);
  }
}

/**
 * The status of a request: asked of the worker while it is open, its result once it has ended.
 *
 * @throws DossierError `not-found`, `no-worker`; `invalid-request`, `not-allowed` or `failed` if the workflow failed
 */
export async function readStatus(client: Client, requestId: string): Promise<RequestStatus> {
  const description = await describeRequest(client, requestId);
  const handle = client.workflow.getHandle(workflowIdOf(requestId));
  try {
    switch (description.status.name) {
      case 'COMPLETED':
      case 'FAILED':
        return (await handle.result()) as RequestStatus;
      case 'RUNNING':
      case 'CONTINUED_AS_NEW':
        return await answered(client, requestId, () => handle.query<RequestStatus>('status'));
      default: {
        const last = await answered(client, requestId, () => handle.query<RequestStatus>('status'));
        const how = description.status.name.toLowerCase().replace('_', ' ');
        return { ...last, notes: [...last.notes, `Its workflow was ended in Temporal (${how}): nothing goes on by itself any more.`] };
      }
    }
  } catch (error) {
    if (isOtherVersion(error)) {
      throw new DossierError({
        code: 'no-worker', message: `Request ${requestId} began with another version of Dossier's workflow than the worker runs, and cannot go on with it.`, where: requestId,
        actions: ['Run a worker of the version that it began with; the worker\'s log names the difference.'],
      }, error);
    }
    if (error instanceof QueryNotRegisteredError) {
      const refusal = await soonRefused(client, requestId);
      if (refusal !== undefined) throw refusal;
      throw new DossierError({ code: 'failed', message: `Request ${requestId} gives no status: its input was refused, or another workflow answers to its ID.`, where: requestId, actions: ['Open it in the Temporal UI to see why.'] }, error);
    }
    throw asDossierError(error, requestId);
  }
}

/** How long the server may take to record that a workflow has failed, in milliseconds. */
const RECORDED_WITHIN = 2_000;

/** Why the input was refused, where a worker has just said so: a query can come before the server knows of it. */
async function soonRefused(client: Client, requestId: string): Promise<DossierError | undefined> {
  try {
    await client.withDeadline(Date.now() + RECORDED_WITHIN, () => client.workflow.getHandle(workflowIdOf(requestId)).result());
    return undefined;
  } catch (error) {
    return error instanceof WorkflowFailedError ? asDossierError(error, requestId) : undefined;
  }
}

/**
 * Runs a call that a worker must answer. It may be made again: an order keeps its ID. `sent`: what may still be done although nobody
 * answered in time.
 *
 * @throws DossierError `no-worker` if none does within 10 seconds
 */
export async function answered<Result>(client: Client, requestId: string, call: () => Promise<Result>, sent?: string): Promise<Result> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await client.withDeadline(until, call);
    } catch (error) {
      if (isUnanswered(error) || (isPassing(error) && Date.now() >= until)) throw await noWorker(client, requestId, sent, error);
      if (!isPassing(error)) throw error;
      await sleep(AGAIN_AFTER);
    }
  }
}

/** Milliseconds since a worker last asked for work on the task queue, or `null` if none is known. */
export async function lastPoll(client: Client): Promise<number | null> {
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace: client.options.namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: 1 });
  const seen = (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  return seen.length === 0 ? null : Math.max(0, Date.now() - Math.max(...seen));
}

async function noWorker(client: Client, requestId: string, sent: string | undefined, cause: unknown): Promise<DossierError> {
  const age = await lastPoll(client).catch((error: unknown) => { throw asDossierError(error, requestId); });
  const why = age === null
    ? `no worker polls the task queue "${TASK_QUEUE}"`
    : `a worker asked for work on the task queue "${TASK_QUEUE}" ${Math.round(age / 1000)} s ago, but it is gone, busy, or cannot run this request's workflow`;
  return new DossierError({
    code: 'no-worker', message: `No worker answered within ${PATIENCE / 1000} s: ${why}. The request itself is safe with the server.${sent === undefined ? '' : ` ${sent} may have reached the server: it is then carried out once a worker is back.`}`, where: requestId,
    actions: ['Start a worker: dossier worker --config dossier.yaml', 'If one runs, read its log.', `Then look again: dossier request show ${requestId}`],
  }, cause);
}
