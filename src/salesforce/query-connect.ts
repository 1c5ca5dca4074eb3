import * as z from 'zod';
import type { Session } from './auth.ts';
import { jsonOf, type HttpResponse } from '../http/transport.ts';
import { rowsIn } from './rows-in.ts';
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

const rowsAnswer = z.looseObject({
  data: z.null().nullish(),
  metadata: z.array(z.looseObject({ name: z.string(), type: z.string() })).nullish(),
  returnedRows: count.nullish(),
});

/**
 * Query Connect, on the core host with the core token. @see Data 360 Query Guide,
 * `/ssot/query-sql`; read 2026-11
 */
export function queryConnect(session: Session): QueryApi {
  const path = `/services/data/v${session.apiVersion}/ssot/query-sql`;
  return {
    path,
    async *pages({ text, parameters }, run) {
      const { dataSpace, signal, resume, rowLimit } = run;
      const params = (more: Record<string, string> = {}) =>
        new URLSearchParams({ dataspace: dataSpace, workloadName: 'dossier', ...more }).toString();
      const get = (rest: string) =>
        fromResult(() =>
          session.call({ system: SYSTEM, method: 'GET', path: `${path}/${rest}`, signal }),
        );
      const statusOf = async (queryId: string, waitTimeMs: number): Promise<Status> =>
        readStatus(
          jsonOf(
            SYSTEM,
            await get(`${stepOf(queryId)}?${params({ waitTimeMs: String(waitTimeMs) })}`),
          ),
          queryId,
        );
      const body = {
        sql: text,
        rowLimit,
        sqlParameters: Object.entries(parameters).map(([name, value]) => ({
          name,
          type: 'Varchar',
          value,
        })),
      };
      const submitted =
        resume === undefined
          ? readPiece(
              await session.call({
                system: SYSTEM,
                method: 'POST',
                path: `${path}?${params()}`,
                body,
                signal,
              }),
            )
          : undefined;
      const told = submitted
        ? readStatus(submitted.envelope)
        : await statusOf(resume?.queryId ?? '', 0);
      const atOnce = isProduced(told);
      const status = await untilProduced(told, statusOf, run);
      const { queryId } = status;
      const rowsFrom = async (offset: number, omitSchema: boolean): Promise<Piece> => {
        const asked = {
          offset: String(offset),
          rowLimit: String(rowLimit),
          ...(omitSchema && { omitSchema: 'true' }),
        };
        return readPiece(await get(`${stepOf(queryId)}/rows?${params(asked)}`)).piece;
      };
      const { rowCount, first } = await rowCountOf(
        status,
        submitted && {
          rows: atOnce ? submitted.piece.rows : undefined,
          columns: submitted.piece.columns,
        },
        () => rowsFrom(0, false),
      );
      yield* pagesFrom({ queryId, rowCount, offset: resume?.offset ?? 0, inline: first }, rowsFrom);
    },
  };
}

/**
 * The response to a new query holds its status as a member. A later response about a running query
 * is the status itself.
 */
function readStatus(body: unknown, asked?: string): Status {
  const { status } = (typeof body === 'object' && body !== null ? body : {}) as {
    status?: unknown;
  };
  const found = statusIn([status, body], asked);
  if (found === undefined) throw foreign('FOREIGN_SHAPE');
  return found;
}

function readPiece(answer: HttpResponse): { readonly piece: Piece; readonly envelope: unknown } {
  const { envelope, rows } = rowsIn(SYSTEM, answer);
  const { metadata, returnedRows } = readAs(rowsAnswer, envelope, SYSTEM);
  return { piece: counted({ rows, columns: metadata ?? undefined }, returnedRows), envelope };
}
