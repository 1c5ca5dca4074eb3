import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it; nothing where it is there.
 *
 * Not by `mkdir` with `recursive`: where a parent is there and the system still says ENOENT, as under /proc, Node tries
 * again without end and burns a core that no signal stops.
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
    if (code !== 'ENOENT' || above === folder || (await isFolder(above))) throw error;
    await makeFolder(above, mode);
    await mkdir(folder, { mode }).catch(async (again: unknown) => {
      // Another worker made it at the same moment.
      if (!(await isFolder(folder))) throw again;
    });
  }
}

const isFolder = (path: string): Promise<boolean> => stat(path).then((facts) => facts.isDirectory(), () => false);

/** The same at once, for the start of a command. */
export function makeFolderSync(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (isFolderNow(folder)) return;
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder || isFolderNow(above)) throw error;
    makeFolderSync(above, mode);
    mkdirSync(folder, { mode });
  }
}

const isFolderNow = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
