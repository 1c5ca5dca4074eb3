import {
  empty,
  json,
  jsonText,
  Refusal,
  type Answer,
  type Call,
  type Route,
} from '../server/http.ts';
import { bindNamed, type SqlParameter } from '../data-cloud/named-parameters.ts';
import { connectMetadata, cutPage, type Forms } from '../data-cloud/pages.ts';
import type { HeldResult, Results } from '../data-cloud/results.ts';
import { schemaOf } from '../store/rows.ts';
import type { Paging } from '../seed/shape.ts';
import type { Wire } from '../seed/wire.ts';
import { completeWithin, sqlFailureOf } from '../data-cloud/sql-failure.ts';

/** What Query Connect needs. */
export interface QueryParts {
  readonly results: Results;
  readonly paging: Paging;
  readonly forms: Forms;
  readonly dataSpaces: readonly string[];
  readonly wire: Pick<
    Wire,
    'querySqlStatus' | 'querySqlState' | 'querySqlErrors' | 'sharedResults'
  >;
}

const SUBMIT_WAIT = 2_000;
const refused = (status: number, errorCode: string, message: string): Refusal =>
  new Refusal(json(status, [{ message, errorCode }]));

/** Query Connect: `/services/data/:version/ssot/query-sql`. */
export function queryRoutes({ results, paging, forms, dataSpaces, wire }: QueryParts): Route[] {
  const root = '/services/data/:version/ssot/query-sql';
  const runningPolls = new Map<string, number>();
  const shared = new Map<string, string>();

  const dataSpaceOf = (call: Call): string => dataSpaceNamed(call, dataSpaces);
  const resultOf = (call: Call): HeldResult => {
    const found = results.get(call.params.id ?? '');
    if (found === undefined) {
      throw refused(404, 'NOT_FOUND', 'The query does not exist or has expired');
    }
    return found;
  };
  const statusOf = (result: HeldResult): object => {
    const count = result.count();
    const polls = runningPolls.get(result.id) ?? 0;
    const running = count === undefined || polls > 0;
    return {
      queryId: result.id,
      completionStatus: running ? 'Running' : 'Finished',
      progress: running ? 0.5 : 1,
      rowCount: count ?? 0,
      chunkCount: Math.max(1, Math.ceil((count ?? 0) / paging.page)),
      expirationTime: result.expiresAt.toISOString(),
    };
  };

  const submit = async (call: Call): Promise<Answer> => {
    const schema = schemaOf(dataSpaceOf(call));
    const body = bodyOf(call);
    const statement = bind(body);
    const limit = Math.min(positive(body.rowLimit) ?? paging.firstPage, paging.firstPage);
    const key = JSON.stringify([schema, statement]);
    const before = wire.sharedResults ? results.get(shared.get(key) ?? '') : undefined;
    const { result, first } = before
      ? { result: before, first: await before.read(0, limit) }
      : await results.open({ schema, ...statement }, limit).catch((error: unknown) => {
          throw sqlRefusal(error, statement.sql, wire.querySqlErrors);
        });
    shared.set(key, result.id);
    await whole(result, SUBMIT_WAIT, statement.sql, wire.querySqlErrors);
    const page = cutPage(first, result.columns, forms, paging.pageBytes);
    if (result.count() !== page.rows && paging.runningPolls > 0) {
      runningPolls.set(result.id, paging.runningPolls);
    }
    const metadata = JSON.stringify(connectMetadata(result));
    const state = JSON.stringify(statusOf(result));
    return jsonText(
      wire.querySqlStatus,
      `{"data":${page.text},"metadata":${metadata},"returnedRows":${page.rows},"status":${state}}`,
    );
  };

  const status = async (call: Call): Promise<Answer> => {
    dataSpaceOf(call);
    const result = resultOf(call);
    const polls = runningPolls.get(result.id) ?? 0;
    const waitTime = Math.min(positive(call.query.get('waitTimeMs')) ?? 0, 10_000);
    await whole(result, waitTime, 'a running query', wire.querySqlErrors);
    // A long poll reports the end at once. A plain poll reports `Running` as often as the seed
    // says.
    if (waitTime > 0) runningPolls.delete(result.id);
    const state = statusOf(result);
    const answer = json(200, wire.querySqlState === 'nested' ? { status: state } : state);
    if (polls > 1) runningPolls.set(result.id, polls - 1);
    else runningPolls.delete(result.id);
    return answer;
  };

  const rows = async (call: Call): Promise<Answer> => {
    dataSpaceOf(call);
    const result = resultOf(call);
    const offset = Number(call.query.get('offset') ?? 0);
    if (!Number.isInteger(offset) || offset < 0) {
      throw refused(400, 'INVALID_ARGUMENT', 'offset must be a whole number from 0');
    }
    const metadata =
      call.query.get('omitSchema') === 'true'
        ? ''
        : `,"metadata":${JSON.stringify(connectMetadata(result))}`;
    const count = result.count();
    if (count === undefined || (runningPolls.get(result.id) ?? 0) > 0) {
      return jsonText(200, `{"data":[],"returnedRows":0${metadata}}`);
    }
    if (offset > 0 && offset >= count) {
      throw refused(
        400,
        'INVALID_ARGUMENT',
        `offset ${offset} is out of range, the result has ${count} rows`,
      );
    }
    const limit = Math.min(positive(call.query.get('rowLimit')) ?? paging.page, paging.page);
    const page = cutPage(await result.read(offset, limit), result.columns, forms, paging.pageBytes);
    return jsonText(200, `{"data":${page.text},"returnedRows":${page.rows}${metadata}}`);
  };

  return [
    { method: 'POST', path: root, handle: submit },
    { method: 'GET', path: `${root}/:id`, handle: status },
    { method: 'GET', path: `${root}/:id/rows`, handle: rows },
    {
      method: 'DELETE',
      path: `${root}/:id`,
      handle: async (call) => {
        resultOf(call);
        runningPolls.delete(call.params.id ?? '');
        await results.drop(call.params.id ?? '');
        return empty(204);
      },
    },
  ];
}

/**
 * The data space that a call names in its query string or a header.
 *
 * @throws Refusal if there is no data space of that name
 */
export function dataSpaceNamed(call: Call, dataSpaces: readonly string[]): string {
  const name = call.query.get('dataspace') ?? headerOf(call, 'dataspace') ?? 'default';
  if (!dataSpaces.includes(name)) {
    throw refused(400, 'INVALID_ARGUMENT', `Data space not found: ${name}`);
  }
  return name;
}

function bodyOf(call: Call): {
  sql: string;
  rowLimit?: unknown;
  sqlParameters?: readonly SqlParameter[];
} {
  let body: unknown;
  try {
    body = JSON.parse(call.body.toString('utf8'));
  } catch {
    throw refused(400, 'JSON_PARSER_ERROR', 'The body is no JSON');
  }
  if (
    typeof body !== 'object' ||
    body === null ||
    typeof (body as { sql?: unknown }).sql !== 'string'
  ) {
    throw refused(400, 'INVALID_ARGUMENT', 'The body needs "sql"');
  }
  return body as { sql: string };
}

function bind(body: { sql: string; sqlParameters?: readonly SqlParameter[] }): {
  sql: string;
  values: (string | null)[];
} {
  try {
    return bindNamed(body.sql.trim().replace(/;\s*$/, ''), body.sqlParameters ?? []);
  } catch (error) {
    throw refused(400, 'INVALID_ARGUMENT', (error as Error).message);
  }
}

const whole = (
  result: HeldResult,
  milliseconds: number,
  sql: string,
  form: Wire['querySqlErrors'],
): Promise<void> =>
  completeWithin(result, milliseconds).catch((error: unknown) => {
    throw sqlRefusal(error, sql, form);
  });

/** Salesforce's own texts repeat the query, and so do these. A client must not pass them on. */
export function sqlRefusal(
  error: unknown,
  sql: string,
  form: Wire['querySqlErrors'] = 'text',
): unknown {
  const failure = sqlFailureOf(error);
  if (failure === undefined) return error;
  const { message, sqlState } = failure;
  const text =
    form === 'json'
      ? JSON.stringify({ sqlState, message: `${message} in query: ${sql}` })
      : `ERROR: ${message} (SQLSTATE ${sqlState}) in query: ${sql}`;
  return refused(400, 'INVALID_ARGUMENT', text);
}

/** A whole number of at least 1. Undefined for anything else. */
export function positive(value: unknown): number | undefined {
  const number = Number(value);
  return value !== null && value !== undefined && Number.isInteger(number) && number > 0
    ? number
    : undefined;
}

function headerOf(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return typeof value === 'string' ? value : undefined;
}
