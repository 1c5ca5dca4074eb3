import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { SystemFailure } from '../domain/failure.ts';
import type { Session } from './auth.ts';
import { jsonOf } from './http.ts';
import { readAs } from './read-answer.ts';

/** A query with named placeholders: `:name` in the text stands for `parameters.name`. */
export interface Sql { readonly text: string; readonly parameters: Readonly<Record<string, string>> }

export interface Column { readonly name: string; readonly type: string }

/** A piece of a result. A page with `offset` 0 begins anew: the rows of earlier pages, if any, count no more. */
export interface SqlPage {
  readonly queryId: string;
  readonly columns: readonly Column[];
  /** Values in the order of `columns`; a number that a double cannot hold is a `LosslessNumber`. */
  readonly rows: readonly (readonly unknown[])[];
  /** Rows before this page. */
  readonly offset: number;
  /** Rows of the whole result. */
  readonly rowCount: number;
}

export interface QueryOptions {
  readonly dataSpace: string;
  readonly signal?: AbortSignal;
  /** Goes on behind the rows that are already there, while the server still holds the result. */
  readonly resume?: { readonly queryId: string; readonly offset: number };
  /** Called whenever the server said that it still computes. */
  readonly onWait?: () => void;
  /** Rows per page that are asked for; the server gives fewer where they are wide. */
  readonly rowLimit?: number;
}

const SYSTEM = 'data-cloud';
const count = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const statusShape = z.looseObject({ queryId: z.string().min(1), completionStatus: z.string(), rowCount: count.nullish() });
const statusAnswer = z.looseObject({ status: statusShape });
const columnsShape = z.array(z.looseObject({ name: z.string(), type: z.string() }));
const rowsAnswer = z.looseObject({ data: z.array(z.array(z.unknown())).nullish(), metadata: columnsShape.nullish() });
const submitAnswer = rowsAnswer.extend({ status: statusShape });
type Status = z.infer<typeof statusShape>;
type Rows = z.infer<typeof rowsAnswer>;

/**
 * Runs a query by Query Connect and gives its pages, one at least.
 *
 * Where the server no longer holds the result, as 24 hours after the query, it is run again from the start, once.
 *
 * @throws SystemFailure; `unreadable` if a page before the end comes empty
 * @see Data 360 Query Guide, "Query Connect": `/ssot/query-sql`; read 2026-11
 */
export async function* queryPages(session: Session, sql: Sql, options: QueryOptions): AsyncGenerator<SqlPage, void> {
  let expired = false;
  for (let resume = options.resume; ; resume = undefined) {
    try {
      yield* resultPages(session, sql, { ...options, resume });
      return;
    } catch (error) {
      if (!(error instanceof ResultExpired) || expired) throw error instanceof ResultExpired ? error.failure : error;
      expired = true;
    }
  }
}

/** The server no longer knows the result. */
class ResultExpired extends Error {
  readonly failure: SystemFailure;
  constructor({ facts }: SystemFailure) {
    super('the result of the query expired');
    this.failure = new SystemFailure({ ...facts, kind: 'unavailable', action: 'The result expired twice while it was read.' });
  }
}

async function* resultPages(session: Session, sql: Sql, { dataSpace, signal, resume, onWait, rowLimit = 2000 }: QueryOptions): AsyncGenerator<SqlPage, void> {
  const base = `/services/data/v${session.apiVersion}/ssot/query-sql`;
  const params = (more: Record<string, string> = {}) => new URLSearchParams({ dataspace: dataSpace, workloadName: 'dossier', ...more }).toString();
  const resultOf = async (path: string) => {
    try {
      return jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal }));
    } catch (error) {
      if (error instanceof SystemFailure && (error.facts.status === 404 || error.facts.status === 410)) throw new ResultExpired(error);
      throw error;
    }
  };
  const statusOf = async (queryId: string, waitTimeMs: number): Promise<Status> =>
    readAs(statusAnswer, await resultOf(`${base}/${encodeURIComponent(queryId)}?${params({ waitTimeMs: String(waitTimeMs) })}`), SYSTEM).status;

  const submitted = resume === undefined
    ? readAs(submitAnswer, jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'POST', path: `${base}?${params()}`, body: bodyOf(sql, rowLimit), signal })), SYSTEM)
    : undefined;
  let status = submitted?.status ?? (await statusOf(resume?.queryId ?? '', 0));
  const producedAtOnce = isProduced(status);
  for (let pause = 100; !isProduced(status); pause = Math.min(pause * 2, 2000)) {
    onWait?.();
    const askedAt = performance.now();
    status = await statusOf(status.queryId, 10_000);
    // A server that ignores `waitTimeMs` would else be asked without pause.
    if (!isProduced(status) && performance.now() - askedAt < pause) await sleep(pause, undefined, { signal });
  }
  const { queryId } = status;
  const rowCount = status.rowCount ?? submitted?.status.rowCount;
  if (rowCount === null || rowCount === undefined) throw foreign('NO_ROW_COUNT');

  let columns = submitted?.metadata ?? undefined;
  let offset = resume?.offset ?? 0;
  if (rowCount === 0) yield { queryId, columns: columns ?? [], rows: [], offset: 0, rowCount };
  // Rows that came with the submission count only if the result was complete by then.
  for (let ready: Rows | undefined = producedAtOnce ? submitted : undefined; offset < rowCount; ready = undefined) {
    const asked = { offset: String(offset), rowLimit: String(rowLimit), ...(columns !== undefined && { omitSchema: 'true' }) };
    const page = ready ?? readAs(rowsAnswer, await resultOf(`${base}/${encodeURIComponent(queryId)}/rows?${params(asked)}`), SYSTEM);
    columns ??= page.metadata ?? undefined;
    const rows = page.data ?? [];
    if (rows.length === 0 && ready !== undefined) continue;
    yield { queryId, columns: checked(columns, rows, offset, rowCount), rows, offset, rowCount };
    offset += rows.length;
  }
}

const foreign = (code: string): SystemFailure => new SystemFailure({ kind: 'unreadable', system: SYSTEM, code });

/** @throws SystemFailure `unreadable` for a page that cannot be a piece of the result */
function checked(columns: readonly Column[] | undefined, rows: readonly unknown[][], offset: number, rowCount: number): readonly Column[] {
  if (columns === undefined) throw foreign('NO_COLUMNS');
  if (rows.length === 0) throw foreign('EMPTY_PAGE');
  if (offset + rows.length > rowCount) throw foreign('TOO_MANY_ROWS');
  if (rows.some((row) => row.length !== columns.length)) throw foreign('FOREIGN_SHAPE');
  return columns;
}

const bodyOf = ({ text, parameters }: Sql, rowLimit: number) => ({
  sql: text,
  rowLimit,
  sqlParameters: Object.entries(parameters).map(([name, value]) => ({ name, type: 'Varchar', value })),
});

/** @throws SystemFailure for a query that ended without a result */
function isProduced({ completionStatus }: Status): boolean {
  const said = completionStatus.toLowerCase().replaceAll('_', '');
  if (said === 'finished' || said === 'resultsproduced') return true;
  if (said === 'running' || said === 'runningorunspecified') return false;
  throw foreign('FOREIGN_STATUS');
}

/** All rows of a small result. Holds them in memory: for look-ups, never for exports. */
export async function allRows(pages: AsyncIterable<SqlPage>): Promise<(readonly unknown[])[]> {
  let all: (readonly unknown[])[] = [];
  for await (const { offset, rows } of pages) all = offset === 0 ? [...rows] : [...all, ...rows];
  return all;
}
