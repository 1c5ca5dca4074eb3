import { ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { workflowIdOf } from '../contract/contract.ts';
import type { Instant } from '@dossier/law';
import { scrub } from '../contract/scrub.ts';
import { describeRequest } from './read-status.ts';

/** A step of a request that failed and that Temporal retries by itself. */
export interface Retrying {
  /** The step, in words: `export cloud`. */
  readonly what: string;
  /** Which attempt is the next one, or is under way. */
  readonly attempt: number;
  /** When it is retried; null if it runs right now. */
  readonly nextAt: Instant | null;
  /** Why it failed last, without a word of what a system said. */
  readonly reason: string;
}

type Pending = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

/**
 * Types of failures whose messages are ours and hold no personal data. Others may quote what was
 * read.
 */
const OURS: readonly string[] = [
  'pending',
  'unavailable',
  'denied',
  'rejected',
  'unreadable',
  'storage',
  'own-fault',
  'invalid-request',
  'answered-before',
];

/**
 * What fails and is retried at this moment. It needs no worker. @throws DossierError `not-found`
 */
export async function retryingNow(client: Client, requestId: string): Promise<Retrying[]> {
  const { raw } = await describeRequest(client, requestId);
  const failing = (raw.pendingActivities ?? []).filter(
    ({ attempt, lastFailure }) => (attempt ?? 0) > 1 && lastFailure,
  );
  return Promise.all(
    failing.map(async (it) => ({
      what: inWords(it),
      attempt: it.attempt ?? 0,
      nextAt: nextOf(it),
      reason: await reasonOf(client, requestId, it),
    })),
  );
}

const inWords = ({ activityType }: Pending): string =>
  (activityType?.name ?? '')
    .replace(/\W/g, '')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function nextOf({ nextAttemptScheduleTime, scheduledTime }: Pending): Instant | null {
  const at = optionalTsToMs(nextAttemptScheduleTime ?? scheduledTime);
  return at === undefined || at <= Date.now() ? null : (new Date(at).toISOString() as Instant);
}

async function reasonOf(
  client: Client,
  requestId: string,
  { lastFailure }: Pending,
): Promise<string> {
  const context = {
    type: 'workflow',
    namespace: client.options.namespace,
    workflowId: workflowIdOf(requestId),
  } as const;
  const error = await decodeOptionalFailureToOptionalError(
    client.options.loadedDataConverter,
    lastFailure,
    context,
  ).catch(() => undefined);
  if (error instanceof TimeoutFailure) return 'No worker finished it in time.';
  // Without the key, the message only says that it is encrypted.
  const isReadable =
    error instanceof ApplicationFailure &&
    OURS.includes(error.type ?? '') &&
    error.message !== 'Encoded failure';
  return isReadable ? scrub(error.message) : "The worker's log names the reason.";
}
