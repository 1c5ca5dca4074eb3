import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { openWorld } from '../support/world.ts';
import { workflowIdOf } from '../../src/contract/contract.ts';
import { personWithVisits } from '../stories/people.ts';
import { BARE_QUEUE } from './bare-queue.ts';
import { startBenchWorker } from './bench-worker.ts';

/** How many requests are finished in a second, beside workflows that do nothing. */
export interface Throughput {
  readonly requests: number;
  /** Of one request, and of one bare workflow. */
  readonly activities: number;
  readonly requestSeconds: number;
  readonly requestsPerSecond: number;
  readonly bareSeconds: number;
  readonly barePerSecond: number;
  /** Requests for one bare workflow. */
  readonly ratio: number;
}

/** Requests that are open at the same time. */
const AT_ONCE = 20;

/**
 * Finishes so many requests of a small profile, from the look-up to the deletion of the package,
 * then as many workflows with the same number of activities that do nothing, on the same server.
 */
export async function measureThroughput(requests: number): Promise<Throughput> {
  const world = await openWorld({
    seed: personWithVisits({ email: 'vera@example.com', partyId: 'P-1', visits: 20 }),
    policy: { retention: '0d' },
    worker: false,
  });
  const worker = await startBenchWorker(world);
  try {
    const finish = async (requestId: string) =>
      (await world.start({ requestId, subject: { emails: ['vera@example.com'] } })).result();
    await finish('WARM-UP');
    const activities = await activitiesOf(world.client, 'WARM-UP');
    const requestSeconds = await inParallel(requests, (index) => finish(`B-${index}`));
    await worker.stop();
    const bareSeconds = await bare(
      new Client({ connection: world.server.connection }),
      world.server.address,
      { requests, activities },
    );
    const [requestsPerSecond, barePerSecond] = [requests / requestSeconds, requests / bareSeconds];
    return {
      requests,
      activities,
      requestSeconds,
      requestsPerSecond,
      bareSeconds,
      barePerSecond,
      ratio: requestsPerSecond / barePerSecond,
    };
  } finally {
    await worker.stop();
    await world.stop();
  }
}

async function bare(
  client: Client,
  address: string,
  { requests, activities }: { requests: number; activities: number },
): Promise<number> {
  const child = fork(fileURLToPath(new URL('./bare-worker.js', import.meta.url)), [address]);
  await once(child, 'message');
  const finish = (workflowId: string) =>
    client.workflow.execute('bare', { workflowId, taskQueue: BARE_QUEUE, args: [activities] });
  await finish('bare-warm-up');
  const seconds = await inParallel(requests, (index) => finish(`bare-${index}`));
  child.disconnect();
  await once(child, 'exit');
  return seconds;
}

async function activitiesOf(client: Client, requestId: string): Promise<number> {
  const { events } = await client.workflow.getHandle(workflowIdOf(requestId)).fetchHistory();
  return (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes).length;
}

/** Seconds in which so many works are done. */
async function inParallel(
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, count) }, async () => {
      while (next < count) {
        await work((next += 1));
      }
    }),
  );
  return (performance.now() - startedAt) / 1000;
}
