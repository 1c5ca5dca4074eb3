import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storageWords } from '../contract/own-failure.ts';
import { makeFolder } from './make-folder.ts';
import { FILE_MODE, FOLDER_MODE } from './places.ts';

/** The storage cannot be used. The message names the folder and the system's code. */
export class StorageUnusable extends Error {
  readonly directory: string;
  readonly actions: readonly string[];
  constructor(directory: string, error: NodeJS.ErrnoException) {
    const words = storageWords(error.code);
    super(
      words === undefined
        ? `The storage ${directory} cannot be used (${error.code ?? error.name}).`
        : `${directory}: ${words.what}`,
      { cause: error },
    );
    this.name = 'StorageUnusable';
    this.directory = directory;
    this.actions = [
      words?.cure ?? "See why the worker's user cannot write there.",
      'Or name another place under storage.directory.',
    ];
  }
}

/** Milliseconds that a disk may take: a disk that hangs cannot be used. */
const PATIENCE = 20_000;

/**
 * Does what every step does: makes the folder, writes a file, renames it, deletes it.
 *
 * @throws StorageUnusable if one of them fails, or the disk does not answer within 20 seconds
 */
export async function probeStorage(directory: string, patience = PATIENCE): Promise<void> {
  const name = join(directory, `.probe-${process.pid}-${randomBytes(4).toString('hex')}`);
  const work = (async () => {
    try {
      await makeFolder(directory, FOLDER_MODE);
      const handle = await open(`${name}.part`, 'wx', FILE_MODE);
      try {
        await handle.writeFile('probe');
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(`${name}.part`, name);
      await rm(name);
    } catch (error) {
      await rm(`${name}.part`, { force: true }).catch(() => undefined);
      throw new StorageUnusable(directory, error as NodeJS.ErrnoException);
    }
  })();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new StorageUnusable(
            directory,
            Object.assign(new Error('no answer'), {
              code: `no answer within ${patience / 1000} s`,
            }),
          ),
        ),
      patience,
    );
  });
  work.catch(() => undefined);
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
