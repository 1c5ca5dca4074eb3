import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { RequestStatus, Stage } from '../contract/status.ts';
import { DossierError } from './dossier-error.ts';
import { describeRequest, readStatus } from './read-status.ts';

/**
 * The stages at which a request needs nothing more: its package is delivered, or there will be
 * none.
 */
export const SETTLED: readonly Stage[] = ['delivered', 'closed', 'refused', 'withdrawn'];
/** The stages after which no other follows. */
export const ENDED: readonly Stage[] = ['closed', 'refused', 'withdrawn'];

/** How to watch a request. */
export interface WatchOptions {
  /**
   * `delivered` (the default): stop when the package is delivered or there will be none. `closed`:
   * continue until the very end.
   */
  readonly until?: 'delivered' | 'closed';
  /** Milliseconds between two looks; 500 by default. */
  readonly every?: number;
  readonly signal?: AbortSignal;
}

/**
 * The statuses of a request: the present one, then each that differs from the one before. It ends
 * by itself, or by the signal.
 */
export async function* watchRequest(
  client: Client,
  requestId: string,
  { until = 'delivered', every = 500, signal }: WatchOptions,
): AsyncGenerator<RequestStatus> {
  const last = until === 'delivered' ? SETTLED : ENDED;
  let seen = '';
  let given = '';
  for (;;) {
    if (signal?.aborted) return;
    // The description is cheap for the server and costs the worker nothing. The status is asked for
    // only if something changed.
    const { runId, historyLength, status } = await describeRequest(client, requestId);
    const mark = `${runId}/${historyLength}/${status.name}`;
    if (mark !== seen) {
      seen = mark;
      const now = await readStatus(client, requestId);
      const text = JSON.stringify(now);
      if (text !== given) {
        given = text;
        yield now;
      }
      if (last.includes(now.stage) || !['RUNNING', 'PAUSED'].includes(status.name)) return;
    }
    await sleep(every, undefined, { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  }
}

/**
 * Waits until the package is delivered, and returns that status.
 *
 * @throws DossierError `timeout` after `timeout` milliseconds; `closed` if the request ends without
 *   a package
 */
export async function waitForDelivery(
  client: Client,
  requestId: string,
  timeout: number | undefined,
): Promise<RequestStatus> {
  const patience = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  let last: RequestStatus | undefined;
  for await (const status of watchRequest(client, requestId, { signal: patience })) {
    last = status;
  }
  if (last?.package?.deliveredAt && SETTLED.includes(last.stage)) return last;
  const actions = [`Look at it: dossier request show ${requestId}`];
  if (patience?.aborted && !(last && SETTLED.includes(last.stage))) {
    const waiting =
      last === undefined
        ? ''
        : '; its stage is ' +
          `${last.stage}${last.waitingOn.length > 0 ? `, it waits for ${last.waitingOn.join(', ')}` : ''}`;
    throw new DossierError({
      code: 'timeout',
      message: `Request ${requestId} was not delivered within ${timeout} ms${waiting}.`,
      where: requestId,
      actions,
    });
  }
  throw new DossierError({
    code: 'closed',
    message: `Request ${requestId} ended without a package: ${last?.stage ?? 'unknown'}.`,
    where: requestId,
    actions,
  });
}
