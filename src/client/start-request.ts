import { isDeepStrictEqual } from 'node:util';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type Client,
} from '@temporalio/client';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  type SearchAttributePair,
  type WorkflowIdReusePolicy,
} from '@temporalio/common';
import { TASK_QUEUE, WORKFLOW_TYPE, workflowIdOf } from '../contract/contract.ts';
import { requestInput, type CheckedRequest, type RequestInput } from '../contract/request.ts';
import { checkCompany, checkLaw, checkRequest } from './check.ts';
import type { CompanyRules } from './company-rules.ts';
import { DossierError } from './dossier-error.ts';
import { firstInput } from './first-input.ts';

/**
 * Starts a request's workflow, or joins the one that runs with the same ID and the same input.
 * Returns the request's ID. If an input was refused, its ID is free, because that request never
 * ran. A request that a rule or the law refuses is refused before a workflow exists. `rules` is
 * what `dossier.yaml` says about such refusals.
 *
 * @throws DossierError `invalid-request` if a rule refuses the input; `not-allowed` if the ID was
 *   used for another input, or its request has ended
 */
export async function startRequest(
  client: Client,
  input: RequestInput,
  rules: CompanyRules = {},
): Promise<string> {
  const request = checkRequest(input);
  checkCompany(request, rules);
  await checkLaw(request, rules.controller);
  if (!(await isStarted(client, request, input, 'REJECT_DUPLICATE'))) {
    const refused = await wasRefused(client, workflowIdOf(request.requestId));
    if (!refused || !(await isStarted(client, request, input, 'ALLOW_DUPLICATE_FAILED_ONLY'))) {
      await join(client, request);
    }
  }
  return request.requestId;
}

/** Starts the workflow. Returns false if its ID is taken. */
async function isStarted(
  client: Client,
  request: CheckedRequest,
  input: RequestInput,
  workflowIdReusePolicy: WorkflowIdReusePolicy,
): Promise<boolean> {
  try {
    await client.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(request.requestId),
      taskQueue: TASK_QUEUE,
      args: [input],
      workflowIdReusePolicy,
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: `${request.type === 'access' ? 'Access' : 'Portability'} request ${request.requestId}`,
      staticDetails: detailsOf(request),
      typedSearchAttributes: attributesOf(request),
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** Whether the last workflow of an ID failed because its input could not be run. */
async function wasRefused(client: Client, workflowId: string): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId);
  if ((await handle.describe()).status.name !== 'FAILED') return false;
  return handle.result().then(
    () => false,
    (error: unknown) =>
      error instanceof WorkflowFailedError &&
      error.cause instanceof ApplicationFailure &&
      error.cause.type === 'invalid-request',
  );
}

async function join(client: Client, request: CheckedRequest): Promise<void> {
  const workflowId = workflowIdOf(request.requestId);
  const { status } = await client.workflow.getHandle(workflowId).describe();
  if (status.name !== 'RUNNING' && status.name !== 'PAUSED') {
    throw new DossierError({
      code: 'not-allowed',
      message: `Request ${request.requestId} has been answered or ended before; a request ID is used once.`,
      where: 'requestId',
      actions: [
        `See how it ended: dossier request show ${request.requestId}`,
        'Give a new request a new ID; name the earlier one in "continues".',
      ],
    });
  }
  const { input: first } = await firstInput(client, workflowId);
  const known = requestInput.safeParse(first);
  if (!known.success && typeof first === 'object' && first !== null && 'unreadable' in first) {
    throw new DossierError({
      code: 'not-allowed',
      message:
        `Request ${request.requestId} runs already, and its input cannot be read with the keys ` +
        'at hand, so it cannot be compared.',
      where: 'requestId',
      actions: ['Add the key that the running request was started with to DOSSIER_CODEC_KEYS.'],
    });
  }
  if (known.success && isDeepStrictEqual(known.data, request)) return;
  throw new DossierError({
    code: 'not-allowed',
    message: `Request ${request.requestId} runs already, with another input.`,
    where: 'requestId',
    actions: [
      `See it: dossier request show ${request.requestId}`,
      'Give another request another ID, or send the same input to join this one.',
    ],
  });
}

function detailsOf({ type, law, residence }: CheckedRequest): string {
  const place = residence && [residence.country, residence.region].filter(Boolean).join('-');
  return [
    `A data subject's ${type} ` +
      `request${law ? ` under \`${law}\`` : ''}${place ? `, residence ${place}` : ''}.`,
    '',
    '*Current details* shows its stage, its dates and what it waits for. Orders are sent as ' +
      'updates, facts as signals; each says what it takes.',
  ].join('\n');
}

function attributesOf({ law }: CheckedRequest): SearchAttributePair[] {
  const pairs: SearchAttributePair[] = [
    { key: defineSearchAttributeKey('DossierStage', 'KEYWORD'), value: 'received' },
    { key: defineSearchAttributeKey('DossierOverdue', 'BOOL'), value: false },
  ];
  // `pipa` names two laws; planning decides which. Only the ID of a law may be visible in clear.
  if (
    law !== undefined &&
    law !== 'pipa' &&
    /^[a-z]+(-[a-z0-9]+)*$/.test(law) &&
    law.length <= 24
  ) {
    pairs.push({ key: defineSearchAttributeKey('DossierLaw', 'KEYWORD'), value: law });
  }
  return pairs;
}
