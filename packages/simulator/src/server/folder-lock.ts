import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * When a process began, as the system prints it. Empty if there is no such process. It tells two
 * processes with the same number apart.
 */
const beginningOf = (pid: string): string =>
  spawnSync('ps', ['-o', 'lstart=', '-p', pid], { encoding: 'utf8' }).stdout?.trim() ?? '';

/**
 * Locks a folder for one simulator, so that a second one does not remove the database of the first.
 * Returns the function that unlocks it. The lock of a dead process is taken over.
 *
 * @throws Error if a running simulator has the folder
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'simulator.lock');
  if (existsSync(file)) {
    const [pid = '', began = ''] = (await readFile(file, 'utf8')).split('\n');
    if (/^\d+$/.test(pid) && began !== '' && beginningOf(pid) === began) {
      throw new Error(
        `${folder} is in use by a simulator that runs as process ${pid}; stop that one, or ` +
          'take another folder',
      );
    }
  }
  await writeFile(file, `${process.pid}\n${beginningOf(String(process.pid))}\n`);
  return () => rm(file, { force: true });
}
