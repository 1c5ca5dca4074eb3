import type { SystemErrorCode } from '../contract/errors/system-errors.ts';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod';
import { SystemFailure } from '../http/failure.ts';
import type { Session } from './auth.ts';
import { jsonOf, type HttpStream } from '../http/transport.ts';
import { readAs } from './read-response.ts';

export interface BulkOptions {
  readonly system: string;
  readonly signal?: AbortSignal;
  /** Called each time the job is still at work, and at every piece of its results. */
  readonly onWait?: () => void;
  /** Deleted and archived records too. */
  readonly all?: boolean;
  /** Records to ask for in one page of results. */
  readonly maxRecords?: number;
}

/** A piece of a job's results: texts as its CSV holds them. An absent value is empty. */
export interface BulkRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const jobShape = z.looseObject({
  id: z.string().min(1),
  state: z.string(),
  numberRecordsProcessed: z.number().nullish(),
});

/** Rows that are handed on at a time. */
const PIECE = 1000;
const PAUSES = { first: 200, longest: 30_000 };

/**
 * Runs a query by Bulk API 2.0 and returns its rows in pieces, streamed, whatever their number. The
 * server deletes the job's results by itself after seven days.
 *
 * @throws SystemFailure; `rejected` if it refuses the query, or the job failed; `unreadable` if the
 *   results are not whole
 * @see Bulk API 2.0 Developer Guide, "Query Jobs"; read 2026-11
 */
export async function* bulkRows(
  session: Session,
  query: string,
  { system, signal, onWait, all = false, maxRecords = 50_000 }: BulkOptions,
): AsyncGenerator<BulkRows, void> {
  const base = `/services/data/v${session.apiVersion}/jobs/query`;
  const created = await session.call({
    system,
    signal,
    method: 'POST',
    path: base,
    body: {
      operation: all ? 'queryAll' : 'query',
      query,
      contentType: 'CSV',
      columnDelimiter: 'COMMA',
      lineEnding: 'LF',
    },
  });
  const job = `${base}/${encodeURIComponent(readAs(jobShape, jsonOf(system, created), system).id)}`;
  const { numberRecordsProcessed: processed } = await untilComplete(session, job, {
    system,
    signal,
    onWait,
  });
  let inAll = 0;
  let columns: readonly string[] | undefined;
  for (let locator: string | undefined; ;) {
    const asked = new URLSearchParams({
      maxRecords: String(maxRecords),
      ...(locator !== undefined && { locator }),
    });
    const page = await resultsOf(session, `${job}/results?${asked.toString()}`, { system, signal });
    let rows = 0;
    for await (const piece of piecesOf(system, page)) {
      // Every page begins with the header again.
      if (columns !== undefined && columns.join() !== piece.columns.join()) {
        throw foreign(system, 'OTHER_COLUMNS');
      }
      columns = piece.columns;
      rows += piece.rows.length;
      onWait?.();
      if (piece.rows.length > 0) yield piece;
    }
    const told = headerOf(page, 'sforce-numberofrecords');
    if (told !== undefined && Number(told) !== rows) throw foreign(system, 'ROWS_MISSING');
    inAll += rows;
    const next = headerOf(page, 'sforce-locator');
    // Without a locator the job's own count shows whether this was the last page.
    if (next === 'null' || (next === undefined && processed === inAll)) return;
    if (next === undefined) throw foreign(system, 'NO_LOCATOR');
    if (next === locator) throw foreign(system, 'PAGE_REPEATED');
    locator = next;
  }
}

const foreign = (system: string, code: SystemErrorCode): SystemFailure =>
  new SystemFailure({ kind: 'unreadable', system, code });

async function untilComplete(
  session: Session,
  job: string,
  { system, signal, onWait }: BulkOptions,
): Promise<z.infer<typeof jobShape>> {
  for (let pause = PAUSES.first; ; pause = Math.min(pause * 2, PAUSES.longest)) {
    const told = readAs(
      jobShape,
      jsonOf(system, await session.call({ system, signal, method: 'GET', path: job })),
      system,
    );
    const { state } = told;
    if (state === 'JobComplete') return told;
    if (state === 'Failed') {
      throw new SystemFailure({
        kind: 'rejected',
        system,
        code: 'BULK_JOB_FAILED',
        action: 'Look at the job in Setup under Bulk Data Load Jobs, then retry the system.',
      });
    }
    if (state === 'Aborted') {
      throw new SystemFailure({ kind: 'unavailable', system, code: 'BULK_JOB_ABORTED' });
    }
    if (state !== 'UploadComplete' && state !== 'InProgress') {
      throw foreign(system, 'FOREIGN_STATUS');
    }
    onWait?.();
    await sleep(pause, undefined, { signal }).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    });
  }
}

/**
 * A page of results. 409: another API version made the job; the next attempt makes one of its own.
 */
async function resultsOf(
  session: Session,
  path: string,
  { system, signal }: BulkOptions,
): Promise<HttpStream> {
  const page = await session
    .open({ system, signal, method: 'GET', path, headers: { accept: 'text/csv' } })
    .catch((error: unknown) => {
      throw error instanceof SystemFailure && error.facts.status === 409
        ? new SystemFailure({ ...error.facts, kind: 'unavailable' })
        : error;
    });
  if (/csv/i.test(page.contentType)) return page;
  page.body.destroy();
  throw foreign(system, 'NOT_CSV');
}

async function* piecesOf(system: string, { body }: HttpStream): AsyncGenerator<BulkRows, void> {
  const source = Readable.from(body);
  const parser = source.pipe(parse({ bom: true }));
  source.on('error', (error) => parser.destroy(error));
  let columns: readonly string[] | undefined;
  let rows: string[][] = [];
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (columns === undefined) columns = record;
      else rows.push(record);
      if (rows.length < PIECE) continue;
      yield { columns: columns ?? [], rows };
      rows = [];
    }
  } catch (error) {
    // Its message quotes what it could not read, and so the person.
    throw error instanceof CsvError ? foreign(system, 'NOT_CSV') : error;
  } finally {
    source.destroy();
  }
  if (columns !== undefined) yield { columns, rows };
}

function headerOf({ headers }: HttpStream, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
