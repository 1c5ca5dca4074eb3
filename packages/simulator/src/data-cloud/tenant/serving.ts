import type { Clock } from '../../server/clock.ts';
import type { DataSpace } from '../../store/data-space.ts';
import { tenantErrorBody } from '../../server/error-shapes.ts';
import { json, Refusal, type Call } from '../../server/http.ts';
import type { Forms } from '../pages.ts';
import type { Results } from '../results.ts';
import type { Paging } from '../../seed/shape.ts';
import type { Wire } from '../../seed/wire.ts';
import { sqlFailureOf } from '../sql-failure.ts';

/** What every part of the tenant plane needs. */
export interface Serving {
  readonly results: Results;
  readonly forms: Forms;
  readonly paging: Paging;
  readonly wire: Wire;
  readonly clock: Clock;
  /**
   * The data space of the token in a call.
   *
   * @throws Refusal with 401 if the call has no valid token
   */
  readonly spaceOf: (call: Call) => DataSpace;
}

/** An error of the tenant plane, to be thrown. */
export const tenantRefusal = (status: number, message: string, call: Call): Refusal =>
  new Refusal(json(status, tenantErrorBody(status, message, call)));

/**
 * PostgreSQL's refusal as 400, which repeats the query as Salesforce does. Any other error stays
 * unchanged.
 */
export function tenantSqlRefusal(error: unknown, sql: string, call: Call): unknown {
  const failure = sqlFailureOf(error);
  if (failure === undefined) return error;
  return tenantRefusal(
    400,
    `ERROR: ${failure.message} (SQLSTATE ${failure.sqlState}) in query: ${sql}`,
    call,
  );
}

/**
 * The SQL of a body `{"sql": "…"}`.
 *
 * @throws Refusal with 400
 */
export function sqlOf(call: Call): string {
  const { sql } = bodyOf(call);
  if (typeof sql !== 'string') throw tenantRefusal(400, 'The body needs "sql"', call);
  return sql.trim().replace(/;\s*$/, '');
}

/**
 * The object in the body of a call.
 *
 * @throws Refusal with 400
 */
export function bodyOf(call: Call): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(call.body.toString('utf8'));
  } catch {
    throw tenantRefusal(400, 'The body is no JSON', call);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw tenantRefusal(400, 'The body is no object', call);
  }
  return body as Readonly<Record<string, unknown>>;
}
