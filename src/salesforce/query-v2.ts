import * as z from 'zod';
import { jsonOf } from '../http/transport.ts';
import type { Column } from './data-cloud-query.ts';
import { listedRows } from './page-rows.ts';
import {
  count,
  foreign,
  fromResult,
  pageOf,
  stepOf,
  SYSTEM,
  type QueryApi,
} from './query-shapes.ts';
import { readAs } from './read-response.ts';
import { withLiterals } from './sql-parameters.ts';
import type { Tenant } from './tenant.ts';

const path = '/api/v2/query';
const rows = z.custom<readonly (unknown[] | Record<string, unknown>)[]>(
  (value) => Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null),
);
const batchAnswer = z.looseObject({
  data: rows.nullish(),
  queryId: z.string().nullish(),
  nextBatchId: z.string().nullish(),
  rowCount: count.nullish(),
  done: z.boolean().nullish(),
  metadata: z
    .record(
      z.string(),
      z.looseObject({ type: z.string(), placeInOrder: z.number().int().nonnegative() }),
    )
    .nullish(),
});
type Columns = z.infer<typeof batchAnswer>['metadata'];

/**
 * Query V2, for orgs without a newer API. Its batches come once and forward only: a run that stops
 * amid them begins anew.
 *
 * @see Data 360 Query Guide, "Query API V2"; read 2026-11
 */
export function queryV2(tenant: Tenant): QueryApi {
  return {
    path,
    async *pages(sql, { dataSpace, signal }) {
      const read = async (call: () => Promise<Parameters<typeof jsonOf>[1]>) =>
        readAs(batchAnswer, jsonOf(SYSTEM, await call()), SYSTEM);
      const call = (method: 'GET' | 'POST', rest: string, body?: unknown) =>
        tenant.call({ system: SYSTEM, dataSpace, method, path: `${path}${rest}`, body, signal });
      const used = new Set<string>();
      let batch = await read(() => call('POST', '', { sql: withLiterals(sql) }));
      const queryId = batch.queryId ?? 'v2';
      let columns: readonly Column[] | undefined;
      for (let offset = 0; ;) {
        columns = columnsOf(batch.metadata) ?? columns;
        if (
          columns === undefined &&
          batch.data !== null &&
          batch.data !== undefined &&
          batch.data.length > 0
        ) {
          throw foreign('NO_COLUMNS');
        }
        const here = columns ?? [];
        const rows = (batch.data ?? []).map((it) => valuesOf(it, here));
        const next = batch.nextBatchId ?? '';
        if (batch.done === false && next === '') throw foreign('NO_NEXT_BATCH');
        // A response without rows, columns and an end is none of this API.
        if (batch.done === undefined && batch.data === undefined) throw foreign('FOREIGN_SHAPE');
        if (!batch.data && (batch.rowCount ?? 0) > 0) throw foreign('ROWS_MISSING');
        const done = batch.done ?? next === '';
        if (rows.length > 0 || done) {
          yield pageOf({
            queryId,
            columns: here,
            values: listedRows(rows),
            offset,
            rowCount: done ? offset + rows.length : null,
          });
        }
        offset += rows.length;
        if (done) return;
        if (used.has(next)) throw foreign('ENDLESS_PAGES');
        used.add(next);
        batch = await fromResult(
          () => read(() => call('GET', `/${stepOf(next)}`)),
          [400, 404, 410],
        );
      }
    },
  };
}

/** The columns in the order of `placeInOrder`; the order of the object's keys means nothing. */
function columnsOf(metadata: Columns): Column[] | undefined {
  if (!metadata) return undefined;
  const placed = Object.entries(metadata).toSorted(
    ([, a], [, b]) => a.placeInOrder - b.placeInOrder,
  );
  if (placed.some(([, { placeInOrder }], index) => placeInOrder !== index)) {
    throw foreign('FOREIGN_SHAPE');
  }
  return placed.map(([name, { type }]) => ({ name, type }));
}

/**
 * A row's values in the order of columns; old tenants send rows as objects, with names in any case.
 */
function valuesOf(
  values: unknown[] | Record<string, unknown>,
  columns: readonly Column[],
): unknown[] {
  if (Array.isArray(values)) {
    if (values.length !== columns.length) throw foreign('FOREIGN_SHAPE');
    return values;
  }
  const byName = new Map(
    Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (
    Object.keys(values).some(
      (name) => !columns.some((column) => column.name.toLowerCase() === name.toLowerCase()),
    )
  ) {
    throw foreign('FOREIGN_SHAPE');
  }
  return columns.map(({ name }) => byName.get(name.toLowerCase()) ?? null);
}
