import * as z from 'zod';
import { SystemFailure } from '../domain/failure.ts';
import { jsonOf, type HttpAnswer } from './http.ts';
import { foreign, fromResult, isProduced, pagesFrom, statusShape, SYSTEM, untilProduced, type Piece, type QueryApi, type Status } from './query-shapes.ts';
import { readAs } from './read-answer.ts';
import { rowsIn } from './rows-in.ts';
import { byPosition } from './sql-parameters.ts';
import type { Tenant } from './tenant.ts';

const path = '/api/v3/query';
const column = z.looseObject({ name: z.string(), type: z.string() });
const rowsAnswer = z.looseObject({
  data: z.null().nullish(),
  metadata: z.union([z.looseObject({ columns: z.array(column) }), z.array(column)]).nullish(),
});

/** Bytes of a page: what the server takes at most. */
const BYTES = '20000000';

/** Query V3, on the tenant's own host. @see Data 360 Query Guide, "Query API V3"; read 2026-11 */
export function queryV3(tenant: Tenant): QueryApi {
  return {
    path,
    async* pages(sql, run) {
      const { dataSpace, signal, resume, rowLimit } = run;
      const call = (method: 'GET' | 'POST', rest: string, body?: unknown) =>
        tenant.call({ system: SYSTEM, dataSpace, method, path: `${path}${rest}`, body, signal, headers: { 'ctx-dataspace-ds_name': dataSpace, 'x-hyperdb-workload': 'dossier' } });
      const get = (rest: string) => fromResult(() => call('GET', rest));
      const statusOf = async (queryId: string, waitTimeMs: number): Promise<Status> =>
        statusIn(await get(`/${encodeURIComponent(queryId)}?${new URLSearchParams({ waitTimeMs: String(waitTimeMs) }).toString()}`));
      const { text, values } = byPosition(sql);
      const body = {
        sql: text, transferMode: 'ADAPTIVE', paramStyle: 'QUESTION_MARK',
        parameters: values.map((value) => ({ type: 'varchar', value })),
        settings: { timezone: 'Etc/UTC' }, resultRange: { rowLimit, byteLimit: Number(BYTES) },
      };
      const answer = resume === undefined ? await call('POST', '', body) : undefined;
      const submitted = answer && pieceIn(answer);
      const told = answer ? statusInHeader(answer) ?? statusMissing() : await statusOf(resume?.queryId ?? '', 0);
      const atOnce = isProduced(told);
      const status = await untilProduced(told, statusOf, run);
      // Counts may come late: only a produced result has one for sure.
      const rowCount = status.rowCount ?? (await statusOf(status.queryId, 0)).rowCount;
      if (rowCount === null || rowCount === undefined) throw foreign('NO_ROW_COUNT');
      const { queryId } = status;
      const inline = submitted && { rows: atOnce ? submitted.rows : undefined, columns: submitted.columns };
      yield* pagesFrom({ queryId, rowCount, offset: resume?.offset ?? 0, inline }, async (offset, omitSchema) => {
        const asked = { offset: String(offset), limit: String(rowLimit), byteLimit: BYTES, ...(omitSchema && { omitSchema: 'true' }) };
        return pieceIn(await get(`/${encodeURIComponent(queryId)}/rows?${new URLSearchParams(asked).toString()}`));
      });
    },
  };
}

function pieceIn(answer: HttpAnswer): Piece {
  const { envelope, rows } = rowsIn(SYSTEM, answer);
  const { metadata } = readAs(rowsAnswer, envelope, SYSTEM);
  return { rows, columns: Array.isArray(metadata) ? metadata : metadata?.columns };
}

/** The query's ID comes in a header alone; which one differs among descriptions of the API. */
function statusInHeader({ headers }: HttpAnswer): Status | undefined {
  const text = [headers['x-hyperdb-status'], headers.status].flat().find((it) => it?.startsWith('{'));
  if (text === undefined) return undefined;
  try {
    return readAs(statusShape, JSON.parse(text), SYSTEM);
  } catch (error) {
    throw error instanceof SystemFailure ? error : foreign('NOT_JSON');
  }
}

function statusIn(answer: HttpAnswer): Status {
  const inBody = statusShape.safeParse(jsonOf(SYSTEM, answer));
  return inBody.success ? inBody.data : statusInHeader(answer) ?? statusMissing();
}

function statusMissing(): never {
  throw foreign('NO_STATUS');
}
