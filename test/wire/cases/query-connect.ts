import { rowsBy } from '../query.ts';
import { sources } from '../sources.ts';
import { empty, json, ok, page, raw, type WireApi } from '../wire-case.ts';
import { gzipSync } from 'node:zlib';

const metadata = [{ name: 'Id__c', type: 'Varchar', nullable: true }];
const status = (completionStatus: string, rowCount: number, queryId = 'q-1') => ({
  queryId,
  completionStatus,
  rowCount,
  chunkCount: 1,
  progress: completionStatus === 'Finished' ? 1 : 0.3,
  expirationTime: '2026-11-29T10:00:00.000Z',
});
const running = json(201, { data: [], metadata, returnedRows: 0, status: status('Running', 0) });
const finished = json(201, {
  data: [['a']],
  metadata,
  returnedRows: 1,
  status: status('Finished', 1),
});
const rows = (...values: unknown[]) =>
  ok({ data: values.map((value) => [value]), metadata, returnedRows: values.length });
const failed = (code: number, errorCode: string, message: string) =>
  json(code, [{ errorCode, message }]);

export default {
  api: 'Query Connect: /ssot/query-sql',
  connectors: ['data-cloud'],
  ask: rowsBy('connect'),
  cases: [
    {
      rule: 'gives the rows that came with the answer',
      source: [sources.mcpQuery, sources.pythonV2],
      answers: { 'POST ssot/query-sql': finished },
      gives: [['a']],
    },
    {
      rule: 'reads the status of a running query at the top of the answer',
      source: [sources.mcpQuery, sources.sqlStatus],
      answers: {
        'POST ssot/query-sql': running,
        'GET ssot/query-sql/q-1': [ok(status('Running', 0)), ok(status('Finished', 1))],
        'GET ssot/query-sql/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'reads the status of a running query below `status`',
      source: sources.pythonV2,
      answers: {
        'POST ssot/query-sql': running,
        'GET ssot/query-sql/q-1': ok({ status: status('ResultsProduced', 1) }),
        'GET ssot/query-sql/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'needs no ID in the status of a query that it asked after',
      source: sources.mcpQuery,
      answers: {
        'POST ssot/query-sql': running,
        'GET ssot/query-sql/q-1': ok({ completionStatus: 'Finished', rowCount: 1 }),
        'GET ssot/query-sql/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'takes the ID from the top of the answer to a new query',
      source: sources.mcpQuery,
      answers: {
        'POST ssot/query-sql': json(201, {
          queryId: 'q-1',
          data: [],
          metadata,
          returnedRows: 0,
          status: { completionStatus: 'Running', rowCount: 0 },
        }),
        'GET ssot/query-sql/q-1': ok(status('Finished', 1)),
        'GET ssot/query-sql/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'waits on while the status is Unspecified',
      source: sources.sqlStatus,
      answers: {
        'POST ssot/query-sql': running,
        'GET ssot/query-sql/q-1': [ok(status('Unspecified', 0)), ok(status('Finished', 1))],
        'GET ssot/query-sql/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'goes on from a row by the flat status after a crash',
      source: [sources.mcpQuery, sources.sqlStatus],
      answers: {
        'GET ssot/query-sql/q-1': ok(status('Finished', 2)),
        'GET ssot/query-sql/q-1/rows?offset=1': rows('b'),
      },
      ask: rowsBy('connect', { queryId: 'q-1', offset: 1 }),
      gives: [['b']],
    },
    {
      rule: 'pages by what came, for the first page is cut by size',
      source: [sources.connectUse, sources.mcpQuery],
      answers: {
        'POST ssot/query-sql': json(201, {
          data: [['a'], ['b']],
          metadata,
          returnedRows: 2,
          status: status('Finished', 5),
        }),
        'GET ssot/query-sql/q-1/rows?offset=2&omitSchema=true': ok({
          data: [['c'], ['d']],
          returnedRows: 2,
        }),
        'GET ssot/query-sql/q-1/rows?offset=4': ok({ data: [['e']], returnedRows: 1 }),
      },
      gives: [['a'], ['b'], ['c'], ['d'], ['e']],
    },
    {
      rule: 'does not take rows of a running query for the whole',
      source: sources.connectUse,
      answers: {
        'POST ssot/query-sql': json(201, {
          data: [['a']],
          metadata,
          returnedRows: 1,
          status: status('Running', 100_000),
        }),
        'GET ssot/query-sql/q-1': ok(status('Finished', 2)),
        'GET ssot/query-sql/q-1/rows?offset=0': rows('a', 'b'),
      },
      gives: [['a'], ['b']],
    },
    {
      rule: 'gives no rows for a result without any',
      source: sources.pythonV2,
      answers: {
        'POST ssot/query-sql': json(201, {
          data: [],
          metadata: [],
          returnedRows: 0,
          status: {
            queryId: 'q1',
            completionStatus: 'ResultsProduced',
            progress: 1,
            rowCount: 0,
            chunkCount: 0,
          },
        }),
      },
      gives: [],
    },
    {
      rule: 'takes a count that is left out for none, once a page says so',
      source: sources.sqlStatus,
      guess: 'that a count of zero may be left out, as protocol buffers do',
      answers: {
        'POST ssot/query-sql': running,
        'GET ssot/query-sql/q-1': ok({ queryId: 'q-1', completionStatus: 'Finished', progress: 1 }),
        'GET ssot/query-sql/q-1/rows?offset=0': rows(),
      },
      gives: [],
    },
    {
      rule: 'refuses a count that is left out where there are rows',
      source: sources.sqlStatus,
      guess: 'that a count may be left out at all',
      answers: {
        'POST ssot/query-sql': running,
        'GET ssot/query-sql/q-1': ok({ queryId: 'q-1', completionStatus: 'Finished', progress: 1 }),
        'GET ssot/query-sql/q-1/rows?offset=0': rows('a'),
      },
      fails: { kind: 'unreadable', code: 'NO_ROW_COUNT' },
    },
    {
      rule: 'refuses a page with fewer rows than it says',
      source: sources.mcpQuery,
      answers: {
        'POST ssot/query-sql': json(201, {
          data: [['a']],
          metadata,
          returnedRows: 2,
          status: status('Finished', 2),
        }),
      },
      fails: { kind: 'unreadable', code: 'ROWS_MISSING' },
    },
    {
      rule: 'refuses an empty page before the end',
      source: sources.mcpQuery,
      answers: {
        'POST ssot/query-sql': json(201, {
          data: [['a']],
          metadata,
          returnedRows: 1,
          status: status('Finished', 2),
        }),
        'GET ssot/query-sql/q-1/rows?offset=1': ok({ data: [], returnedRows: 0 }),
      },
      fails: { kind: 'unreadable', code: 'EMPTY_PAGE' },
    },
    {
      rule: 'sends an ID that is encoded already as it is',
      source: sources.connectGuide,
      guess: 'one public client says that the ID comes encoded; another ID is encoded as ever',
      answers: {
        'POST ssot/query-sql': json(201, {
          data: [],
          metadata,
          returnedRows: 0,
          status: status('Running', 0, 'MTAu%3D_7c1'),
        }),
        'GET ssot/query-sql/MTAu%3D_7c1': ok(status('Finished', 0, 'MTAu%3D_7c1')),
      },
      gives: [],
    },
    {
      rule: 'runs the query again where its result is gone',
      source: [sources.connectUse, sources.restErrors],
      answers: {
        'GET ssot/query-sql/q-0': failed(404, 'NOT_FOUND', 'The requested resource does not exist'),
        'POST ssot/query-sql': finished,
      },
      ask: rowsBy('connect', { queryId: 'q-0', offset: 3 }),
      gives: [['a']],
    },
    {
      rule: 'reads compressed answers, although it asks for none',
      source: sources.http,
      answers: {
        'POST ssot/query-sql': raw(201, gzipSync(finished.body), {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        }),
      },
      gives: [['a']],
    },
    {
      rule: 'calls compressed bytes that are none unreadable',
      source: sources.http,
      answers: {
        'POST ssot/query-sql': raw(201, 'Ana Lima', {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        }),
      },
      fails: { kind: 'unreadable', code: 'Z_DATA_ERROR' },
    },
    {
      rule: 'finds the SQL state in JSON that is itself a text',
      source: sources.mcpQuery,
      answers: {
        'POST ssot/query-sql': failed(
          400,
          'INVALID_ARGUMENT',
          JSON.stringify({
            sqlState: '42P01',
            message: 'table "T__dlm" does not exist, in a query about ana.lima@example.com',
          }),
        ),
      },
      fails: { kind: 'rejected', status: 400, code: '42P01', action: /object is gone/ },
    },
    {
      rule: 'says what to do about an object that is not for us',
      source: sources.mcpQuery,
      answers: {
        'POST ssot/query-sql': failed(
          400,
          'INVALID_ARGUMENT',
          JSON.stringify({ message: 'permission denied', sqlState: '42501' }),
        ),
      },
      fails: { kind: 'rejected', code: '42501', action: /query the object/ },
    },
    {
      rule: "keeps the API's own code where there is no SQL state",
      source: sources.restErrors,
      answers: {
        'POST ssot/query-sql': failed(
          400,
          'INVALID_ARGUMENT',
          'ana.lima@example.com is no argument',
        ),
      },
      fails: { kind: 'rejected', status: 400, code: 'INVALID_ARGUMENT', action: undefined },
    },
    {
      rule: 'signs in again at the first 401',
      source: sources.restErrors,
      answers: {
        'POST ssot/query-sql': [
          failed(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
          finished,
        ],
      },
      gives: [['a']],
    },
    {
      rule: "waits for the day's allowance",
      source: sources.restErrors,
      answers: {
        'POST ssot/query-sql': failed(
          403,
          'REQUEST_LIMIT_EXCEEDED',
          'TotalRequests Limit exceeded.',
        ),
      },
      fails: { kind: 'unavailable', status: 403, code: 'REQUEST_LIMIT_EXCEEDED', retryAfter: 900 },
    },
    {
      rule: 'says what a page in place of data means',
      source: sources.autodocErrors,
      answers: { 'POST ssot/query-sql': page() },
      fails: { kind: 'unreadable', code: 'NOT_JSON', action: /page came in place of data/ },
    },
    {
      rule: 'waits where too many calls were made',
      source: sources.connectErrors,
      answers: { 'POST ssot/query-sql': empty(429, { 'retry-after': '7' }) },
      fails: { kind: 'unavailable', status: 429, retryAfter: 7 },
    },
    {
      rule: 'waits for a server that is down',
      source: sources.restErrors,
      answers: { 'POST ssot/query-sql': failed(503, 'SERVER_UNAVAILABLE', 'down for Ana') },
      fails: { kind: 'unavailable', status: 503, code: 'SERVER_UNAVAILABLE' },
    },
  ],
} satisfies WireApi;
