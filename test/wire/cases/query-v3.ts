import { rowsBy } from '../query.ts';
import { sources } from '../sources.ts';
import { json, ok, raw, type WireApi } from '../wire-case.ts';

const metadata = { columns: [{ name: 'id__c', type: 'varchar', nullable: true }] };
const told = (status: object) => JSON.stringify({ queryId: 'q-1', ...status });
const submitted = (body: object, status: object, name = 'x-hyperdb-status') =>
  ok(body, { [name]: told(status) });
const running = ok({}, { 'x-hyperdb-status': '{"queryId":"q-1"}' });
const rows = (...values: unknown[]) =>
  ok({ metadata, data: values.map((value) => [value]), returnedRows: values.length });
const refused = (status: number, body: object) => ({ 'POST api/v3/query': json(status, body) });

export default {
  api: 'Query V3: /api/v3/query',
  connectors: ['data-cloud'],
  ask: rowsBy('v3'),
  cases: [
    {
      rule: 'gives the rows that came with the answer',
      source: sources.v3Post,
      answers: {
        'POST api/v3/query': submitted(
          { data: [['a']], metadata, returnedRows: 1 },
          { completionStatus: 'FINISHED', rowCount: '1', chunkCount: '1' },
        ),
      },
      gives: [['a']],
    },
    {
      rule: 'reads the status from the header of the older name',
      source: sources.v3Get,
      answers: {
        'POST api/v3/query': submitted(
          { data: [['a']], metadata, returnedRows: 1 },
          { completionStatus: 'RESULTS_PRODUCED', rowCount: 1 },
          'status',
        ),
      },
      gives: [['a']],
    },
    {
      rule: 'takes a header with nothing but the ID for a query that runs',
      source: sources.duckdb,
      answers: {
        'POST api/v3/query': running,
        'GET api/v3/query/q-1': ok({
          queryId: 'q-1',
          completionStatus: 'FINISHED',
          chunkCount: 1,
          rowCount: 1,
        }),
        'GET api/v3/query/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'needs no ID in the status of a query that it asked after',
      source: sources.duckdb,
      answers: {
        'POST api/v3/query': running,
        'GET api/v3/query/q-1': ok({ completionStatus: 'FINISHED', chunkCount: 1, rowCount: 1 }),
        'GET api/v3/query/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'takes the ID from the body of the submission',
      source: sources.duckdb,
      answers: {
        'POST api/v3/query': json(202, { queryId: 'q-1' }),
        'GET api/v3/query/q-1': ok({ completionStatus: 'FINISHED', chunkCount: 1, rowCount: 1 }),
        'GET api/v3/query/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'reads the status of a poll from the header',
      source: sources.v3Get,
      answers: {
        'POST api/v3/query': submitted(
          { data: null, returnedRows: 0 },
          { completionStatus: 'RUNNING_OR_UNSPECIFIED', rowCount: null },
        ),
        'GET api/v3/query/q-1': [
          ok({}, { 'x-hyperdb-status': told({ completionStatus: 'RUNNING_OR_UNSPECIFIED' }) }),
          ok({}, { 'x-hyperdb-status': told({ completionStatus: 'FINISHED', rowCount: 1 }) }),
        ],
        'GET api/v3/query/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'waits on where a poll tells the ID alone',
      source: sources.v3Get,
      guess:
        'that RUNNING_OR_UNSPECIFIED may be left out, as protocol buffers do with what is zero',
      answers: {
        'POST api/v3/query': running,
        'GET api/v3/query/q-1': [
          ok({ queryId: 'q-1' }),
          ok({ queryId: 'q-1', completionStatus: 'FINISHED', rowCount: 1 }),
        ],
        'GET api/v3/query/q-1/rows?offset=0': rows('a'),
      },
      gives: [['a']],
    },
    {
      rule: 'gives no rows where an empty result that came whole tells no count',
      source: sources.v3Post,
      guess: 'that a count of zero may be left out',
      answers: {
        'POST api/v3/query': submitted(
          { data: [], metadata, returnedRows: 0 },
          { completionStatus: 'FINISHED' },
        ),
      },
      gives: [],
    },
    {
      rule: 'asks for the first page where a finished query tells no count',
      source: sources.v3Get,
      guess: 'that a count of zero may be left out',
      answers: {
        'POST api/v3/query': running,
        'GET api/v3/query/q-1': ok({ queryId: 'q-1', completionStatus: 'FINISHED' }),
        'GET api/v3/query/q-1/rows?offset=0': rows(),
      },
      gives: [],
    },
    {
      rule: 'refuses a count that is left out where there are rows',
      source: sources.v3Get,
      guess: 'that a count may be left out at all',
      answers: {
        'POST api/v3/query': running,
        'GET api/v3/query/q-1': ok({ queryId: 'q-1', completionStatus: 'FINISHED' }),
        'GET api/v3/query/q-1/rows?offset=0': rows('a'),
      },
      fails: { kind: 'unreadable', code: 'NO_ROW_COUNT' },
    },
    {
      rule: 'reads rows that repeat their columns on every page',
      source: sources.duckdb,
      answers: {
        'POST api/v3/query': running,
        'GET api/v3/query/q-1': ok({
          queryId: 'q-1',
          completionStatus: 'FINISHED',
          chunkCount: 2,
          rowCount: 2,
        }),
        'GET api/v3/query/q-1/rows?offset=0': ok({
          metadata: { columns: [{ name: 'flag', type: 'bool', nullable: true }] },
          data: [[true]],
          returnedRows: 1,
        }),
        'GET api/v3/query/q-1/rows?offset=1': ok({
          metadata: { columns: [{ name: 'flag', type: 'bool', nullable: true }] },
          data: [[null]],
          returnedRows: 1,
        }),
      },
      gives: [[true], [null]],
    },
    {
      rule: 'goes on from a row after a crash',
      source: sources.v3Rows,
      answers: {
        'GET api/v3/query/q-1': ok({ queryId: 'q-1', completionStatus: 'FINISHED', rowCount: '2' }),
        'GET api/v3/query/q-1/rows?offset=1': rows('b'),
      },
      ask: rowsBy('v3', { queryId: 'q-1', offset: 1 }),
      gives: [['b']],
    },
    {
      rule: 'refuses a submission that tells no ID',
      source: sources.v3Post,
      answers: { 'POST api/v3/query': ok({ data: [], metadata, returnedRows: 0 }) },
      fails: { kind: 'unreadable', code: 'NO_STATUS' },
    },
    {
      rule: 'refuses a status in a header that is no JSON',
      source: sources.v3Post,
      answers: { 'POST api/v3/query': ok({ data: [] }, { 'x-hyperdb-status': '{"queryId":"q-1' }) },
      fails: { kind: 'unreadable', code: 'NOT_JSON' },
    },
    {
      rule: 'takes the SQL state that stands as the error',
      source: sources.v3Post,
      answers: refused(400, {
        error: '42601',
        message: 'syntax error near ana.lima@example.com',
        details: {
          customerHint: '',
          customerDetail: '',
          errorSource: 'User',
          position: { errorBeginCharacterOffset: '7' },
        },
      }),
      fails: { kind: 'rejected', status: 400, code: '42601' },
    },
    {
      rule: 'finds the SQL state among the details',
      source: sources.v3Post,
      guess: 'how the key is spelled',
      answers: refused(400, {
        timestamp: '2026-11-28T10:15:30.123+0000',
        error: 'INVALID_ARGUMENT',
        message: 'no such table',
        internalErrorCode: 'COMMON_ERROR_GENERIC',
        details: { sqlState: '42P01' },
      }),
      fails: { kind: 'rejected', code: '42P01', action: /object is gone/ },
    },
    {
      rule: 'waits for a query that was cancelled at its deadline',
      source: sources.v3Post,
      answers: refused(408, { error: 'HY000', message: 'deadline exceeded' }),
      fails: { kind: 'unavailable', status: 408 },
    },
    {
      rule: 'does not ask again for what it cannot do',
      source: sources.v3Post,
      answers: refused(501, { error: 'INTERNAL_ERROR', message: 'not implemented' }),
      fails: { kind: 'rejected', status: 501 },
    },
    {
      rule: 'runs the query again where its result is gone',
      source: [sources.v3Get, sources.jdbc],
      answers: {
        'GET api/v3/query/q-0': raw(
          404,
          '{"timestamp":"2026-11-28T11:53:29.668+0000","error":"Not Found","message":"Not Found"}',
          { 'content-type': 'application/json' },
        ),
        'POST api/v3/query': submitted(
          { data: [['a']], metadata, returnedRows: 1 },
          { completionStatus: 'FINISHED', rowCount: 1 },
        ),
      },
      ask: rowsBy('v3', { queryId: 'q-0', offset: 1 }),
      gives: [['a']],
    },
  ],
} satisfies WireApi;
