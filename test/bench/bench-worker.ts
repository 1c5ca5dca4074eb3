import { join } from 'node:path';
import { startWorkerProcess, type WorkerProcess } from '../../src/cli/stack/worker-process.ts';
import type { World } from '../support/world.ts';

/** The production worker of a world, in a process of its own, with more options of Node. */
export const startBenchWorker = (
  world: World,
  options: readonly string[] = [],
): Promise<WorkerProcess> =>
  startWorkerProcess({
    config: join(world.folder, 'dossier.yaml'),
    log: join(world.folder, 'worker.log'),
    environment: { PATH: process.env.PATH, NODE_OPTIONS: options.join(' ') },
  });
