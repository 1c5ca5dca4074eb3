import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it; does nothing if it is there.
 *
 * It does not use `mkdir` with `recursive`. If a parent is there and the system still says ENOENT,
 * as under /proc, Node tries again without end. That burns a core, and no signal stops it.
 *
 * @throws Error of the file system, such as `EROFS`, `EACCES`, `ENOSPC`, `ENOTDIR`
 */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (await isFolder(folder)) return;
    const above = dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw error;
    if (!(await isFolder(above))) await makeFolder(above, mode);
    // It tries once more even if the parent is there by now: another may have made it at this
    // moment.
    await mkdir(folder, { mode }).catch(async (again: unknown) => {
      // Another worker made it at the same moment.
      if (!(await isFolder(folder))) throw again;
    });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );

/** The same at once, for the start of a command. */
export function makeFolderSync(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (isFolderNow(folder)) return;
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    if (!isFolderNow(above)) makeFolderSync(above, mode);
    try {
      mkdirSync(folder, { mode });
    } catch (again) {
      if (!isFolderNow(folder)) throw again;
    }
  }
}

const isFolderNow = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
