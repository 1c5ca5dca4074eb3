import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetPerson } from './people.ts';
import { safeName, type Places } from './places.ts';

/** What was deleted, for a deletion receipt. */
export interface Removed {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Deletes the working copies and receipts of a request. Deleting again deletes nothing and counts
 * nothing.
 */
export const removeWorking = (places: Places, requestId: string): Promise<Removed> =>
  removeAll([places.work(requestId)]);

/**
 * Deletes all of a request but its records: working copies, inbox, outbox, packages, and the hashes
 * of its identifiers.
 */
export async function removeRequest(places: Places, requestId: string): Promise<Removed> {
  const packages = await packagesOf(places, requestId);
  await forgetPerson(places, requestId);
  return removeAll([
    places.work(requestId),
    places.inbox(requestId),
    places.outbox(requestId),
    ...packages,
  ]);
}

/** Deletes the same, but leaves the letters, which are still to be sent. */
export async function removeAllButLetters(places: Places, requestId: string): Promise<Removed> {
  const packages = await packagesOf(places, requestId);
  await forgetPerson(places, requestId);
  return removeAll([places.work(requestId), places.inbox(requestId), ...packages]);
}

/**
 * Deletes the archives of a request, with supplements and leftovers of an interrupted packaging.
 */
export const removePackages = async (places: Places, requestId: string): Promise<Removed> =>
  removeAll(await packagesOf(places, requestId));

/** The archives of a request, with the leftovers of an interrupted packaging. */
export async function packagesOf(places: Places, requestId: string): Promise<string[]> {
  const id = safeName(requestId, 'request ID');
  const names = await listed(places.packages());
  return names
    .filter((name) => name.startsWith(`${id}.`) || name.startsWith(`.${id}.`))
    .map((name) => join(places.packages(), name));
}

async function removeAll(paths: readonly string[]): Promise<Removed> {
  let files = 0;
  let bytes = 0;
  for (const path of paths) {
    const counted = await count(path);
    await rm(path, { recursive: true, force: true });
    files += counted.files;
    bytes += counted.bytes;
  }
  return { files, bytes };
}

async function count(path: string): Promise<Removed> {
  const facts = await lstat(path).catch(absent);
  if (facts === undefined) return { files: 0, bytes: 0 };
  if (!facts.isDirectory()) return { files: 1, bytes: facts.size };
  let files = 0;
  let bytes = 0;
  for (const name of await listed(path)) {
    const inner = await count(join(path, name));
    files += inner.files;
    bytes += inner.bytes;
  }
  return { files, bytes };
}

const listed = (folder: string) =>
  readdir(folder).catch((error: NodeJS.ErrnoException): string[] => absent(error) ?? []);

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
