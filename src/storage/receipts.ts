import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Receipt, ReceiptRef } from '../contract/receipt.ts';
import { canonicalJson } from './canonical-json.ts';
import { exists, makeFolderOf, packagePath, type Places } from './places.ts';
import { syncFolder, writeWhole } from './write-file.ts';

/** A receipt is missing, or is not the one that the reference was made from. */
export class ReceiptLost extends Error {
  constructor(key: string, what: string) {
    super(`${key}: ${what}. Collect this system again.`);
    this.name = 'ReceiptLost';
  }
}

/**
 * Writes a receipt as canonical JSON, whole or not at all; it replaces one of the same name. From
 * then on its files survive a power cut.
 */
export async function putReceipt(
  places: Places,
  requestId: string,
  receipt: Receipt,
): Promise<ReceiptRef> {
  for (const { path } of receipt.files) {
    packagePath(path);
  }
  const file = join(places.receipts(requestId), `${fileNameOf(receipt.name)}.json`);
  const text = canonicalJson(receipt);
  await makeFolderOf(places.directory, file);
  for (const folder of new Set(
    receipt.files.map(({ path }) => join(places.files(requestId), dirname(path))),
  )) {
    if (await exists(folder)) await syncFolder(folder);
  }
  await writeWhole(file, text);
  const sum = (count: (file: Receipt['files'][number]) => number) =>
    receipt.files.reduce((total, each) => total + count(each), 0);
  return {
    name: receipt.name,
    system: receipt.system,
    key: `work/${requestId}/receipts/${basename(file)}`,
    sha256: sha256(text),
    files: receipt.files.length,
    bytes: sum(({ bytes }) => bytes),
    rows: rowsOf(receipt),
    withheldRows: receipt.withheldRows,
    ...(receipt.partial !== undefined && { partial: receipt.partial }),
    ...(receipt.answerId !== undefined && { answerId: receipt.answerId }),
  };
}

/** The receipt of a reference. @throws ReceiptLost if it is missing or was changed */
export async function getReceipt(places: Places, ref: ReceiptRef): Promise<Receipt> {
  const [, requestId, name] = /^work\/([^/]+)\/receipts\/([^/]+\.json)$/.exec(ref.key) ?? [];
  if (requestId === undefined || name === undefined) {
    throw new ReceiptLost(ref.key, 'is no key of a receipt');
  }
  const text = await readFile(join(places.receipts(requestId), name), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new ReceiptLost(ref.key, 'is not in the store') : error;
    },
  );
  if (sha256(text) !== ref.sha256) throw new ReceiptLost(ref.key, 'was changed after it was made');
  return JSON.parse(text) as Receipt;
}

/** Records that a receipt counts: a table that is there as NDJSON and as CSV counts once. */
export function rowsOf({ files }: Pick<Receipt, 'files'>): number {
  const tables = new Map(
    files.map(({ path, rows }) => [path.replace(/\.(ndjson|csv)$/, ''), rows ?? 0]),
  );
  return [...tables.values()].reduce((total, rows) => total + rows, 0);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** Receipt names may hold any character; file names may not. */
const fileNameOf = (name: string) =>
  encodeURIComponent(name)
    .replace(/[.!'()*~]/g, (character) =>
      character === '.' ? '.' : `%${character.charCodeAt(0).toString(16)}`,
    )
    .replace(/^\./, '%2e')
    .slice(0, 200);
