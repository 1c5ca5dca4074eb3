import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Seed } from '@dossier/salesforce-simulator';
import type { ChildFacts } from './simulator-child.ts';

/**
 * A simulator in a process of its own, so that serving takes nothing from reading, for the time of
 * `work`.
 */
export async function withSimulator<Result>(
  seed: Seed,
  work: (simulator: ChildFacts, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-bench-'));
  const child = fork(
    fileURLToPath(new URL('./simulator-child.js', import.meta.url)),
    [join(folder, 'simulator'), JSON.stringify(seed)],
    { execArgv: [] },
  );
  try {
    const [facts] = (await once(child, 'message')) as [ChildFacts];
    return await work(facts, folder);
  } finally {
    if (child.connected) child.disconnect();
    if (child.exitCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}
