import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { SystemFailure, type FailureKind } from '../http/failure.ts';
import { InvalidRequest } from '@dossier/law';

/** Whether Temporal retries by itself. */
const RETRIED: Readonly<Record<FailureKind, boolean>> = {
  pending: true,
  unavailable: true,
  denied: false,
  rejected: false,
  unreadable: false,
};

/**
 * Runs an activity's work, and turns a system's failure into one that Temporal decides on. Bugs
 * pass unchanged.
 */
export async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidRequest) {
      throw ApplicationFailure.create({
        type: 'invalid-request',
        nonRetryable: true,
        message: error.message,
        details: [error.complaints],
      });
    }
    if (!(error instanceof SystemFailure)) throw error;
    const { kind, retryAfter } = error.facts;
    throw ApplicationFailure.create({
      type: kind,
      nonRetryable: !RETRIED[kind],
      message: error.message,
      details: [error.facts],
      ...(retryAfter !== undefined &&
        RETRIED[kind] && { nextRetryDelay: `${Math.max(1, Math.ceil(retryAfter))} seconds` }),
      ...(kind === 'pending' && { category: ApplicationFailureCategory.BENIGN }),
    });
  }
}
