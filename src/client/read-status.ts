import { setTimeout as sleep } from 'node:timers/promises';
import {
  QueryNotRegisteredError,
  WorkflowFailedError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { TASK_QUEUE, WORKFLOW_TYPE, workflowIdOf } from '../contract/contract.ts';
import type { RequestStatus } from '../contract/status.ts';
import { DossierError } from './dossier-error.ts';
import { firstInput } from './first-input.ts';
import { endedAs, fromOutside } from './from-outside.ts';
import { isServed, movesTo, POLLS_WITHIN, pollersOf, releaseOf } from './releases.ts';
import {
  asDossierError,
  isMissing,
  isOtherVersion,
  isPassing,
  isUnanswered,
} from './temporal-failures.ts';
import { unreadableBy } from './unreadable.ts';

/** How long a worker may take to answer, in milliseconds. */
export const PATIENCE = 10_000;
/** In milliseconds. */
const AGAIN_AFTER = 50;

/**
 * The workflow of a request as Temporal describes it. It needs no worker. @throws DossierError
 * `not-found`
 */
export async function describeRequest(
  client: Client,
  requestId: string,
): Promise<WorkflowExecutionDescription> {
  const notFound = (cause?: unknown) =>
    new DossierError(
      {
        code: 'not-found',
        message: `There is no request ${requestId} in namespace ${client.options.namespace}.`,
        where: requestId,
        actions: [
          'List the known ones: dossier request list',
          'Check that the server is the right one (TEMPORAL_ADDRESS, --config). Ended ' +
            "requests are forgotten after the namespace's retention.",
        ],
      },
      cause,
    );
  try {
    const description = await client.workflow.getHandle(workflowIdOf(requestId)).describe();
    if (description.type !== WORKFLOW_TYPE) throw notFound();
    return description;
  } catch (error) {
    throw isMissing(error) ? notFound(error) : asDossierError(error, requestId);
  }
}

/**
 * The status of a request. The worker is asked for it while the request is open; the result has it
 * after its end.
 *
 * @throws DossierError `not-found`, `no-worker`; `invalid-request`, `not-allowed` or `failed` if
 *   the workflow failed
 */
export async function readStatus(client: Client, requestId: string): Promise<RequestStatus> {
  const description = await describeRequest(client, requestId);
  const handle = client.workflow.getHandle(workflowIdOf(requestId));
  try {
    const asked = async () =>
      readable(
        await answered(client, requestId, () => handle.query<RequestStatus>('status')),
        requestId,
      );
    switch (description.status.name) {
      case 'COMPLETED':
      case 'FAILED':
        return readable((await handle.result()) as RequestStatus, requestId);
      case 'RUNNING':
      case 'CONTINUED_AS_NEW':
        return isDelayed(description)
          ? await fromOutside(client, description, delayed(description))
          : await asked();
      case 'PAUSED':
        return await fromOutside(client, description, {
          on: 'operator:workflow-paused',
          then: 'nothing goes on, and dates may pass',
          reason:
            'The workflow is paused in Temporal; messages are kept, and count once it is unpaused.',
        });
      default:
        return afterItsEnd(await asked(), description);
    }
  } catch (error) {
    if (isOtherVersion(error)) {
      throw new DossierError(
        {
          code: 'no-worker',
          message:
            `Request ${requestId} began with another version of Dossier's workflow than the ` +
            'worker runs, and cannot go on with it.',
          where: requestId,
          actions: [
            "Run a worker of the version that it began with; the worker's log names the difference.",
          ],
        },
        error,
      );
    }
    if (error instanceof QueryNotRegisteredError) {
      const refusal = await soonRefused(client, requestId);
      if (refusal !== undefined) throw refusal;
      const { key } = await firstInput(client, workflowIdOf(requestId));
      if (key !== undefined) throw cannotBeRead(requestId, key, error);
      throw new DossierError(
        {
          code: 'failed',
          message:
            `Request ${requestId} gives no status: its input was refused, or another workflow ` +
            'answers to its ID.',
          where: requestId,
          actions: ['Open it in the Temporal UI to see why.'],
        },
        error,
      );
    }
    throw asDossierError(error, requestId);
  }
}

/** The wait of a request that was started while all workers were busy. */
export const BUSY = 'operator:workers-busy';

/**
 * The status of a request that was just started. If workers ask for work and are only busy, it is
 * what can be said without them.
 */
export async function statusOrBusy(client: Client, requestId: string): Promise<RequestStatus> {
  try {
    return await readStatus(client, requestId);
  } catch (error) {
    const age =
      error instanceof DossierError && error.code === 'no-worker' ? await lastPoll(client) : null;
    if (
      age === null ||
      age > POLLS_WITHIN ||
      (await releaseWithoutWorker(client, requestId)) !== undefined ||
      (await failingOver(client, requestId)) !== undefined
    ) {
      throw error;
    }
    const reason =
      'The request is started. Workers are there, and none had time for it within ' +
      `${PATIENCE / 1000} s; it goes on by itself.`;
    return fromOutside(client, await describeRequest(client, requestId), {
      on: BUSY,
      reason,
      then: 'it begins',
    });
  }
}

const readable = (status: RequestStatus, requestId: string): RequestStatus => {
  const unreadable = unreadableBy(status, requestId);
  if (unreadable !== undefined) throw unreadable;
  return status;
};

/** Whether the request was started with a delay that has not passed. */
const isDelayed = ({ executionTime, historyLength }: WorkflowExecutionDescription): boolean =>
  historyLength <= 1 && executionTime !== undefined && executionTime.getTime() > Date.now();
const delayed = ({ executionTime }: WorkflowExecutionDescription) => ({
  on: 'operator:start-delayed',
  then: 'it begins',
  until: executionTime,
  reason:
    `The request was started with a delay and begins at ${executionTime?.toISOString()}; the ` +
    'law counts from its receipt all the same.',
});

/**
 * The last status of a request whose workflow was ended from outside. Nobody can give it what it
 * waited for.
 */
function afterItsEnd(
  last: RequestStatus,
  { status, closeTime }: WorkflowExecutionDescription,
): RequestStatus {
  const how = status.name.toLowerCase().replace('_', ' ');
  const on = endedAs(status.name);
  const reason = `Its workflow was ended in Temporal (${how}): nothing goes on by itself any more.`;
  const since = (closeTime ?? new Date()).toISOString() as RequestStatus['waits'][number]['since'];
  return {
    ...last,
    waitingOn: [on],
    waits: [
      {
        on,
        owner: 'operator',
        reason,
        since,
        until: null,
        then: 'its files stay until they are purged',
      },
    ],
    notes: [...last.notes, reason],
  };
}

function cannotBeRead(requestId: string, key: string, cause: unknown): DossierError {
  return new DossierError(
    {
      code: 'no-worker',
      message:
        `Request ${requestId} gives no status: its input is encrypted with the key ${key}, ` +
        'which the worker that answered does not have.',
      where: requestId,
      actions: [
        `Start the workers with the key ${key} in DOSSIER_CODEC_KEYS; the request then goes on by itself.`,
      ],
    },
    cause,
  );
}

/** How long the server may take to record that a workflow has failed, in milliseconds. */
const RECORDED_WITHIN = 2_000;

/**
 * Why the input was refused, if a worker has just said so. A query can come before the server knows
 * it.
 */
async function soonRefused(client: Client, requestId: string): Promise<DossierError | undefined> {
  try {
    await client.withDeadline(Date.now() + RECORDED_WITHIN, () =>
      client.workflow.getHandle(workflowIdOf(requestId)).result(),
    );
    return undefined;
  } catch (error) {
    return error instanceof WorkflowFailedError ? asDossierError(error, requestId) : undefined;
  }
}

/**
 * Runs a call that a worker must answer. It may be repeated, because a command keeps its ID. `sent`
 * names what may still be done although nobody answered in time.
 *
 * @throws DossierError `no-worker` if none does within 10 seconds
 */
export async function answered<Result>(
  client: Client,
  requestId: string,
  call: () => Promise<Result>,
  sent?: string,
): Promise<Result> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await client.withDeadline(until, call);
    } catch (error) {
      if (isUnanswered(error) || (isPassing(error) && Date.now() >= until)) {
        throw await noWorker(client, requestId, sent, error);
      }
      if (!isPassing(error)) throw error;
      await sleep(AGAIN_AFTER);
    }
  }
}

/**
 * Milliseconds since a worker last asked for work on the task queue, or `null` if none is known.
 */
export async function lastPoll(client: Client): Promise<number | null> {
  const ages = (await pollersOf(client)).map(({ age }) => age);
  return ages.length === 0 ? null : Math.min(...ages);
}

async function noWorker(
  client: Client,
  requestId: string,
  sent: string | undefined,
  cause: unknown,
): Promise<DossierError> {
  const age = await lastPoll(client).catch((error: unknown) => {
    throw asDossierError(error, requestId);
  });
  if (await isPaused(client, requestId)) throw paused(requestId, sent, cause);
  const lost = await releaseWithoutWorker(client, requestId);
  const key = await failingOver(client, requestId);
  if (key !== undefined) throw standsStill(requestId, key, cause);
  const ofQueue =
    age === null
      ? `no worker polls the task queue "${TASK_QUEUE}"`
      : `a worker asked for work on the task queue "${TASK_QUEUE}" ${Math.round(age / 1000)} ` +
        `s ago, but it is gone, busy, or cannot run this request's workflow`;
  const why =
    lost === undefined
      ? ofQueue
      : `the request stays with the release ${lost}, and no worker of that release asks for work`;
  return new DossierError(
    {
      code: 'no-worker',
      message:
        `No worker answered within ${PATIENCE / 1000} s: ${why}. The request itself is safe ` +
        'with the ' +
        `server.${sent === undefined ? '' : ` ${sent} may have reached the server: it is then carried out once a worker is back.`}`,
      where: requestId,
      actions:
        lost !== undefined
          ? [
              `Start a worker of that release, with DOSSIER_BUILD_ID=${lost}`,
              `Or move the request to the current release: ${movesTo(workflowIdOf(requestId))}`,
            ]
          : [
              'Start a worker: dossier worker --config dossier.yaml',
              'If one runs, read its log.',
              `Then look again: dossier request show ${requestId}`,
            ],
    },
    cause,
  );
}

/**
 * The key of the input of a request at which a worker fails again and again; `""` if the input came
 * in clear.
 */
async function failingOver(client: Client, requestId: string): Promise<string | undefined> {
  try {
    const { raw } = await client.workflow.getHandle(workflowIdOf(requestId)).describe();
    if ((raw.pendingWorkflowTask?.attempt ?? 0) < 2) return undefined;
    return (await firstInput(client, workflowIdOf(requestId))).key ?? '';
  } catch (error) {
    throw asDossierError(error, requestId);
  }
}

function standsStill(requestId: string, key: string, cause: unknown): DossierError {
  const input =
    key === ''
      ? ''
      : ` Its input is encrypted with the key ${key}: a worker without that key cannot go on.`;
  return new DossierError(
    {
      code: 'no-worker',
      message:
        `Request ${requestId} stands still: a worker fails at its next step, again and again. ` +
        `Nothing of it is lost.${input}`,
      where: requestId,
      actions: [
        ...(key === '' ? [] : [`See that every worker has the key ${key} in DOSSIER_CODEC_KEYS.`]),
        "Read the workers' log, which names the reason.",
        `Then look again: dossier request show ${requestId}`,
      ],
    },
    cause,
  );
}

/**
 * A command to a paused request would wait without end. @throws DossierError `not-allowed`,
 * `not-found`
 */
export async function refusePaused(client: Client, requestId: string): Promise<void> {
  if (await isPaused(client, requestId)) throw paused(requestId, undefined, undefined);
}

const isPaused = (client: Client, requestId: string): Promise<boolean> =>
  describeRequest(client, requestId).then(({ status }) => status.name === 'PAUSED');

/** A command gets no result while the workflow is paused; a fact is kept. */
function paused(requestId: string, sent: string | undefined, cause: unknown): DossierError {
  return new DossierError(
    {
      code: 'not-allowed',
      message:
        `Request ${requestId} is paused in Temporal: nothing of it goes ` +
        `on.${sent === undefined ? '' : ` ${sent} may have reached the server: it is then carried out once it is unpaused.`}`,
      where: requestId,
      actions: [`Have it go on: temporal workflow unpause -w ${workflowIdOf(requestId)}`],
    },
    cause,
  );
}

/** The release that a request is bound to, if no worker serves it. */
async function releaseWithoutWorker(
  client: Client,
  requestId: string,
): Promise<string | undefined> {
  try {
    const release = releaseOf(await client.workflow.getHandle(workflowIdOf(requestId)).describe());
    return release === undefined || isServed(await pollersOf(client), release)
      ? undefined
      : release;
  } catch (error) {
    throw asDossierError(error, requestId);
  }
}
