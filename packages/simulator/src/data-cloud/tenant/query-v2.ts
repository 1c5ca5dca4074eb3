import { dataSpaceNamed, sqlRefusal } from '../../core/query-sql.ts';
import { json, jsonBody, jsonText, Refusal, type Route } from '../../server/http.ts';
import { schemaOf } from '../../store/rows.ts';
import { sqlOf, tenantRefusal, tenantSqlRefusal, type Serving } from './serving.ts';
import { openV2Batches } from './v2-batches.ts';

const LOST = 'The batch does not exist, was fetched already, or has expired';

/** Query V2 of the tenant plane. */
export function tenantQueryV2Routes(serving: Serving): Route[] {
  const batches = openV2Batches(serving);
  const { spaceOf, wire } = serving;
  return [
    {
      method: 'POST',
      path: '/api/v2/query',
      handle: async (call) => {
        const schema = schemaOf(spaceOf(call).name);
        const sql = sqlOf(call);
        if (call.headers['enable-arrow-stream'] === 'true') {
          throw tenantRefusal(501, 'Arrow is not served by the simulator', call);
        }
        const text = await batches.submit({ schema, sql, values: [] }).catch((error: unknown) => {
          throw tenantSqlRefusal(error, sql, call);
        });
        return jsonText(200, text);
      },
    },
    {
      method: 'GET',
      path: '/api/v2/query/:batch',
      handle: async (call) => {
        spaceOf(call);
        const text = await batches.next(call.params.batch ?? '');
        if (text === undefined) throw tenantRefusal(wire.v2LostBatchStatus, LOST, call);
        return jsonText(200, text);
      },
    },
  ];
}

/** The same API on the core plane: `/services/data/:version/ssot/queryv2`. */
export function coreQueryV2Routes(
  serving: Omit<Serving, 'spaceOf'>,
  dataSpaces: readonly string[],
): Route[] {
  const batches = openV2Batches(serving);
  const root = '/services/data/:version/ssot/queryv2';
  const refused = (status: number, errorCode: string, message: string): Refusal =>
    new Refusal(json(status, [{ message, errorCode }]));
  return [
    {
      method: 'POST',
      path: root,
      handle: async (call) => {
        const schema = schemaOf(dataSpaceNamed(call, dataSpaces));
        const { sql } = jsonBody(call);
        if (typeof sql !== 'string') throw refused(400, 'INVALID_ARGUMENT', 'The body needs "sql"');
        const text = await batches
          .submit({ schema, sql: sql.trim().replace(/;\s*$/, ''), values: [] })
          .catch((error: unknown) => {
            throw sqlRefusal(error, sql);
          });
        return jsonText(201, text);
      },
    },
    {
      method: 'GET',
      path: `${root}/:batch`,
      handle: async (call) => {
        const text = await batches.next(call.params.batch ?? '');
        if (text === undefined) throw refused(serving.wire.v2LostBatchStatus, 'NOT_FOUND', LOST);
        return jsonText(200, text);
      },
    },
  ];
}
