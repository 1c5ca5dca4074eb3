import type { FileSink } from '../spi.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import { jsonOf } from './table-text.ts';

/**
 * The progress of a file of records. `names`: the fields seen so far. Small enough for a heartbeat.
 */
export interface RecordMark {
  readonly bytes: number;
  readonly rows: number;
  readonly names: readonly string[];
}

/** Nested records as NDJSON, each as the cloud sent it. The file is opened at its first record. */
export interface RecordFile {
  add(records: readonly object[]): Promise<void>;
  /** Flushes, and returns a resume point; nothing before the first record. */
  mark(): Promise<RecordMark | undefined>;
  names(): string[];
  /** Nothing if there was no record. */
  finish(): Promise<FileReceipt | undefined>;
  discard(): Promise<void>;
}

/**
 * @throws Error with code `cannot-resume` at the first record, if the bytes up to `from` are no
 *   longer there
 */
export async function openRecords(
  sink: FileSink,
  path: string,
  table: string,
  from?: RecordMark,
): Promise<RecordFile> {
  const names = new Set(from?.names);
  let rows = from?.rows ?? 0;
  const start = (resumeAt?: number) =>
    sink.open(path, {
      mediaType: 'application/x-ndjson',
      table,
      ...(resumeAt !== undefined && { resumeAt }),
    });
  let file = from === undefined ? undefined : await start(from.bytes);
  return {
    async add(records) {
      if (records.length === 0) return;
      file ??= await start();
      await file.write(records.map((record) => `${jsonOf(record)}\n`).join(''));
      for (const record of records) {
        for (const name of Object.keys(record)) {
          names.add(name);
        }
      }
      rows += records.length;
    },
    mark: async () =>
      file === undefined ? undefined : { bytes: await file.flush(), rows, names: [...names] },
    names: () => [...names],
    finish: async () => file?.finish(rows),
    discard: async () => file?.discard(),
  };
}
