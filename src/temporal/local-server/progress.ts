import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds between two lines. */
const EVERY = 2_000;
const MB = 1_000_000;

/**
 * Runs a download, and reports its progress every two seconds: the size of the file or folder
 * `where`, and the percentage of `size` bytes. If nothing can be measured, it reports the seconds.
 */
export async function told<Result>(
  tell: ((line: string) => void) | undefined,
  where: string | undefined,
  size: number | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  if (tell === undefined) return work();
  const began = Date.now();
  const timer = setInterval(() => {
    void (where === undefined ? Promise.resolve(0) : sizeOf(where)).then((bytes) =>
      tell(lineOf(bytes, size, Date.now() - began)),
    );
  }, EVERY);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The progress: ` 34 of 57 MB, 60 %, 12 s`. */
export function lineOf(bytes: number, size: number | undefined, milliseconds: number): string {
  const seconds = `${Math.round(milliseconds / 1000)} s`;
  if (bytes === 0) return `  … ${seconds}`;
  const megabytes = Math.round(bytes / MB);
  return size === undefined
    ? `  ${megabytes} MB, ${seconds}`
    : `  ${megabytes} of ${Math.round(size / MB)} MB, ${Math.floor((bytes / size) * 100)} %, ${seconds}`;
}

/**
 * Bytes of a file, or of all files below a folder. A file that disappears meanwhile counts as 0.
 */
async function sizeOf(path: string): Promise<number> {
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.size;
  const names = await readdir(path).catch(() => []);
  return (await Promise.all(names.map((name) => sizeOf(join(path, name))))).reduce(
    (sum, bytes) => sum + bytes,
    0,
  );
}
