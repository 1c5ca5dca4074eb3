import { ActivityFailure, ApplicationFailure, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/orders.ts';
import type { Gap } from '../domain/status.ts';

const retry = { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' } as const;

/** A cancelled order is waited for until it has really stopped, so that it writes no file behind a deletion or beside its successor. */
const cancellationType = 'WAIT_CANCELLATION_COMPLETED';

/** Orders that touch no system but our own: one whose worker was killed is soon given to another. */
export const quick = proxyActivities<Activities>({ startToCloseTimeout: '1 minute', retry, cancellationType });

/** Orders that are answered within minutes. */
export const brief = proxyActivities<Activities>({ startToCloseTimeout: '10 minutes', retry, cancellationType });

/** Orders that move files: they tell that they are alive, and go on where an earlier attempt stopped. */
export const lengthy = proxyActivities<Activities>({ startToCloseTimeout: '12 hours', heartbeatTimeout: '60 seconds', retry, cancellationType });

const KINDS: readonly string[] = ['denied', 'rejected', 'unreadable', 'unavailable'] satisfies Gap['because'][];

/**
 * The gap that a failed order means.
 *
 * @throws whatever is no answer of a system, for a bug must not look like a gap
 */
export function gapOf(error: unknown): { because: Gap['because']; note: string } {
  if (!isCancellation(error) && error instanceof ActivityFailure && error.cause instanceof ApplicationFailure) {
    const { type, message } = error.cause;
    if (typeof type === 'string' && KINDS.includes(type)) return { because: type as Gap['because'], note: message };
  }
  throw error;
}
