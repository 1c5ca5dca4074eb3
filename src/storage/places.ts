import { constants } from 'node:fs';
import { chmod, lstat, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { isPackagePath, isSafeName } from '../contract/package-path.ts';

/** Only the owner may open folders. */
export const FOLDER_MODE = 0o700;
/** Only the owner may read files. */
export const FILE_MODE = 0o600;
/** Opens no symbolic link. */
export const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** The folders and files under the data directory. */
export interface Places {
  readonly directory: string;
  work(requestId: string): string;
  files(requestId: string): string;
  receipts(requestId: string): string;
  inbox(requestId: string): string;
  outbox(requestId: string): string;
  packages(): string;
  records(): string;
  /** Requests by the hashes of their identifiers. */
  people(): string;
}

/**
 * The places of one data directory. Each throws a RangeError for a request ID that is no safe name.
 */
export function placesIn(directory: string): Places {
  const root = resolve(directory);
  const of = (folder: string, requestId: string, ...rest: string[]) =>
    join(root, folder, safeName(requestId, 'request ID'), ...rest);
  return {
    directory: root,
    work: (requestId) => of('work', requestId),
    files: (requestId) => of('work', requestId, 'files'),
    receipts: (requestId) => of('work', requestId, 'receipts'),
    inbox: (requestId) => of('inbox', requestId),
    outbox: (requestId) => of('outbox', requestId),
    packages: () => join(root, 'packages'),
    records: () => join(root, 'records'),
    people: () => join(root, 'people'),
  };
}

/** `name` itself. @throws RangeError if it could lead out of a folder */
export function safeName(name: string, what: string): string {
  if (!isSafeName(name)) {
    throw new RangeError(
      `This ${what} is no safe file name: use letters, digits, ".", "_" and "-" only.`,
    );
  }
  return name;
}

/** `path` itself. @throws RangeError if it is absolute, climbs, or holds unsafe characters */
export function packagePath(path: string): string {
  if (!isPackagePath(path)) {
    throw new RangeError(
      `"${path}" is no package path: use safe names joined by "/", never absolute, never "..".`,
    );
  }
  return path;
}

/**
 * Makes the folder of `file` and all above it up to `root`, and checks that none of them is a
 * symbolic link.
 *
 * @throws Error if a link would lead out of `root`
 */
export async function makeFolderOf(root: string, file: string): Promise<void> {
  const folder = dirname(file);
  const isNew = !(await exists(folder));
  await makeFolder(folder, FOLDER_MODE);
  if (isNew) await closeToOthers(root);
  await refuseLinks(root, folder);
}

/**
 * Takes from others the right to look into a folder, even one that was there before. A folder of
 * another owner stays as it is.
 */
export async function closeToOthers(folder: string): Promise<void> {
  await chmod(folder, FOLDER_MODE).catch((error: NodeJS.ErrnoException) => {
    if (!['EPERM', 'ENOTSUP', 'EROFS'].includes(error.code ?? '')) throw error;
  });
}

/**
 * @throws Error if `path`, which is under `root`, is reached through a symbolic link below `root`
 */
export async function refuseLinks(root: string, path: string): Promise<void> {
  const [realRoot, real] = await Promise.all([realpath(root), realpath(path)]);
  if (real !== realRoot + path.slice(root.length)) {
    throw new Error(
      `The store holds a symbolic link below ${root}, and links are never followed. Replace ` +
        'it by a real folder.',
    );
  }
}

/** Whether `path` is `folder` or is in it; both real and absolute. */
export const liesIn = (folder: string, path: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Whether something is there, a dangling link too. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}
