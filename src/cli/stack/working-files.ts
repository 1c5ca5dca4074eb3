import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { usage } from '../output/failures.ts';

/** A request's working files: their folder, and each by its package path. */
export interface WorkingFiles {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/**
 * The working files of a request in a data directory on this machine. The list is empty if none
 * were exported yet, or if they were deleted. Files that a crashed attempt left incomplete are not
 * among them.
 *
 * @throws DossierError `usage` for an invalid ID
 */
export async function workingFiles(directory: string, requestId: string): Promise<WorkingFiles> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(requestId)) {
    throw usage(`"${requestId}" is no request ID.`, '<id>');
  }
  const folder = join(directory, 'work', requestId, 'files');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw usage(`${folder} cannot be read (${error.code}).`, folder, [
        "Run it on the machine of the data directory, as the worker's user.",
      ]);
    },
  );
  const paths = entries
    .filter((it) => it.isFile() && !it.name.startsWith('.') && !it.name.endsWith('.part'))
    .map((it) => join(it.parentPath, it.name))
    .toSorted();
  return {
    folder,
    files: await Promise.all(
      paths.map(async (path) => ({ path: relative(folder, path), bytes: (await stat(path)).size })),
    ),
  };
}
