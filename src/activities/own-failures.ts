import { activityInfo, cancellationSignal, CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { jsonBytes, LIMITS } from '../contract/limits.ts';
import {
  QUIET_ATTEMPTS,
  SHOWABLE_ATTEMPTS,
  storageWords,
  type OwnFailureType,
} from '../contract/own-failure.ts';

type Order = (input: never) => Promise<unknown>;

/**
 * Makes failures of Dossier itself visible: the storage, or a fault of ours. Temporal retries them
 * by itself. After some attempts the request gets the failure, shows it and has the activity
 * retried. A system's failure passes unchanged.
 */
export function shown<Activity extends Order>(name: string, activity: Activity): Activity {
  return (async (input: never) => {
    refuseUnreadable(name, input);
    let result: unknown;
    try {
      result = await activity(input);
    } catch (error) {
      throw isOwn(error) ? ownFailure(name, error) : error;
    }
    const bytes = result === undefined ? 0 : jsonBytes(result);
    if (bytes > LIMITS.payload) {
      throw handedOver(
        'own-fault',
        `${name}: what it found is ${bytes} bytes long, and Temporal takes ` +
          `${LIMITS.payload}. Narrow the request: fewer identifiers, or a lower maxProfiles.`,
      );
    }
    return result;
  }) as Activity;
}

const isOwn = (error: unknown): boolean =>
  !(error instanceof TemporalFailure || error instanceof CompleteAsyncError) &&
  !cancellationSignal().aborted;

/** Refuses an input that this worker cannot decrypt; another worker may. */
function refuseUnreadable(name: string, input: unknown): void {
  if (typeof input !== 'object' || input === null || !('unreadable' in input)) return;
  throw handedOver(
    'own-fault',
    `${name}: the input is encrypted with the key ` +
      `"${String(input.unreadable).slice(0, 64)}", which this worker does not have. Add that ` +
      'key to DOSSIER_CODEC_KEYS of every worker.',
  );
}

function ownFailure(name: string, error: unknown): ApplicationFailure {
  const { code, name: kind } = error as NodeJS.ErrnoException;
  const words = storageWords(code);
  if (words !== undefined) return handedOver('storage', `${words.what} ${words.cure}`, error);
  if (error instanceof RangeError && /safe file name|package path/.test(error.message)) {
    return handedOver(
      'storage',
      'The storage refuses a name that is no safe file name. Withdraw the request, and start ' +
        'it again under another ID.',
      error,
    );
  }
  // The message holds no value of the error, because it may quote what was read.
  return handedOver(
    'own-fault',
    `${name} failed in a way that nobody foresaw ` +
      `(${kind || 'Error'}${typeof code === 'string' ? `, ${code}` : ''}). The worker's log ` +
      'says more; if a newer release is there, install it.',
    error,
  );
}

function handedOver(type: OwnFailureType, message: string, cause?: unknown): ApplicationFailure {
  const { attempt, retryPolicy } = activityInfo();
  const isTaken = retryPolicy?.maximumAttempts === SHOWABLE_ATTEMPTS;
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: isTaken && attempt >= QUIET_ATTEMPTS,
    ...(cause instanceof Error && { cause }),
  });
}
