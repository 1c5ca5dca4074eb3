import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileSink, OpenFile } from '../connectors/spi.ts';
import type { FileReceipt } from '../contract/receipt.ts';
import { FILE_MODE, makeFolderOf, NO_FOLLOW, packagePath } from './places.ts';
import { besides } from './write-file.ts';

/** Bytes to gather before they go to the operating system. */
const GATHERED = 64 * 1024;

/**
 * Bytes as they are held until they are written. A large chunk is written before `write` resolves.
 * A small one waits for others, so it is copied, and its owner may use it again.
 */
const kept = (chunk: Uint8Array): Uint8Array =>
  chunk.length >= GATHERED ? chunk : Uint8Array.prototype.slice.call(chunk);

/** The bytes up to the resume point are gone; the file must be written from its first byte. */
export class CannotResume extends Error {
  readonly code = 'cannot-resume';
  constructor(path: string, resumeAt: number, held: number) {
    super(
      `${path}: cannot go on at byte ${resumeAt}, for only ${held} are held. Write it from the start.`,
    );
    this.name = 'CannotResume';
  }
}

/**
 * The largest file that is taken from others, in bytes: a larger one would hardly be about one
 * person. `limits.fileGiB` sets another bound.
 */
export const MOST_BYTES = 8 * 2 ** 30;

/** A sink that puts files under `folder`, by their package paths. `root` is the data directory. */
export function sinkIn(root: string, folder: string, mostBytes = MOST_BYTES): FileSink {
  return {
    mostBytes,
    async open(path, { mediaType, table, resumeAt = 0 }) {
      const target = join(folder, packagePath(path));
      await makeFolderOf(root, target);
      const part = partOf(target);
      const hash = createHash('sha256');
      const handle =
        resumeAt === 0 ? await startOver(part) : await goOn(path, target, resumeAt, hash);
      return openFile({ path, target, part, handle, hash, at: resumeAt, mediaType, table });
    },
  };
}

interface Opened {
  readonly path: string;
  readonly target: string;
  readonly part: string;
  readonly handle: FileHandle;
  readonly hash: Hash;
  readonly at: number;
  readonly mediaType: string;
  readonly table: string | undefined;
}

function openFile({ path, target, part, handle, hash, at, mediaType, table }: Opened): OpenFile {
  let written = at;
  let gathered: Uint8Array[] = [];
  let waiting = 0;
  let closed = false;
  let queue = Promise.resolve();

  const drain = async () => {
    if (waiting === 0) return;
    const [only] = gathered;
    const bytes =
      gathered.length === 1 && only !== undefined ? only : Buffer.concat(gathered, waiting);
    gathered = [];
    waiting = 0;
    for (let from = 0; from < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, from, bytes.length - from, written);
      from += bytesWritten;
      written += bytesWritten;
    }
  };
  const next = <Value>(step: () => Promise<Value>): Promise<Value> => {
    const result = queue.then(step);
    queue = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
  const close = async () => {
    closed = true;
    await handle.close();
  };
  const isStillOurs = async () => {
    const [ours, there] = await Promise.all([handle.stat(), stat(part).catch(() => undefined)]);
    return there !== undefined && there.ino === ours.ino && there.dev === ours.dev;
  };

  return {
    write: (chunk) =>
      next(async () => {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : kept(chunk);
        hash.update(bytes);
        gathered.push(bytes);
        waiting += bytes.length;
        if (waiting >= GATHERED) await drain();
      }),
    flush: () =>
      next(async () => {
        await drain();
        return written;
      }),
    finish: (rows) =>
      next(async (): Promise<FileReceipt> => {
        try {
          await drain();
          await handle.sync();
          if (!(await isStillOurs())) {
            throw new Error(`${path}: a later attempt writes this file; this one gives up.`);
          }
        } finally {
          await close();
        }
        await rename(part, target);
        return {
          path,
          bytes: written,
          sha256: hash.digest('hex'),
          ...(rows !== undefined && { rows }),
          mediaType,
          ...(table !== undefined && { table }),
        };
      }),
    suspend: () =>
      next(async () => {
        if (closed) return;
        await drain();
        await close();
      }),
    discard: () =>
      next(async () => {
        if (closed) return;
        const ours = await isStillOurs();
        await close();
        if (ours) await rm(part, { force: true });
      }),
  };
}

/** No package path has this name, because it begins with a dot. */
const partOf = (target: string) => join(dirname(target), `.${basename(target)}.part`);

/**
 * A new empty file. An attempt that hangs and wakes later still holds the old one, so it cannot
 * write into this one.
 */
async function startOver(part: string): Promise<FileHandle> {
  await rm(part, { force: true });
  return open(part, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW, FILE_MODE);
}

/**
 * Copies the kept prefix into a new file, and hashes it again. The prefix may be in the finished
 * file, if the end was reached but not reported.
 */
async function goOn(
  path: string,
  target: string,
  resumeAt: number,
  hash: Hash,
): Promise<FileHandle> {
  const part = partOf(target);
  const source = (await openToRead(part)) ?? (await openToRead(target));
  if (source === undefined) throw new CannotResume(path, resumeAt, 0);
  const copy = besides(target);
  const handle = await open(
    copy,
    constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW,
    FILE_MODE,
  );
  try {
    const { size } = await source.stat();
    if (size < resumeAt) throw new CannotResume(path, resumeAt, size);
    for await (const chunk of source.createReadStream({
      start: 0,
      end: resumeAt - 1,
      autoClose: false,
    })) {
      hash.update(chunk as Buffer);
      await handle.appendFile(chunk as Buffer);
    }
    await rename(copy, part);
    return handle;
  } catch (error) {
    await handle.close();
    await rm(copy, { force: true });
    throw error;
  } finally {
    await source.close();
  }
}

async function openToRead(path: string): Promise<FileHandle | undefined> {
  return open(path, constants.O_RDONLY | NO_FOLLOW).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
