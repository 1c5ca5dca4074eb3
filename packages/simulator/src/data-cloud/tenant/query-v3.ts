import { empty, json, jsonText, type Answer, type Call, type Route } from '../../server/http.ts';
import {
  bindByPlace,
  type Bound,
  type ParameterStyle,
  type SqlParameter,
} from '../named-parameters.ts';
import { connectType, cutPage } from '../pages.ts';
import type { HeldResult } from '../results.ts';
import { schemaOf } from '../../store/rows.ts';
import { completeWithin } from '../sql-failure.ts';
import { bodyOf, type Serving } from './serving.ts';
import { v3Refusal, v3SqlRefusal } from './v3-errors.ts';
import { v3Status } from './v3-status.ts';

/** One query: its data space, and how many more status calls say that it runs. */
interface Submitted {
  readonly space: string;
  polls: number;
  /** Whether a status call said that the result is ready. */
  told: boolean;
}

const ROOT = '/api/v3/query';
const LONGEST_WAIT = 10_000;
const MOST_BYTES = 20_000_000;
const STYLES: readonly unknown[] = ['QUESTION_MARK', 'NAMED', 'DOLLARED'];

/** Query V3. Only a header has the ID of a query. Results are read by rows or by chunks. */
export function queryV3Routes({ results, forms, paging, wire, spaceOf }: Serving): Route[] {
  const submitted = new Map<string, Submitted>();

  const found = (call: Call): { result: HeldResult; query: Submitted } => {
    const space = spaceOf(call);
    const id = call.params.id ?? '';
    const query = submitted.get(id);
    const result = results.get(id);
    if (result === undefined || query?.space !== space.name) {
      throw v3Refusal(404, 'HY000', 'The query does not exist or has expired');
    }
    return { result, query };
  };
  const statusOf = (result: HeldResult, query: Submitted, durable: boolean) =>
    v3Status({ result, running: isRunning(result, query), durable, chunkRows: paging.page, wire });
  const schemaText = (result: HeldResult): string =>
    JSON.stringify({
      columns: result.columns.map(({ name, type }) => ({
        name: wire.v3ColumnNames === 'lower' ? name.toLowerCase() : name,
        type: connectType(type).toLowerCase().replace('boolean', 'bool'),
        nullable: true,
      })),
    });
  const page = async (
    result: HeldResult,
    offset: number,
    limit: number,
    bytes: number,
    call: Call,
  ) => {
    const rows = limit === 0 ? [] : await result.read(offset, limit);
    const { text, rows: returned } = cutPage(rows, result.columns, forms, bytes);
    const metadata =
      call.query.get('omitSchema') === 'true' ? '' : `"metadata":${schemaText(result)},`;
    return `{${metadata}"data":${text},"returnedRows":${returned}}`;
  };

  const submit = async (call: Call): Promise<Answer> => {
    const space = spaceOf(call);
    checkAccept(call);
    const body = bodyOf(call);
    const statement = bind(body);
    const { rowLimit, byteLimit } = (body.resultRange ?? {}) as {
      rowLimit?: number;
      byteLimit?: number;
    };
    const limit = Math.min(rowLimit ?? paging.firstPage, paging.page);
    const bytes = Math.min(byteLimit ?? paging.pageBytes, MOST_BYTES);
    const opened = results.open({ schema: schemaOf(space.name), ...statement }, Math.max(1, limit));
    const { result, first } = await opened.catch((error: unknown) => {
      throw v3SqlRefusal(error, statement.sql);
    });
    await completeWithin(result, LONGEST_WAIT).catch((error: unknown) => {
      throw v3SqlRefusal(error, statement.sql);
    });
    const inOnePage = result.count() === first.length && first.length <= limit;
    const unlessAsked = inOnePage ? 0 : paging.runningPolls;
    const polls = body.transferMode === 'ASYNC' ? Math.max(1, paging.runningPolls) : unlessAsked;
    const query: Submitted = { space: space.name, polls, told: false };
    submitted.set(result.id, query);
    const { headers } = statusOf(result, query, false);
    if (isRunning(result, query)) {
      return jsonText(
        200,
        `{"metadata":${schemaText(result)},"data":[],"returnedRows":0}`,
        headers,
      );
    }
    return jsonText(200, await page(result, 0, Math.max(0, limit), bytes, call), headers);
  };

  const status = async (call: Call): Promise<Answer> => {
    const { result, query } = found(call);
    const wait = whole(call.query.get('waitTimeMs')) ?? LONGEST_WAIT;
    await completeWithin(result, Math.min(wait, LONGEST_WAIT)).catch((error: unknown) => {
      throw v3SqlRefusal(error, 'a running query');
    });
    const { body, headers } = statusOf(result, query, query.told);
    if (!isRunning(result, query)) query.told = true;
    query.polls = Math.max(0, query.polls - 1);
    return json(200, body, headers);
  };

  const rows = async (call: Call): Promise<Answer> => {
    const { result, query } = found(call);
    checkAccept(call);
    const offset = whole(call.query.get('offset'));
    if (offset === undefined) {
      throw v3Refusal(400, 'HY000', 'offset is required, a whole number from 0');
    }
    const limit = Math.min(whole(call.query.get('limit')) ?? paging.page, paging.page);
    const bytes = Math.min(
      whole(call.query.get('byteLimit')) ?? MOST_BYTES,
      MOST_BYTES,
      paging.pageBytes,
    );
    checkRange('offset', offset, isRunning(result, query) ? 0 : (result.count() ?? 0));
    return jsonText(
      200,
      await page(result, offset, limit, bytes, call),
      statusOf(result, query, true).headers,
    );
  };

  const chunk = async (call: Call): Promise<Answer> => {
    const { result, query } = found(call);
    checkAccept(call);
    const index = whole(call.params.chunk ?? '');
    if (index === undefined) throw v3Refusal(400, 'HY000', 'a chunk has a number from 0');
    checkRange(
      'chunk',
      index,
      isRunning(result, query) ? 0 : Math.ceil((result.count() ?? 0) / paging.page),
    );
    const text = await page(result, index * paging.page, paging.page, Infinity, call);
    return jsonText(200, text, statusOf(result, query, true).headers);
  };

  const schema = (call: Call): Answer => {
    const { result, query } = found(call);
    return jsonText(
      200,
      `{"metadata":${schemaText(result)}}`,
      statusOf(result, query, true).headers,
    );
  };

  const cancel = async (call: Call): Promise<Answer> => {
    const { result } = found(call);
    submitted.delete(result.id);
    await results.drop(result.id);
    return empty(204);
  };

  return [
    { method: 'POST', path: ROOT, handle: submit },
    { method: 'GET', path: `${ROOT}/:id`, handle: status },
    ...['row', 'rows'].map((name) => ({
      method: 'GET',
      path: `${ROOT}/:id/${name}`,
      handle: rows,
    })),
    ...['chunk', 'chunks'].map((name) => ({
      method: 'GET',
      path: `${ROOT}/:id/${name}/:chunk`,
      handle: chunk,
    })),
    { method: 'GET', path: `${ROOT}/:id/metadata`, handle: schema },
    { method: 'DELETE', path: `${ROOT}/:id`, handle: cancel },
  ];
}

const isRunning = (result: HeldResult, query: Submitted): boolean =>
  result.count() === undefined || query.polls > 0;

const whole = (text: string | null): number | undefined =>
  text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined;

function checkRange(what: string, asked: number, end: number): void {
  if (asked >= end) {
    throw v3Refusal(400, 'HY000', `${what} ${asked} is out of range, the result ends at ${end}`);
  }
}

/** Refuses Arrow, which this server does not support. */
function checkAccept({ headers }: Call): void {
  const accept = headers.accept ?? '*/*';
  if (/application\/json|application\/\*|\*\/\*/.test(accept)) return;
  throw accept.includes('vnd.apache.arrow.stream')
    ? v3Refusal(501, '0A000', 'Arrow is not served by the simulator')
    : v3Refusal(406, '0A000', 'Not Acceptable');
}

function bind(body: Readonly<Record<string, unknown>>): Bound {
  const { sql, paramStyle = 'QUESTION_MARK', parameters = [], queryRowLimit = -1 } = body;
  if (typeof sql !== 'string') throw v3Refusal(400, 'HY000', 'The body needs "sql"');
  if (!STYLES.includes(paramStyle)) throw v3Refusal(400, 'HY000', 'paramStyle is not understood');
  if (!Array.isArray(parameters)) throw v3Refusal(400, 'HY000', 'parameters must be a list');
  if (!Number.isInteger(queryRowLimit)) {
    throw v3Refusal(400, 'HY000', 'queryRowLimit must be a whole number');
  }
  const text = sql.trim().replace(/;\s*$/, '');
  const limited =
    Number(queryRowLimit) < 0
      ? text
      : `SELECT * FROM (${text}) limited LIMIT ${String(queryRowLimit)}`;
  try {
    return bindByPlace(
      limited,
      paramStyle as ParameterStyle,
      parameters as readonly SqlParameter[],
    );
  } catch (error) {
    throw v3Refusal(400, '42601', (error as Error).message);
  }
}
