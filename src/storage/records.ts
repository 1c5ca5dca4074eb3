import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.ts';
import { makeFolderOf, safeName, type Places } from './places.ts';
import { writeFirst, writeWhole } from './write-file.ts';

/**
 * What the first run of a request leaves behind: a second one is refused even after the server
 * forgot the first.
 */
export interface RunRecord {
  /** The first execution's run ID: it stays the same when the workflow continues as new. */
  readonly runId: string;
  readonly at: string;
  readonly [fact: string]: unknown;
}

export type Claim = 'claimed' | 'same-run' | 'taken';

/**
 * Claims a request ID for one run, for ever. Exactly one of several runs that try at the same time
 * gets it.
 */
export async function claimRecord(
  places: Places,
  requestId: string,
  record: RunRecord,
): Promise<Claim> {
  const file = recordOf(places, requestId);
  await makeFolderOf(places.directory, file);
  if (await writeFirst(file, canonicalJson(record))) return 'claimed';
  const first = JSON.parse(await readFile(file, 'utf8')) as RunRecord;
  return first.runId === record.runId ? 'same-run' : 'taken';
}

/** The record of a request's first run, if there was one. */
export async function readRecord(
  places: Places,
  requestId: string,
): Promise<RunRecord | undefined> {
  return readFile(recordOf(places, requestId), 'utf8').then(
    (text) => JSON.parse(text) as RunRecord,
    absent,
  );
}

/**
 * Stores what was deleted, when and why. It outlives everything else of the request. Returns its
 * path.
 */
export async function putDeletionReceipt(
  places: Places,
  requestId: string,
  receipt: Readonly<Record<string, unknown>>,
): Promise<string> {
  const file = deletionOf(places, requestId);
  await makeFolderOf(places.directory, file);
  await writeWhole(file, `${canonicalJson(receipt)}\n`);
  return file;
}

/** The deletion receipt of a request, if it was deleted. */
export async function readDeletionReceipt(
  places: Places,
  requestId: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  return readFile(deletionOf(places, requestId), 'utf8').then(
    (text) => JSON.parse(text) as Record<string, unknown>,
    absent,
  );
}

/** An archive that was handed over. */
export interface Delivered {
  readonly uri: string;
  readonly sha256: string;
  readonly at: string;
}

/**
 * Records that an archive was handed over; the same one twice is one. The record outlives the
 * archive.
 */
export async function noteDelivered(
  places: Places,
  requestId: string,
  delivered: Delivered,
): Promise<void> {
  const known = await readDelivered(places, requestId);
  if (known.some(({ uri, sha256 }) => uri === delivered.uri && sha256 === delivered.sha256)) return;
  const file = deliveredOf(places, requestId);
  await makeFolderOf(places.directory, file);
  await writeWhole(file, `${canonicalJson([...known, delivered])}\n`);
}

/** Every archive of a request that was handed over. */
export async function readDelivered(
  places: Places,
  requestId: string,
): Promise<readonly Delivered[]> {
  return (
    (await readFile(deliveredOf(places, requestId), 'utf8').then(
      (text) => JSON.parse(text) as Delivered[],
      absent,
    )) ?? []
  );
}

const recordOf = (places: Places, requestId: string) =>
  join(places.records(), `${safeName(requestId, 'request ID')}.json`);
const deletionOf = (places: Places, requestId: string) =>
  join(places.records(), `${safeName(requestId, 'request ID')}.deletion.json`);
const deliveredOf = (places: Places, requestId: string) =>
  join(places.records(), `${safeName(requestId, 'request ID')}.delivered.json`);
const absent = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};
