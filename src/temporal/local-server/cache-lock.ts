import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN = 250;

/**
 * Runs `work` while no other process runs it under the same lock file. The lock of a dead process
 * is taken over. The lock only saves a second download. The cache is whole without it, because
 * folders are renamed into place.
 *
 * @throws whatever `work` throws
 */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(dirname(file), { recursive: true });
  while (!(await taken(file))) {
    if (await holderIsGone(file)) await rm(file, { force: true });
    else await sleep(LOOK_AGAIN);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderIsGone(file: string): Promise<boolean> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  // The file is empty for a moment after its creation.
  if (!Number.isInteger(pid) || pid <= 0) {
    await sleep(LOOK_AGAIN);
    return Number(await readFile(file, 'utf8').catch(() => '1')) === 0;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
