import type { Refusal } from '../../contract/refusals.ts';
import { notAllowed } from './not-allowed.ts';

/** @throws ApplicationFailure `not-allowed` if there is a reason */
export function refuseIf(reason: Refusal | undefined): void {
  if (reason !== undefined) throw notAllowed(reason);
}
