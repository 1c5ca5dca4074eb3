import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import { TASK_QUEUE } from '../contract/contract.ts';

/** The name of Dossier's named releases in Temporal. */
export const DEPLOYMENT = 'dossier';
/** A worker asks again at least this often, in milliseconds. */
export const POLLS_WITHIN = 70_000;
/** `NOT_FOUND` of gRPC. */
const NOT_FOUND: number = 5;
/** `WORKER_VERSIONING_MODE_VERSIONED`: the worker has opted into versioning. */
const VERSIONED: number = 2;

/**
 * When a worker last asked for work, as milliseconds ago, and its release; `null` if it has no
 * name.
 */
export interface Poller {
  readonly release: string | null;
  readonly age: number;
}

/** The workers that the server has seen lately. The server remembers each one for five minutes. */
export async function pollersOf(client: Client): Promise<Poller[]> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType: 1,
  });
  return (pollers ?? []).map(({ lastAccessTime, deploymentOptions }) => ({
    release:
      Number(deploymentOptions?.workerVersioningMode) === VERSIONED
        ? (deploymentOptions?.buildId ?? null)
        : null,
    age: Math.max(0, Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000),
  }));
}

/** Whether a worker of the release has asked for work lately. */
export const isServed = (pollers: readonly Poller[], release: string | null): boolean =>
  pollers.some((it) => it.release === release && it.age <= POLLS_WITHIN);

/** The release that new requests go to; `null` if none is current, or if it has no name. */
export async function currentRelease(client: Client): Promise<string | null> {
  try {
    const { workerDeploymentInfo } = await client.workflowService.describeWorkerDeployment({
      namespace: client.options.namespace,
      deploymentName: DEPLOYMENT,
    });
    return workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId || null;
  } catch (error) {
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (code === NOT_FOUND) return null;
    throw error;
  }
}

/** The release that a request is bound to, or undefined. */
export function releaseOf({ raw }: WorkflowExecutionDescription): string | undefined {
  const versioning = raw.workflowExecutionInfo?.versioningInfo;
  return (
    versioning?.versioningOverride?.pinned?.version?.buildId ||
    versioning?.deploymentVersion?.buildId ||
    undefined
  );
}

/** The same from a line of Temporal's list: `dossier:r1` becomes `r1`. */
export function listedRelease(attributes: Readonly<Record<string, unknown>>): string | undefined {
  const value: unknown = attributes.TemporalWorkerDeploymentVersion;
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string'
    ? new RegExp(`^${DEPLOYMENT}[:.](.+)$`).exec(text)?.[1]
    : undefined;
}

/** The command line that moves a request to another release. */
export const movesTo = (workflowId: string): string =>
  `temporal workflow update-options -w ${workflowId} --versioning-override-behavior auto_upgrade`;
