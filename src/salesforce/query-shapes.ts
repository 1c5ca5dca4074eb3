import type { SystemErrorCode } from '../contract/errors/system-errors.ts';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { SystemFailure } from '../http/failure.ts';
import type { Column, Sql, SqlPage } from './data-cloud-query.ts';
import { listedRows, type PageRows } from './page-rows.ts';

/** The system that failures of queries name. */
export const SYSTEM = 'data-cloud';

/** One of the APIs that run SQL in Data Cloud. */
export interface QueryApi {
  /** Its path, for receipts; it holds no host. */
  readonly path: string;
  /**
   * The pages of one run of a query.
   *
   * @throws ResultExpired if the server no longer holds the result; SystemFailure
   */
  pages(sql: Sql, run: QueryRun): AsyncGenerator<SqlPage, void>;
}

/** The settings of one run of a query. */
export interface QueryRun {
  readonly dataSpace: string;
  readonly signal?: AbortSignal | undefined;
  readonly resume?: { readonly queryId: string; readonly offset: number } | undefined;
  readonly onWait?: (() => void) | undefined;
  readonly rowLimit: number;
}

/** The server has lost the result, or a piece of it that can be fetched only once. */
export class ResultExpired extends Error {
  readonly failure: SystemFailure;
  constructor({ facts }: SystemFailure) {
    super('the result of the query expired');
    this.failure = new SystemFailure({
      ...facts,
      kind: 'unavailable',
      action: 'The result expired twice while it was read.',
    });
  }
}

/**
 * Asks for a piece of a result by its query. @throws ResultExpired if the response has one of the
 * statuses in `gone`
 */
export async function fromResult<Answer>(
  ask: () => Promise<Answer>,
  gone: readonly number[] = [404, 410],
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SystemFailure && gone.includes(error.facts.status ?? 0)) {
      throw new ResultExpired(error);
    }
    throw error;
  }
}

/** A number of rows, as a number or as text. */
export const count = z.union([
  z.number().int().nonnegative(),
  z.string().regex(/^\d+$/).transform(Number),
]);
const toldShape = z.looseObject({
  queryId: z.string().min(1).nullish(),
  completionStatus: z.string().nullish(),
  rowCount: count.nullish(),
});

/** The state of a query, in the words of Query Connect and of V3. */
export interface Status {
  readonly queryId: string;
  readonly completionStatus: string;
  readonly rowCount: number | null;
}

/**
 * The status from one of these places, or from parts in several. The first ID of a V3 query comes
 * alone, and a later response need not repeat it.
 *
 * @param asked the query's ID, if we know it
 * @returns nothing if no place holds a status
 */
export function statusIn(places: readonly unknown[], asked?: string): Status | undefined {
  const told = places
    .map((place) => toldShape.safeParse(place))
    .flatMap((it) => (it.success ? [it.data] : []));
  const completionStatus = told.find((it) => it.completionStatus)?.completionStatus;
  const own = told.find((it) => it.queryId)?.queryId;
  const queryId = own ?? asked;
  if (queryId === undefined || (!completionStatus && !own)) return undefined;
  return {
    queryId,
    completionStatus: completionStatus ?? 'Running',
    rowCount: told.find((it) => typeof it.rowCount === 'number')?.rowCount ?? null,
  };
}

export const foreign = (code: SystemErrorCode): SystemFailure =>
  new SystemFailure({ kind: 'unreadable', system: SYSTEM, code });

/** An ID as a step of a path. One that is encoded already stays as it is. */
export function stepOf(id: string): string {
  try {
    return /%[0-9A-F]{2}/i.test(id) &&
      encodeURIComponent(decodeURIComponent(id)).toLowerCase() === id.toLowerCase()
      ? id
      : encodeURIComponent(id);
  } catch {
    return encodeURIComponent(id);
  }
}

const NO_ROWS = listedRows([]);

/** Whether all rows are there. @throws SystemFailure if the query ended without a result */
export function isProduced({ completionStatus }: Status): boolean {
  const said = completionStatus.toLowerCase().replaceAll('_', '');
  if (said === 'finished' || said === 'resultsproduced') return true;
  if (['running', 'runningorunspecified', 'unspecified'].includes(said)) return false;
  throw foreign('FOREIGN_STATUS');
}

/** Asks for the status until all rows are there, and returns the last one. */
export async function untilProduced(
  first: Status,
  statusOf: (queryId: string, waitTimeMs: number) => Promise<Status>,
  { onWait, signal }: QueryRun,
): Promise<Status> {
  let status = first;
  for (let pause = 100; !isProduced(status); pause = Math.min(pause * 2, 2000)) {
    onWait?.();
    const askedAt = performance.now();
    status = await statusOf(status.queryId, 10_000);
    // Otherwise we would ask a server that ignores `waitTimeMs` without pause.
    if (!isProduced(status) && performance.now() - askedAt < pause) {
      await sleep(pause, undefined, { signal });
    }
  }
  return status;
}

/** A piece of a result: its rows, and its columns if the response has them. */
export interface Piece {
  readonly rows?: PageRows | undefined;
  readonly columns?: readonly Column[] | undefined;
}

/**
 * The rows of a produced result. A count of zero may be left out, as every zero may in JSON that is
 * made from protocol buffers. Then the first page shows whether there are none.
 *
 * @throws SystemFailure `unreadable` if there are rows and no count of them
 */
export async function rowCountOf(
  { rowCount }: Status,
  first: Piece | undefined,
  ask: () => Promise<Piece>,
): Promise<{ readonly rowCount: number; readonly first: Piece | undefined }> {
  if (rowCount !== null) return { rowCount, first };
  const piece = first?.rows === undefined ? await ask() : first;
  if ((piece.rows?.count ?? 0) > 0) throw foreign('NO_ROW_COUNT');
  return { rowCount: 0, first: { rows: undefined, columns: piece.columns ?? first?.columns } };
}

/**
 * The piece, if it has as many rows as the response says. @throws SystemFailure `unreadable`
 * otherwise
 */
export function counted(piece: Piece, returned: number | null | undefined): Piece {
  if (typeof returned === 'number' && returned !== (piece.rows?.count ?? 0)) {
    throw foreign('ROWS_MISSING');
  }
  return piece;
}

/** A page of a result. */
export const pageOf = (page: Omit<SqlPage, 'rows'>): SqlPage => ({
  ...page,
  get rows() {
    return page.values.toArray();
  },
});

/**
 * The pages of a result that can be read from any row on. Each begins after the rows that came,
 * never after a fixed step.
 *
 * @param inline rows that came with the query, counted only if the result was complete by then
 * @throws SystemFailure `unreadable` if a page before the end comes empty
 */
export async function* pagesFrom(
  {
    queryId,
    rowCount,
    offset: start,
    inline,
  }: {
    queryId: string;
    rowCount: number;
    offset: number;
    inline: Piece | undefined;
  },
  rowsFrom: (offset: number, omitSchema: boolean) => Promise<Piece>,
): AsyncGenerator<SqlPage, void> {
  let columns = inline?.columns;
  let offset = start;
  if (rowCount === 0) {
    yield pageOf({ queryId, columns: columns ?? [], values: NO_ROWS, offset: 0, rowCount });
  }
  let coming: Promise<Piece> | undefined;
  for (
    let ready = inline?.rows === undefined ? undefined : inline;
    offset < rowCount;
    ready = undefined
  ) {
    const piece = ready ?? (await (coming ?? rowsFrom(offset, columns !== undefined)));
    columns ??= piece.columns;
    const values = piece.rows ?? NO_ROWS;
    if (values.count === 0 && ready !== undefined) continue;
    const page = pageOf({
      queryId,
      columns: checked(columns, values, offset, rowCount),
      values,
      offset,
      rowCount,
    });
    offset += values.count;
    // The next page is fetched while this one is written. If that fails, the failure is raised when
    // the page is asked for.
    coming = offset < rowCount ? rowsFrom(offset, true) : undefined;
    coming?.catch(() => undefined);
    if (coming !== undefined) await untilSent();
    yield page;
  }
}

/**
 * Waits the turns of the event loop that a call needs to leave, because work on a page would delay
 * it. undici takes one turn before it uses a connection again.
 */
async function untilSent(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** @throws SystemFailure `unreadable` if the page cannot be a piece of the result */
function checked(
  columns: readonly Column[] | undefined,
  { count: rows, width }: PageRows,
  offset: number,
  rowCount: number,
): readonly Column[] {
  if (columns === undefined) throw foreign('NO_COLUMNS');
  if (rows === 0) throw foreign('EMPTY_PAGE');
  if (offset + rows > rowCount) throw foreign('TOO_MANY_ROWS');
  if (width !== columns.length) throw foreign('FOREIGN_SHAPE');
  return columns;
}
