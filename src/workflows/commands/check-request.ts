import { ApplicationFailure, patched } from '@temporalio/workflow';
import type * as z from 'zod';
import { codedComplaintsOf } from '../../contract/complaints.ts';
import type { CodedComplaint } from '../../contract/refusals.ts';
import { requestComplaints } from '../../contract/request-rules.ts';
import { messageLimits, requestLimits } from '../../contract/input-limits.ts';
import { workflowIdOf, type Complaint } from '../../contract/contract.ts';
import { requestInput, type CheckedRequest } from '../../contract/request.ts';

const MOST = 20;
/** Characters of a path, because a key may be of any length. */
const LONGEST = 200;

/** Complaints of a failed check: paths such as `subject.emails[0]` and reasons, never a value. */
export function complaintsIn(error: z.ZodError, input: unknown): CodedComplaint[] {
  const unreadable = unreadableKey(input);
  if (unreadable !== undefined) {
    return [
      {
        path: '',
        reason: `it is encrypted with the key ${unreadable}, which this worker does not have`,
      },
    ];
  }
  if (isMisdirected(input)) {
    return [
      {
        path: '',
        reason:
          'it was encrypted for another request and copied here; send what is meant to this one',
      },
    ];
  }
  const encoding = foreignEncoding(input);
  if (encoding !== undefined) {
    return [
      {
        path: '',
        reason:
          `it cannot be read: it is no JSON, or has the foreign encoding "${encoding}"; send ` +
          'one JSON value (json/plain)',
      },
    ];
  }
  return codedComplaintsOf(error)
    .slice(0, MOST)
    .map((it) => ({ ...it, path: it.path.slice(0, LONGEST) }));
}

/** What of a message is too long. A message that 0.1.0 accepted stays accepted. */
export function tooLong(message: unknown): Complaint[] {
  const complaints = messageLimits(message);
  return complaints.length > 0 && patched('messages-have-lengths') ? complaints : [];
}

/** The key of a payload that could not be decrypted, or undefined. */
export function unreadableKey(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('unreadable' in input)) return undefined;
  // Anybody may have written it, so only a text that can be a key's ID is shown.
  return typeof input.unreadable === 'string' &&
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(input.unreadable)
    ? input.unreadable
    : 'unknown';
}

function isMisdirected(input: unknown): boolean {
  return (
    typeof input === 'object' &&
    input !== null &&
    'misdirected' in input &&
    input.misdirected === true
  );
}

function foreignEncoding(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('undecodable' in input)) return undefined;
  return String(input.undecodable).slice(0, 64);
}

/**
 * Refuses the request for good. The caller sees the type `invalid-request` and the list of paths
 * and reasons.
 */
export function invalidRequest(complaints: readonly CodedComplaint[]): ApplicationFailure {
  const text = complaints
    .map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`))
    .join('; ');
  return ApplicationFailure.create({
    type: 'invalid-request',
    nonRetryable: true,
    message: `The request cannot be run: ${text}`,
    details: [complaints],
  });
}

/**
 * The input check.
 *
 * @throws ApplicationFailure `invalid-request` with every path and reason
 * @throws Error if the input cannot be decrypted: the task is retried until a worker with the key
 *   is there
 */
export function checkRequest(input: unknown, workflowId: string, now: number): CheckedRequest {
  const key = unreadableKey(input);
  if (key !== undefined) {
    throw new Error(`The input is encrypted with the key ${key}, which this worker does not have.`);
  }
  const parsed = requestInput.safeParse(input);
  if (!parsed.success) throw invalidRequest(complaintsIn(parsed.error, input));
  const request = parsed.data;
  const complaints = requestComplaints(request, now);
  if (workflowId !== workflowIdOf(request.requestId)) {
    complaints.push({
      path: 'requestId',
      reason:
        'the workflow ID must be "dsar-" and the requestId, so that the same request cannot ' +
        'run twice; a Temporal schedule appends a time to the ID, so let it start something ' +
        'that starts the request',
      code: 'not-valid',
    });
  }
  const long = requestLimits(request);
  // A request that 0.1.0 accepted continues.
  if (long.length > 0 && patched('inputs-have-lengths')) complaints.push(...long);
  if (complaints.length > 0) throw invalidRequest(complaints);
  return request;
}
