import { ApplicationFailure } from '@temporalio/common';
import type { Store } from '../storage/filesystem.ts';
import type { Before } from './inputs.ts';

/** How a deletion receipt of 0.1.0, which has no `as`, says that a request had ended. */
const ENDED: Readonly<Record<string, Before['ended']>> = {
  'the request was withdrawn': 'withdrawn',
  'the request was refused': 'refused',
};

/** What a former run of the request has delivered or deleted; undefined if it did neither. */
export async function doneBefore(store: Store, requestId: string): Promise<Before | undefined> {
  const [deleted, delivered] = [
    await store.readDeletionReceipt(requestId),
    await store.readDelivered(requestId),
  ];
  if (deleted === undefined && delivered.length === 0) return undefined;
  const ended =
    deleted && ((deleted.as as Before['ended']) ?? ENDED[String(deleted.why)] ?? 'closed');
  return {
    delivered: delivered.map(({ uri, at }) => ({ uri, at })),
    ...(ended !== undefined && { ended }),
  };
}

/**
 * Lets a request read and package only once. Otherwise a request that is reset in Temporal after
 * its delivery or its end would silently read and send everything again.
 *
 * @throws ApplicationFailure `answered-before`, unless an operator said that it must be done again
 */
export async function refuseTwice(store: Store, requestId: string, again = false): Promise<void> {
  const before = again ? undefined : await doneBefore(store, requestId);
  if (before === undefined) return;
  throw ApplicationFailure.create({
    type: 'answered-before',
    nonRetryable: true,
    message: 'A former run of this request has answered it or ended.',
    details: [before],
  });
}
