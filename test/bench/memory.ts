import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { personWithVisits } from '../stories/people.ts';
import { openWorld } from '../support/world.ts';
import { startBenchWorker } from './bench-worker.ts';

/** What one request of a large profile takes. */
export interface ProfileCost {
  readonly rows: number;
  /** Of the worker's process, from its start to the delivered package. */
  readonly peakMegabytes: number;
  /** From the start of the request to the delivered package. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
}

/**
 * The worker's heap in megabytes at most. V8 collects late where it may: without a limit a peak
 * says how lazy it was.
 */
export const HEAP_LIMIT = 256;

/** Answers a request for a profile of so many rows by a fresh worker. */
export async function measureMemory(rows: number): Promise<ProfileCost> {
  const world = await openWorld({
    seed: personWithVisits({ email: 'vera@example.com', partyId: 'P-1', visits: rows }),
    worker: false,
  });
  const worker = await startBenchWorker(world, [`--max-old-space-size=${HEAP_LIMIT}`]);
  let peakMegabytes = 0;
  try {
    const startedAt = performance.now();
    await world.start({ requestId: 'R-1', subject: { emails: ['vera@example.com'] } });
    for (let stage = ''; stage !== 'delivered'; await sleep(100)) {
      peakMegabytes = Math.max(peakMegabytes, await memoryOf(worker.pid));
      ({ stage } = await world.status('R-1'));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      rows,
      peakMegabytes: Math.max(peakMegabytes, await memoryOf(worker.pid)),
      seconds,
      rowsPerSecond: rows / seconds,
    };
  } finally {
    await worker.stop();
    await world.stop();
  }
}

/** The peak in megabytes where the system keeps it, else what the process holds now. */
async function memoryOf(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    return (
      Number(/VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
    );
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}
