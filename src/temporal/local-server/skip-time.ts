import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';

/**
 * The most skips of one run and its successors. The server's own limit of 100 stops a long request
 * half-way.
 */
const SKIPS = 100_000;

type Service = Connection['workflowService'];
type StartRequest = proto.temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;

/**
 * The same connection, but every workflow that is started through it skips time. Whenever nothing
 * is in progress, its clock jumps to its next timer. It is for demo and stories.
 *
 * The server must be 1.32 or later, with `frontend.WorkflowTimeSkippingEnabled`.
 * `startTemporalServer` starts it so.
 */
export function skippingTime(connection: Connection): Connection {
  const timeSkippingConfig = { enabled: true, maxSessionSkipCount: SKIPS };
  const skipping = <Request extends object | null | undefined>(request: Request) => ({
    ...request,
    timeSkippingConfig,
  });
  const plain = connection.workflowService;
  const workflowService = Object.create(plain, {
    startWorkflowExecution: {
      value: (request: StartRequest) => plain.startWorkflowExecution(skipping(request)),
    },
    signalWithStartWorkflowExecution: {
      value: (request: object) => plain.signalWithStartWorkflowExecution(skipping(request)),
    },
    executeMultiOperation: {
      value: (request: proto.temporal.api.workflowservice.v1.IExecuteMultiOperationRequest) =>
        plain.executeMultiOperation({
          ...request,
          operations: (request.operations ?? []).map((operation) =>
            operation.startWorkflow
              ? { ...operation, startWorkflow: skipping(operation.startWorkflow) }
              : operation,
          ),
        }),
    },
  }) as Service;
  return Object.create(connection, { workflowService: { value: workflowService } }) as Connection;
}

/** The newest run of a workflow, by its ID. */
export interface WorkflowRef {
  readonly namespace: string;
  readonly workflowId: string;
}

/**
 * Makes a running workflow skip time from now on, or makes its clock run in real time from its
 * present time.
 */
export async function switchTimeSkipping(
  connection: Connection,
  workflow: WorkflowRef,
  enabled: boolean,
): Promise<void> {
  await setTimeSkipping(connection, workflow, { enabled, maxSessionSkipCount: SKIPS });
}

/**
 * Moves a running workflow's clock ahead by `milliseconds`, and fires every timer on the way in
 * order. From then on the clock runs in real time, so that messages can be sent at a chosen time.
 * Resolves when the clock has arrived.
 *
 * @throws Error if it has not arrived within `within` milliseconds of real time, such as when an
 *   activity does not end
 */
export async function fastForward(
  connection: Connection,
  workflow: WorkflowRef,
  milliseconds: number,
  within = 30_000,
): Promise<void> {
  const id = randomUUID();
  const seconds = Math.floor(milliseconds / 1000);
  const duration = {
    seconds: seconds as never,
    nanos: (milliseconds - seconds * 1000) * 1_000_000,
  };
  await setTimeSkipping(connection, workflow, {
    enabled: true,
    maxSessionSkipCount: SKIPS,
    fastForwardConfig: { id, duration },
  });
  const until = Date.now() + within;
  while (Date.now() < until) {
    const { enabled, running } = await timeOf(connection, workflow);
    if (!enabled || !running) return;
    await sleep(20);
  }
  throw new Error(
    `${workflow.workflowId} did not arrive within ${within / 1000} s of real time: ` +
      'something of it is in flight, such as an activity.',
  );
}

/** A workflow's own clock. */
export interface WorkflowTime {
  /** Milliseconds since 1970 that the workflow sees now. */
  readonly now: number;
  /** Whether it is skipping time now. */
  readonly enabled: boolean;
  readonly running: boolean;
}

/** The time of a workflow. */
export async function timeOf(
  connection: Connection,
  { namespace, workflowId }: WorkflowRef,
): Promise<WorkflowTime> {
  const described = await connection.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId },
  });
  const info = described.workflowExtendedInfo?.timeSkippingInfo;
  const { seconds, nanos } = info?.currentTime ?? {};
  return {
    now:
      seconds == null ? Date.now() : Number(seconds) * 1000 + Math.floor((nanos ?? 0) / 1_000_000),
    enabled: info?.effectiveConfig?.enabled ?? false,
    running:
      described.workflowExecutionInfo?.status ===
      proto.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
  };
}

async function setTimeSkipping(
  connection: Connection,
  { namespace, workflowId }: WorkflowRef,
  timeSkippingConfig: proto.temporal.api.common.v1.ITimeSkippingConfig,
): Promise<void> {
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig },
    updateMask: { paths: ['time_skipping_config'] },
  });
}
