import * as z from 'zod';
import { jsonOf, type HttpResponse } from '../http/transport.ts';
import {
  count,
  counted,
  foreign,
  fromResult,
  isProduced,
  pagesFrom,
  rowCountOf,
  statusIn,
  stepOf,
  SYSTEM,
  untilProduced,
  type Piece,
  type QueryApi,
  type Status,
} from './query-shapes.ts';
import { readAs } from './read-response.ts';
import { rowsIn } from './rows-in.ts';
import { byPosition } from './sql-parameters.ts';
import type { Tenant } from './tenant.ts';

const path = '/api/v3/query';
const column = z.looseObject({ name: z.string(), type: z.string() });
const rowsAnswer = z.looseObject({
  data: z.null().nullish(),
  metadata: z.union([z.looseObject({ columns: z.array(column) }), z.array(column)]).nullish(),
  returnedRows: count.nullish(),
});

/** Bytes of a page: the most that the server accepts. */
const BYTES = '20000000';

/** Query V3, on the tenant's own host. @see Data 360 Query Guide, "Query API V3"; read 2026-11 */
export function queryV3(tenant: Tenant): QueryApi {
  return {
    path,
    async *pages(sql, run) {
      const { dataSpace, signal, resume, rowLimit } = run;
      const call = (method: 'GET' | 'POST', rest: string, body?: unknown) =>
        tenant.call({
          system: SYSTEM,
          dataSpace,
          method,
          path: `${path}${rest}`,
          body,
          signal,
          headers: { 'ctx-dataspace-ds_name': dataSpace, 'x-hyperdb-workload': 'dossier' },
        });
      const get = (rest: string) => fromResult(() => call('GET', rest));
      const statusOf = async (queryId: string, waitTimeMs: number): Promise<Status> =>
        get(
          `/${stepOf(queryId)}?${new URLSearchParams({ waitTimeMs: String(waitTimeMs) }).toString()}`,
        ).then((it) => readStatus([jsonOf(SYSTEM, it), statusInHeader(it)], queryId));
      const { text, values } = byPosition(sql);
      const body = {
        sql: text,
        transferMode: 'ADAPTIVE',
        paramStyle: 'QUESTION_MARK',
        parameters: values.map((value) => ({ type: 'varchar', value })),
        settings: { timezone: 'Etc/UTC' },
        resultRange: { rowLimit, byteLimit: Number(BYTES) },
      };
      const answer = resume === undefined ? await call('POST', '', body) : undefined;
      const submitted = answer && readPiece(answer);
      const told = answer
        ? readStatus([statusInHeader(answer), submitted?.envelope])
        : await statusOf(resume?.queryId ?? '', 0);
      const atOnce = isProduced(told);
      const { queryId, ...produced } = await untilProduced(told, statusOf, run);
      const rowsFrom = async (offset: number, omitSchema: boolean): Promise<Piece> => {
        const asked = {
          offset: String(offset),
          limit: String(rowLimit),
          byteLimit: BYTES,
          ...(omitSchema && { omitSchema: 'true' }),
        };
        return readPiece(
          await get(`/${stepOf(queryId)}/rows?${new URLSearchParams(asked).toString()}`),
        ).piece;
      };
      const inline = submitted && {
        rows: atOnce ? submitted.piece.rows : undefined,
        columns: submitted.piece.columns,
      };
      // Counts may come late: only a produced result surely has one.
      const isNone = inline?.rows?.count === 0;
      const status =
        produced.rowCount === null && !isNone
          ? await statusOf(queryId, 0)
          : { queryId, ...produced };
      const { rowCount, first } = await rowCountOf(status, inline, () => rowsFrom(0, false));
      yield* pagesFrom({ queryId, rowCount, offset: resume?.offset ?? 0, inline: first }, rowsFrom);
    },
  };
}

function readPiece(answer: HttpResponse): { readonly piece: Piece; readonly envelope: unknown } {
  const { envelope, rows } = rowsIn(SYSTEM, answer);
  const { metadata, returnedRows } = readAs(rowsAnswer, envelope, SYSTEM);
  return {
    piece: counted(
      { rows, columns: Array.isArray(metadata) ? metadata : metadata?.columns },
      returnedRows,
    ),
    envelope,
  };
}

/**
 * The status of a query. The ID of a new query comes in a header, at times without a status;
 * descriptions of the API differ on the header's name. Later the ID comes in the body, or in the
 * header too.
 */
function readStatus(places: readonly unknown[], asked?: string): Status {
  const found = statusIn(places, asked);
  if (found === undefined) throw foreign('NO_STATUS');
  return found;
}

function statusInHeader({ headers }: HttpResponse): unknown {
  const text = [headers['x-hyperdb-status'], headers.status]
    .flat()
    .find((it) => it?.startsWith('{'));
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw foreign('NOT_JSON');
  }
}
