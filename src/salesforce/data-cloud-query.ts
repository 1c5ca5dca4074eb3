import { SystemFailure } from '../http/failure.ts';
import type { PageRows } from './page-rows.ts';
import { ResultExpired, type QueryApi } from './query-shapes.ts';
import { withoutControls } from './sql-parameters.ts';

/** A query with named placeholders: `:name` in the text means `parameters.name`. */
export interface Sql {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * A piece of a result. A page with `offset` 0 begins anew: the rows of earlier pages, if any, no
 * longer count.
 */
export interface SqlPage {
  readonly queryId: string;
  readonly columns: readonly Column[];
  /** The rows as they came, their values in the order of `columns`. */
  readonly values: PageRows;
  /**
   * The same rows as values that are made on demand, for look-ups. A number that a double cannot
   * hold is a `LosslessNumber`.
   */
  readonly rows: readonly (readonly unknown[])[];
  /** Rows before this page. */
  readonly offset: number;
  /** Rows of the whole result; null if the API does not say before its end. */
  readonly rowCount: number | null;
}

export interface QueryOptions {
  readonly dataSpace: string;
  readonly signal?: AbortSignal;
  /** Goes on after the rows that are already there, while the server still holds the result. */
  readonly resume?: { readonly queryId: string; readonly offset: number };
  /** Called each time the server says that it still computes. */
  readonly onWait?: () => void;
  /** Rows to ask for per page. The server sends fewer, because it cuts pages by size. */
  readonly rowLimit?: number;
}

/** Which API runs queries: one of three, or the first of them that the org has. */
export type QueryWay = 'connect' | 'v3' | 'v2' | 'auto';
export type QueryApis = Readonly<Record<Exclude<QueryWay, 'auto'>, QueryApi>>;

/** Runs queries by one API. */
export interface QueryRunner {
  /**
   * The pages of a query, one at least.
   *
   * If the server no longer holds the result, the query is run again from the start, once. That
   * happens 24 hours after the query.
   *
   * @throws SystemFailure; `unreadable` if a page before the end comes empty
   */
  pages(sql: Sql, options: QueryOptions): AsyncGenerator<SqlPage, void>;
  /** The path of the API in use, as far as it is known yet. */
  path(): string;
}

/**
 * Runs queries by the API that the configuration names. `auto`: Query Connect, else V3, else V2; it
 * remembers which one answered.
 */
export function queryRunner(apis: QueryApis, way: QueryWay): QueryRunner {
  const order = way === 'auto' ? [apis.connect, apis.v3, apis.v2] : [apis[way]];
  let known: QueryApi | undefined = way === 'auto' ? undefined : apis[way];
  return {
    path: () => (known ?? apis.connect).path,
    async *pages(asked, options) {
      const sql = withoutControls(asked);
      if (known !== undefined) {
        yield* twice(known, sql, options);
        return;
      }
      let missing: unknown;
      for (const api of order) {
        const pages = twice(api, sql, options);
        const first = await pages.next().catch((error: unknown) => {
          if (!isMissing(error)) throw missing ?? error;
          missing ??= error;
        });
        if (first === undefined) continue;
        known = api;
        if (first.done !== true) yield first.value;
        yield* pages;
        return;
      }
      throw missing;
    },
  };
}

/** Whether an API is not there, or not for us. Other failures say nothing about the API. */
const isMissing = (error: unknown): boolean =>
  error instanceof SystemFailure &&
  (error.facts.kind === 'denied'
    ? error.facts.status === 403
    : [404, 405, 501].includes(error.facts.status ?? 0));

/** The pages of a query. If the result was lost, the query is run again from the start, once. */
async function* twice(
  api: QueryApi,
  sql: Sql,
  { rowLimit = ROWS, ...options }: QueryOptions,
): AsyncGenerator<SqlPage, void> {
  let expired = false;
  for (let resume = options.resume; ; resume = undefined) {
    try {
      yield* api.pages(sql, { ...options, rowLimit, resume });
      return;
    } catch (error) {
      if (!(error instanceof ResultExpired) || expired) {
        throw error instanceof ResultExpired ? error.failure : error;
      }
      expired = true;
    }
  }
}

/** Rows of a page, at most: more than fit into the two megabytes at which the server cuts pages. */
const ROWS = 50_000;

/** All rows of a small result. Holds them in memory: for look-ups, never for exports. */
export async function allRows(pages: AsyncIterable<SqlPage>): Promise<(readonly unknown[])[]> {
  let all: (readonly unknown[])[] = [];
  for await (const { offset, rows } of pages) {
    all = offset === 0 ? [...rows] : [...all, ...rows];
  }
  return all;
}
