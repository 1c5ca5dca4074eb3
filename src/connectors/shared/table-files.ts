import type { FileSink, OpenFile } from '../spi.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import { listedRows, type PageRows } from '../../salesforce/page-rows.ts';
import { csvHeader, csvWriter, ndjsonWriter } from './table-text.ts';

/**
 * The progress of the two files of a table: bytes flushed, and rows. Small enough for a heartbeat.
 */
export interface TableMark {
  readonly base: string;
  readonly ndjson: number;
  readonly csv: number;
  readonly rows: number;
}

/** The tables of an export, each as NDJSON and CSV. A table's files are opened at its first row. */
export interface TableFiles {
  /**
   * Adds rows to the table at `base`, a package path without ending. Values of a row beyond the
   * columns are ignored.
   */
  add(base: string, rows: readonly (readonly unknown[])[]): Promise<void>;
  /** Adds rows of a page as they came. `places` are their places in the page. */
  addFrom(base: string, page: PageRows, places: readonly number[]): Promise<void>;
  /** Flushes all and returns a resume point. */
  marks(): Promise<TableMark[]>;
  rowsOf(base: string): number;
  /** Goes back to an earlier resume point, and cuts off what was written since. */
  rewind(marks: readonly TableMark[]): Promise<void>;
  /** Finishes all files, in the order in which they were opened. */
  finish(): Promise<FileReceipt[]>;
  /** Closes all and keeps what was flushed, so that a later attempt can go on. */
  suspend(): Promise<void>;
  /** Closes and removes all that is not finished. */
  discard(): Promise<void>;
}

/**
 * Opens the tables of one export. With `resumeAt` it goes on after what an earlier attempt flushed.
 *
 * @throws Error with code `cannot-resume` if that is no longer there
 */
export async function openTables(
  sink: FileSink,
  table: string,
  columns: readonly string[],
  resumeAt: readonly TableMark[] = [],
): Promise<TableFiles> {
  const ndjson = ndjsonWriter(columns);
  const csv = csvWriter(columns.length);
  const open = new Map<
    string,
    {
      readonly ndjson: OpenFile;
      readonly csv: OpenFile;
      rows: number;
    }
  >();
  const start = async (base: string, mark?: TableMark) => {
    const ndjson = await sink.open(`${base}.ndjson`, {
      mediaType: 'application/x-ndjson',
      table,
      resumeAt: mark?.ndjson,
    });
    const csv = await sink
      .open(`${base}.csv`, { mediaType: 'text/csv', table, resumeAt: mark?.csv })
      .catch(async (error: unknown) => {
        await ndjson.discard();
        throw error;
      });
    const files = { ndjson, csv, rows: mark?.rows ?? 0 };
    open.set(base, files);
    if (mark === undefined) await csv.write(csvHeader(columns));
    return files;
  };
  const discard = async () => {
    for (const { ndjson, csv } of open.values()) {
      await ndjson.discard();
      await csv.discard();
    }
    open.clear();
  };
  const suspend = async () => {
    for (const { ndjson, csv } of open.values()) {
      await ndjson.suspend?.();
      await csv.suspend?.();
    }
    open.clear();
  };
  const resume = async (marks: readonly TableMark[]) => {
    try {
      for (const mark of marks) {
        await start(mark.base, mark);
      }
    } catch (error) {
      await discard();
      throw error;
    }
  };
  await resume(resumeAt);
  const addFrom: TableFiles['addFrom'] = async (base, page, places) => {
    if (places.length === 0) return;
    const files = open.get(base) ?? (await start(base));
    const [json, sheet] = [ndjson(page, places), csv(page, places)];
    files.rows += places.length;
    await Promise.all([files.ndjson.write(json.bytes), files.csv.write(sheet.bytes)]);
    json.giveBack();
    sheet.giveBack();
  };
  return {
    add: (base, rows) =>
      addFrom(
        base,
        listedRows(rows),
        rows.map((_, place) => place),
      ),
    addFrom,
    async marks() {
      const marks: TableMark[] = [];
      for (const [base, { ndjson, csv, rows }] of open) {
        marks.push({ base, ndjson: await ndjson.flush(), csv: await csv.flush(), rows });
      }
      return marks;
    },
    rowsOf: (base) => open.get(base)?.rows ?? 0,
    async rewind(marks) {
      const kept = new Set(marks.map(({ base }) => base));
      for (const [base, { ndjson, csv }] of open) {
        if (kept.has(base)) continue;
        await ndjson.discard();
        await csv.discard();
        open.delete(base);
      }
      await suspend();
      await resume(marks);
    },
    async finish() {
      const receipts: FileReceipt[] = [];
      for (const { ndjson, csv, rows } of open.values()) {
        receipts.push(...(await Promise.all([ndjson.finish(rows), csv.finish(rows)])));
      }
      open.clear();
      return receipts;
    },
    suspend,
    discard,
  };
}
