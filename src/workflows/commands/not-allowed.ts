import { ApplicationFailure } from '@temporalio/workflow';
import type { CodedComplaint, Refusal } from '../../contract/refusals.ts';

/**
 * What an order that is refused throws. Its code and path stand in clear in Temporal, its words do
 * not.
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
