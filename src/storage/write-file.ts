import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FILE_MODE } from './places.ts';

/** A name beside `path` that nobody else writes to. */
export const besides = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);

/** Makes the entries of a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a small file whole or not at all; it replaces what was there. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await written(path, text, (part) => rename(part, path));
}

/** Writes a small file whole, unless there is one already. Returns whether it was written. */
export async function writeFirst(path: string, text: string): Promise<boolean> {
  return written(path, text, (part) => placeFirst(part, path)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

async function placeFirst(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    // Some file systems have no hard links.
    if (
      !['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(
        (error as NodeJS.ErrnoException).code ?? '',
      )
    ) {
      throw error;
    }
    await copyFile(part, path, constants.COPYFILE_EXCL);
  }
}

async function written(
  path: string,
  text: string,
  place: (part: string) => Promise<void>,
): Promise<void> {
  const part = besides(path);
  try {
    const handle = await open(part, 'wx', FILE_MODE);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await place(part);
    await syncFolder(dirname(path));
  } finally {
    await rm(part, { force: true });
  }
}
