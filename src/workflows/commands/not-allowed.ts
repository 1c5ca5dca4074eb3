import { ApplicationFailure } from '@temporalio/workflow';
import type { CodedComplaint, Refusal } from '../../contract/refusals.ts';

/**
 * The failure of a refused command. Its code and path are in clear in Temporal, its words are not.
 */
export function notAllowed({ code, path, text }: Refusal): ApplicationFailure {
  const complaints: CodedComplaint[] = [{ path, reason: text, code }];
  return ApplicationFailure.create({
    type: 'not-allowed',
    nonRetryable: true,
    message: text,
    details: [complaints],
  });
}
