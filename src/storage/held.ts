import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { safeName, type Places } from './places.ts';
import { requestFile, requestsRemembered } from './people.ts';
import { packagesOf } from './removal.ts';

/** What the store holds of one request, its records not counted. */
export interface Held {
  readonly files: number;
  readonly bytes: number;
  /** When one of the files was last written, in milliseconds since 1970; 0 if there is none. */
  readonly writtenAt: number;
  /** Whether nothing but letters is left. */
  readonly onlyLetters: boolean;
  /** Whether the request's keyed hashes are stored; they are none of its files. */
  readonly remembered: boolean;
}

/** The IDs of all requests that have files in the store. A name that is no ID is left out. */
export async function requestsHeld(places: Places): Promise<string[]> {
  const folders = await Promise.all(
    ['work', 'inbox', 'outbox'].map((name) => listed(join(places.directory, name))),
  );
  const archives = (await listed(places.packages())).map(
    (name) => name.replace(/^\./, '').split('.')[0] ?? '',
  );
  return [...new Set([...folders.flat(), ...archives, ...(await requestsRemembered(places))])]
    .filter((id) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id))
    .sort();
}

/** How much the store holds of a request. Links are not followed. */
export async function measureHeld(places: Places, requestId: string): Promise<Held> {
  safeName(requestId, 'request ID');
  const others = await Promise.all(
    [places.work(requestId), places.inbox(requestId), ...(await packagesOf(places, requestId))].map(
      measure,
    ),
  );
  const letters = await measure(places.outbox(requestId));
  const sum = others.reduce(add, NOTHING);
  const remembered = await measure(requestFile(places, requestId));
  const { files, bytes, writtenAt } = add(sum, letters);
  return {
    files,
    bytes,
    writtenAt: Math.max(writtenAt, remembered.writtenAt),
    onlyLetters: sum.files === 0 && remembered.files === 0,
    remembered: remembered.files > 0,
  };
}

type Measure = Pick<Held, 'files' | 'bytes' | 'writtenAt'>;
const NOTHING: Measure = { files: 0, bytes: 0, writtenAt: 0 };
const add = (a: Measure, b: Measure): Measure => ({
  files: a.files + b.files,
  bytes: a.bytes + b.bytes,
  writtenAt: Math.max(a.writtenAt, b.writtenAt),
});

async function measure(path: string): Promise<Measure> {
  const facts = await lstat(path).catch(absent);
  if (facts === undefined) return NOTHING;
  if (!facts.isDirectory()) return { files: 1, bytes: facts.size, writtenAt: facts.mtimeMs };
  let sum = NOTHING;
  for (const name of await listed(path)) {
    sum = add(sum, await measure(join(path, name)));
  }
  return sum;
}

const listed = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException): string[] => absent(error) ?? []);

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
