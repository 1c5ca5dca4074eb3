import {
  isGrpcServiceError,
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  CancelledFailure,
  NamespaceNotFoundError,
  TerminatedFailure,
  WorkflowNotFoundError,
} from '@temporalio/common';
import type { Complaint } from '../contract/contract.ts';
import { DossierError, type DossierErrorCode } from './dossier-error.ts';

/**
 * Numbers of the gRPC codes that Temporal answers with. @see
 * https://grpc.io/docs/guides/status-codes/
 */
const grpc = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** Whether Temporal waited in vain for a worker to answer. */
export function isUnanswered(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const code = grpcCode(error);
  // The server drops a call at its deadline, sometimes a moment before we do.
  return (
    code === grpc.deadlineExceeded ||
    code === grpc.cancelled ||
    (code === grpc.failedPrecondition && /poller/i.test(grpcDetails(error)))
  );
}

/**
 * Whether the call reached a request in the moment in which it continued in a new run. Nothing of
 * the call was recorded.
 */
export const isPassing = (error: unknown): boolean =>
  grpcCode(error) === grpc.failedPrecondition &&
  /unexpected workflow task failure/i.test(grpcDetails(error));

/** Whether the worker's code does not fit the request's history. */
export const isOtherVersion = (error: unknown): boolean =>
  error instanceof Error &&
  /TMPRL1100|nondeterminism/i.test(`${error.message} ${grpcDetails(error)}`);

/** Whether there is no such workflow, or it has ended and accepts no more messages. */
export const isMissing = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || grpcCode(error) === grpc.notFound;

/**
 * Temporal's failure in words for the caller. `where` is the request's ID or the server's address.
 *
 * Returns the error itself if it is already one of ours. An unknown error becomes a `failed` with
 * its message.
 */
export function asDossierError(error: unknown, where: string): DossierError {
  if (error instanceof DossierError) return error;
  const refusal = refusalOf(error);
  if (refusal) {
    return new DossierError(
      {
        code: codeOf(refusal.type),
        message: refusal.message,
        where: refusal.path || where,
        actions:
          refusal.type === 'invalid-request' ? ['Mend what is named, and start it again.'] : [],
      },
      error,
    );
  }
  if (error instanceof NamespaceNotFoundError) {
    return new DossierError(
      {
        code: 'not-set-up',
        message: 'The Temporal namespace does not exist.',
        where,
        actions: [
          'Name an existing one by TEMPORAL_NAMESPACE or temporal.namespace in dossier.yaml.',
          'Create it and its search attributes with: dossier setup',
        ],
      },
      error,
    );
  }
  if (error instanceof WorkflowFailedError) {
    const how = howItEnded(error);
    return new DossierError(
      {
        code: 'failed',
        message: `The request's workflow ${how}.`,
        where,
        actions: [
          'Open it in the Temporal UI to see why.',
          `Have it go on from its last step: temporal workflow reset -w dsar-${where} --type ` +
            'LastWorkflowTask --reason "…"',
          `Or delete what is left of it: dossier purge ${where}`,
        ],
      },
      error,
    );
  }
  const details = grpcDetails(error);
  if (/workflow task in failed state/i.test(details)) {
    return new DossierError(
      {
        code: 'failed',
        message:
          'The request stands still: a worker fails at its next step, and tries it again and ' +
          'again. Nothing of it is lost.',
        where,
        actions: [
          'Open it in the Temporal UI, where the codec endpoint decrypts the reason: its ' +
            'newest event "Workflow Task Failed".',
          'Once a mended worker runs, it goes on by itself.',
        ],
      },
      error,
    );
  }
  switch (grpcCode(error)) {
    case grpc.unavailable:
      return noServer(where, error);
    case grpc.cancelled:
    case grpc.deadlineExceeded:
      return new DossierError(
        {
          code: 'no-server',
          message: 'The Temporal server did not answer in time.',
          where,
          actions: ['Check that the server is healthy, and try again.'],
        },
        error,
      );
    case grpc.permissionDenied:
    case grpc.unauthenticated:
      return new DossierError(
        {
          code: 'denied',
          message: 'The Temporal server does not accept these credentials.',
          where,
          actions: ['Check TEMPORAL_API_KEY or the TEMPORAL_TLS_* variables, and the namespace.'],
        },
        error,
      );
    case grpc.invalidArgument:
      if (/search attribute|mapping|is not defined/i.test(details)) {
        return new DossierError(
          {
            code: 'not-set-up',
            message: 'The namespace lacks search attributes of Dossier.',
            where,
            actions: ['Register them with: dossier setup'],
          },
          error,
        );
      }
      return new DossierError(
        {
          code: 'failed',
          message: `The Temporal server refused the call: ${details}`,
          where,
          actions: [],
        },
        error,
      );
    default: {
      const message = error instanceof Error ? error.message : 'The call failed.';
      return new DossierError(
        {
          code: 'failed',
          message: details === '' ? message : `${message}: ${details}`,
          where,
          actions: [],
        },
        error,
      );
    }
  }
}

/** Nobody listens at the address. */
export function noServer(address: string, cause?: unknown): DossierError {
  return new DossierError(
    {
      code: 'no-server',
      message: `No Temporal server answers at ${address}.`,
      where: address,
      actions: [
        'Start one with its UI, a simulator and a worker: dossier dev',
        'Or name a running one by TEMPORAL_ADDRESS, or by --config and the file that `dossier dev` wrote.',
      ],
    },
    cause,
  );
}

/** What the workflow itself said, and the first path in its complaints. */
function refusalOf(error: unknown):
  | {
      type: string | undefined;
      message: string;
      path: string | undefined;
    }
  | undefined {
  const cause =
    error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError
      ? error.cause
      : undefined;
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const details: readonly unknown[] = cause.details ?? [];
  const complaints = Array.isArray(details[0]) ? (details[0] as readonly Complaint[]) : [];
  const path = complaints[0]?.path;
  return { type: cause.type ?? undefined, message: cause.message, path };
}

function codeOf(type: string | undefined): DossierErrorCode {
  return type === 'invalid-request' || type === 'invalid-input' || type === 'not-allowed'
    ? type
    : 'failed';
}

function serviceError(error: unknown): { code: number; details: string } | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (isGrpcServiceError(cause)) return cause;
  return isGrpcServiceError(error) ? error : undefined;
}
const grpcCode = (error: unknown): number | undefined => serviceError(error)?.code;
const grpcDetails = (error: unknown): string => serviceError(error)?.details ?? '';

function howItEnded({ cause }: WorkflowFailedError): string {
  if (cause instanceof TerminatedFailure) return 'was terminated in Temporal';
  return cause instanceof CancelledFailure ? 'was cancelled in Temporal' : 'failed';
}
