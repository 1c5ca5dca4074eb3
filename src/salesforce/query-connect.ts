import * as z from 'zod';
import type { Session } from './auth.ts';
import { jsonOf } from './http.ts';
import { rowsIn } from './rows-in.ts';
import { count, foreign, fromResult, isProduced, pagesFrom, statusShape, SYSTEM, untilProduced, type QueryApi, type Status } from './query-shapes.ts';
import { readAs } from './read-answer.ts';

const statusAnswer = z.looseObject({ status: statusShape });
const rowsAnswer = z.looseObject({
  data: z.null().nullish(),
  metadata: z.array(z.looseObject({ name: z.string(), type: z.string() })).nullish(),
  returnedRows: count.nullish(),
});
const submitAnswer = rowsAnswer.extend({ status: statusShape });

/** Query Connect, on the core host with the core token. @see Data 360 Query Guide, `/ssot/query-sql`; read 2026-11 */
export function queryConnect(session: Session): QueryApi {
  const path = `/services/data/v${session.apiVersion}/ssot/query-sql`;
  return {
    path,
    async* pages({ text, parameters }, run) {
      const { dataSpace, signal, resume, rowLimit } = run;
      const params = (more: Record<string, string> = {}) => new URLSearchParams({ dataspace: dataSpace, workloadName: 'dossier', ...more }).toString();
      const get = (rest: string) => fromResult(() => session.call({ system: SYSTEM, method: 'GET', path: `${path}/${rest}`, signal }));
      const statusOf = async (queryId: string, waitTimeMs: number): Promise<Status> =>
        readAs(statusAnswer, jsonOf(SYSTEM, await get(`${encodeURIComponent(queryId)}?${params({ waitTimeMs: String(waitTimeMs) })}`)), SYSTEM).status;
      const body = { sql: text, rowLimit, sqlParameters: Object.entries(parameters).map(([name, value]) => ({ name, type: 'Varchar', value })) };
      const answered = resume === undefined ? rowsIn(SYSTEM, await session.call({ system: SYSTEM, method: 'POST', path: `${path}?${params()}`, body, signal })) : undefined;
      const submitted = answered && readAs(submitAnswer, answered.envelope, SYSTEM);
      const told = submitted?.status ?? (await statusOf(resume?.queryId ?? '', 0));
      const atOnce = isProduced(told);
      const status = await untilProduced(told, statusOf, run);
      const rowCount = status.rowCount ?? submitted?.status.rowCount;
      if (rowCount === null || rowCount === undefined) throw foreign('NO_ROW_COUNT');
      const { queryId } = status;
      const inline = submitted && { rows: atOnce ? answered?.rows : undefined, columns: submitted.metadata ?? undefined };
      yield* pagesFrom({ queryId, rowCount, offset: resume?.offset ?? 0, inline }, async (offset, omitSchema) => {
        const asked = { offset: String(offset), rowLimit: String(rowLimit), ...(omitSchema && { omitSchema: 'true' }) };
        const { envelope, rows } = rowsIn(SYSTEM, await get(`${encodeURIComponent(queryId)}/rows?${params(asked)}`));
        return { rows, columns: readAs(rowsAnswer, envelope, SYSTEM).metadata ?? undefined };
      });
    },
  };
}
