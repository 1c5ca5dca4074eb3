import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.ts';
import { makeFolderOf, safeName, type Places } from './places.ts';
import { writeFirst, writeWhole } from './write-file.ts';

/**
 * The identifiers of a request, as keyed hashes alone: a reader of the data directory must not
 * learn an address from it.
 */
export interface Remembered {
  /** When the request was registered. */
  readonly at: string;
  /** HMAC-SHA-256 in hex, 64 characters each. */
  readonly hashes: readonly string[];
}

/** Another request that is about one of the same identifiers, and when it was registered. */
export interface AboutTheSame {
  readonly requestId: string;
  readonly at: string;
}

/** The most requests that one look returns: the newest. */
const MOST = 20;

/**
 * Stores a request's hashes, so that later requests of the same person are noticed. Storing them
 * again changes nothing.
 */
export async function rememberPerson(
  places: Places,
  requestId: string,
  { at, hashes }: Remembered,
): Promise<void> {
  // First, because the removal finds everything else by it.
  const file = requestFile(places, requestId);
  const before = await readRemembered(places, requestId);
  await makeFolderOf(places.directory, file);
  const all = [...new Set([...(before?.hashes ?? []), ...hashes])].sort();
  // A request that is reset is registered again, and changes nothing.
  if (all.length !== before?.hashes.length) {
    await writeWhole(file, canonicalJson({ at: before?.at ?? at, hashes: all }));
  }
  for (const hash of hashes) {
    await mark(places, hash, requestId);
  }
}

/** Other requests that share one of the hashes, the newest first, 20 at most. */
export async function aboutTheSame(
  places: Places,
  requestId: string,
  hashes: readonly string[],
): Promise<AboutTheSame[]> {
  const ids = new Set(
    (await Promise.all(hashes.map((hash) => listed(hashFolder(places, hash))))).flat(),
  );
  ids.delete(requestId);
  const found = await Promise.all(
    [...ids].map(async (id) => ({ requestId: id, at: (await readRemembered(places, id))?.at })),
  );
  const known = found.flatMap(({ requestId: id, at }) =>
    at === undefined ? [] : [{ requestId: id, at }],
  );
  return known
    .sort((a, b) => b.at.localeCompare(a.at) || a.requestId.localeCompare(b.requestId))
    .slice(0, MOST);
}

/** Removes a request's hashes; does nothing if there are none. */
export async function forgetPerson(places: Places, requestId: string): Promise<void> {
  for (const hash of (await readRemembered(places, requestId))?.hashes ?? []) {
    await rm(join(hashFolder(places, hash), safeName(requestId, 'request ID')), { force: true });
    await rmdir(hashFolder(places, hash)).catch((error: NodeJS.ErrnoException) => {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code ?? '')) throw error;
    });
  }
  await rm(requestFile(places, requestId), { force: true });
}

/** The requests whose hashes are stored. */
export const requestsRemembered = async (places: Places): Promise<string[]> =>
  (await listed(join(places.people(), 'requests')))
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length));

/** The file with a request's hashes. */
export const requestFile = (places: Places, requestId: string): string =>
  join(places.people(), 'requests', `${safeName(requestId, 'request ID')}.json`);

/**
 * The key of hashes if payloads have none, 32 bytes. It is made once, and only the owner may read
 * it.
 */
export async function ownPersonKey(places: Places): Promise<Buffer> {
  const file = join(places.people(), 'key');
  const read = () => readFile(file, 'utf8').then((text) => Buffer.from(text, 'base64'));
  return read().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await makeFolderOf(places.directory, file);
    await writeFirst(file, randomBytes(32).toString('base64'));
    return read();
  });
}

async function readRemembered(places: Places, requestId: string): Promise<Remembered | undefined> {
  return readFile(requestFile(places, requestId), 'utf8').then(
    (text) => JSON.parse(text) as Remembered,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
}

async function mark(places: Places, hash: string, requestId: string): Promise<void> {
  const file = join(hashFolder(places, hash), safeName(requestId, 'request ID'));
  for (let more = 2; ; more -= 1) {
    await makeFolderOf(places.directory, file);
    try {
      await writeFirst(file, '');
      return;
    } catch (error) {
      // At this moment another request, the last one under this hash, was forgotten, and its
      // removal took the folder along.
      if (more === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

const hashFolder = (places: Places, hash: string): string =>
  join(places.people(), 'hashes', safeName(hash, 'hash'));

const listed = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.filter((name) => !name.startsWith('.')),
    (error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
