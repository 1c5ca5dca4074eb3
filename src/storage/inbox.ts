import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileSink } from '../connectors/spi.ts';
import { foldedPath, folderOfSystem, safeNameFor } from '../contract/package-path.ts';
import type { FileReceipt } from '../contract/receipt.ts';
import { mediaTypeOf } from './media-type.ts';
import {
  exists,
  FILE_MODE,
  liesIn,
  makeFolderOf,
  NO_FOLLOW,
  safeName,
  type Places,
} from './places.ts';
import { besides } from './write-file.ts';

/** One file that a vendor's reply names. */
export interface InboxFile {
  readonly requestId: string;
  readonly system: string;
  readonly answerId: string;
  /** A `file://` URL, an absolute path, or a path inside the inbox of this request and system. */
  readonly uri: string;
  readonly sha256?: string;
  /** Other folders that the system's entry allows, absolute. */
  readonly allowed?: readonly string[];
  /** Package paths of this reply's earlier files, so that two files of one name stay two. */
  readonly taken?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * The file's place in the package, or why it was left alone. Reasons hold no path, because a
 * vendor's file names may name the person.
 */
export type Received =
  | { readonly path: string; readonly file: FileReceipt }
  | { readonly quarantined: string };

/**
 * Takes a vendor's file into the request's working files, if its place is allowed. It never opens
 * any other file.
 */
export async function receiveInboxFile(
  places: Places,
  sink: FileSink,
  given: InboxFile,
): Promise<Received> {
  const inbox = inboxOf(places, given.requestId, given.system);
  const found = await look(inbox, given);
  if ('quarantined' in found) return found;
  const handle = await open(
    found.path,
    constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0),
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') return undefined;
    throw error;
  });
  if (handle === undefined) {
    return { quarantined: 'may not be read by the worker; give its user read access' };
  }
  try {
    const now = await handle.stat();
    if (now.ino !== found.inode || now.dev !== found.device) {
      return { quarantined: 'was exchanged while it was being checked' };
    }
    // A reply without data has a state of its own (`nothing-held`), and is never shown as
    // delivered.
    if (now.size === 0) {
      return { quarantined: 'holds no byte: an answer without data is "nothing-held"' };
    }
    if (now.size > sink.mostBytes) {
      return {
        quarantined: `has ${now.size} bytes, and limits.fileGiB of dossier.yaml takes ${sink.mostBytes}`,
      };
    }
    return await take(handle, sink, given);
  } finally {
    await handle.close();
  }
}

/**
 * A copy of `localPath` in the inbox of a request and system. The same file copied twice is one
 * file. Another file of the same name gets another name.
 */
export async function copyToInbox(
  places: Places,
  requestId: string,
  system: string,
  localPath: string,
): Promise<{
  uri: string;
  path: string;
  sha256: string;
  bytes: number;
}> {
  const inbox = inboxOf(places, requestId, system);
  const wanted = safeNameFor(basename(localPath));
  const source = await open(localPath, 'r');
  const part = besides(join(inbox, wanted));
  try {
    if (!(await source.stat()).isFile()) {
      throw new Error(`${localPath} is no file; give the path of one file.`);
    }
    await makeFolderOf(places.directory, part);
    const { sha256, bytes } = await copy(source, part);
    const path = await freeName(inbox, wanted, sha256);
    await rename(part, path);
    return { uri: pathToFileURL(path).href, path, sha256, bytes };
  } finally {
    await source.close();
    await rm(part, { force: true });
  }
}

async function look(
  inbox: string,
  { uri, allowed = [], requestId, system }: InboxFile,
): Promise<
  | {
      path: string;
      inode: number;
      device: number;
    }
  | { quarantined: string }
> {
  const path = pathFrom(uri, inbox);
  if (path === undefined) {
    return { quarantined: 'is no file: give a path or a file:// URL of this machine' };
  }
  const [real, ...folders] = await Promise.all([
    realIfThere(path),
    ...[inbox, ...allowed].map(realIfThere),
  ]);
  const outside = {
    quarantined: `lies outside inbox/${requestId}/${system} and the folders that the system's entry allows`,
  };
  const among = (place: string) =>
    [inbox, ...allowed.map((folder) => resolve(folder)), ...folders].some(
      (folder) => folder !== undefined && liesIn(folder, place),
    );
  if (real === undefined) {
    return among(path) ? { quarantined: 'is not there, or its folder may not be read' } : outside;
  }
  if (!folders.some((folder) => folder !== undefined && liesIn(folder, real))) return outside;
  const realFolder = await realpath(dirname(path));
  const facts = await lstat(path);
  if (
    facts.isSymbolicLink() ||
    real !== join(realFolder, basename(path)) ||
    !folders.some(
      (folder) => folder === realFolder || (folder !== undefined && liesIn(folder, realFolder)),
    )
  ) {
    return { quarantined: 'is a symbolic link; links are never followed' };
  }
  if (!facts.isFile()) return { quarantined: 'is no regular file' };
  if (facts.nlink > 1) {
    return { quarantined: 'is a hard link, which may lead anywhere; copy the file instead' };
  }
  return { path: real, inode: facts.ino, device: facts.dev };
}

async function take(handle: FileHandle, sink: FileSink, given: InboxFile): Promise<Received> {
  const taken = new Set(given.taken?.map(foldedPath));
  const folder = `systems/${folderOfSystem(given.system)}/${safeName(given.answerId, 'answer ID')}`;
  const path = firstFree(
    safeNameFor(nameIn(given.uri)),
    (name) => taken.has(foldedPath(`${folder}/${name}`)),
    (name) => `${folder}/${name}`,
  );
  const file = await sink.open(path, { mediaType: mediaTypeOf(path) });
  const hash = createHash('sha256');
  try {
    for await (const chunk of handle.createReadStream({
      start: 0,
      autoClose: false,
      ...(given.signal && { signal: given.signal }),
    })) {
      hash.update(chunk as Buffer);
      await file.write(chunk as Buffer);
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
  const sha256 = hash.digest('hex');
  if (given.sha256 !== undefined && given.sha256 !== sha256) {
    await file.discard();
    return { quarantined: `has the SHA-256 ${sha256}, and the answer says ${given.sha256}` };
  }
  return { path, file: await file.finish() };
}

async function copy(source: FileHandle, part: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const target = await open(part, 'wx', FILE_MODE);
  let bytes = 0;
  try {
    for await (const chunk of source.createReadStream({ start: 0, autoClose: false })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      await target.appendFile(chunk as Buffer);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function freeName(folder: string, wanted: string, sha256: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, numbered(wanted, number));
    if (!(await exists(path)) || (await sha256Of(path)) === sha256) return path;
  }
}

async function sha256Of(path: string): Promise<string | undefined> {
  if (!(await lstat(path)).isFile()) return undefined;
  const hash = createHash('sha256');
  const handle = await open(path, constants.O_RDONLY | NO_FOLLOW);
  for await (const chunk of handle.createReadStream()) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

function firstFree(
  wanted: string,
  isTaken: (name: string) => boolean,
  placed: (name: string) => string,
): string {
  let number = 1;
  while (isTaken(numbered(wanted, number))) {
    number++;
  }
  return placed(numbered(wanted, number));
}

/** `export.csv`, then `export-2.csv`. */
function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}

const inboxOf = (places: Places, requestId: string, system: string) =>
  join(places.inbox(requestId), folderOfSystem(system));

function pathFrom(uri: string, inbox: string): string | undefined {
  if (uri.includes('\0')) return undefined;
  if (/^file:/i.test(uri)) {
    try {
      return fileURLToPath(uri);
    } catch (error) {
      if (error instanceof TypeError || error instanceof URIError) return undefined;
      throw error;
    }
  }
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(uri) ? undefined : resolve(inbox, uri);
}

const nameIn = (uri: string) => basename(/^file:/i.test(uri) ? fileURLToPath(uri) : uri);

async function realIfThere(path: string): Promise<string | undefined> {
  return realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (
      error.code === 'ENOENT' ||
      error.code === 'ENOTDIR' ||
      error.code === 'ELOOP' ||
      error.code === 'EACCES' ||
      error.code === 'ENAMETOOLONG'
    ) {
      return undefined;
    }
    throw error;
  });
}
