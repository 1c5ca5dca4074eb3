import { rowsBy } from '../query.ts';
import { sources } from '../sources.ts';
import { json, ok, type WireApi } from '../wire-case.ts';

const times = { startTime: '2026-11-28T10:38:55.520428Z', endTime: '2026-11-28T10:39:02.995939Z' };
const metadata = {
  FirstName__c: { type: 'VARCHAR', placeInOrder: 1, typeCode: 12 },
  Id__c: { type: 'VARCHAR', placeInOrder: 0, typeCode: 12 },
};
const batch = (data: unknown, more: object = {}) => ({
  data,
  ...times,
  rowCount: Array.isArray(data) ? data.length : 0,
  queryId: '20261128_103858_00784_rpkgk',
  metadata,
  ...more,
});

export default {
  api: 'Query V2: /api/v2/query',
  connectors: ['data-cloud'],
  ask: rowsBy('v2'),
  cases: [
    {
      rule: 'orders columns by their place, not by their keys',
      source: sources.jdbc,
      answers: {
        'POST api/v2/query': ok(batch([['00034d6c', 'Ana']], { nextBatchId: '', done: true })),
      },
      gives: [['00034d6c', 'Ana']],
    },
    {
      rule: 'reads batch after batch',
      source: [sources.jdbc, sources.pythonV1],
      answers: {
        'POST api/v2/query': ok(
          batch([['1', 'Ana']], {
            nextBatchId: 'f98c7bcd-b1bd-4e8d-b98d-11aabdd6c604',
            done: false,
          }),
        ),
        'GET api/v2/query/f98c7bcd-b1bd-4e8d-b98d-11aabdd6c604': ok(
          batch([['2', 'Ana']], { done: true }),
        ),
      },
      gives: [
        ['1', 'Ana'],
        ['2', 'Ana'],
      ],
    },
    {
      rule: 'takes any text as the ID of the next batch',
      source: sources.v2Next,
      answers: {
        'POST api/v2/query': ok(
          batch([['1', 'Ana']], { nextBatchId: 'v2|bWFpbg==/7', done: false }),
        ),
        'GET api/v2/query/v2%7CbWFpbg%3D%3D%2F7': ok(batch([], { done: true })),
      },
      gives: [['1', 'Ana']],
    },
    {
      rule: 'gives no rows for an answer without columns',
      source: sources.jdbc,
      answers: {
        'POST api/v2/query': ok({
          data: [],
          ...times,
          rowCount: 0,
          queryId: '53c66a0f-e666',
          done: true,
        }),
      },
      gives: [],
    },
    {
      rule: 'ends where nothing says that there is more',
      source: sources.jdbc,
      answers: { 'POST api/v2/query': ok(batch([['1', 'Ana']])) },
      gives: [['1', 'Ana']],
    },
    {
      rule: 'reads rows that are objects, whatever the case of their names',
      source: sources.jdbc,
      answers: {
        'POST api/v2/query': ok({
          data: [{ telephonenumber__c: '001 5483188' }],
          ...times,
          rowCount: 1,
          queryId: 'q',
          done: true,
          metadata: { TelephoneNumber__c: { placeInOrder: 0, typeCode: 12, type: 'VARCHAR' } },
        }),
      },
      gives: [['001 5483188']],
    },
    {
      rule: 'keeps lists of numbers as they came',
      source: sources.jdbc,
      answers: {
        'POST api/v2/query': ok({
          data: [{ VectorEmbedding__c: { array: [0.0042559705, -0.028879853] } }],
          ...times,
          rowCount: 1,
          queryId: 'q',
          done: true,
          metadata: { VectorEmbedding__c: { placeInOrder: 0, typeCode: 2003, type: 'ARRAY' } },
        }),
      },
      gives: [[{ array: [0.0042559705, -0.028879853] }]],
    },
    {
      rule: 'refuses an end without rows where some are counted',
      source: sources.jdbc,
      answers: {
        'POST api/v2/query': ok({ ...times, rowCount: 2, queryId: 'q', done: true, metadata }),
      },
      fails: { kind: 'unreadable', code: 'ROWS_MISSING' },
    },
    {
      rule: 'refuses more rows that have no ID',
      source: sources.v2Guide,
      answers: { 'POST api/v2/query': ok(batch([['1', 'Ana']], { nextBatchId: '', done: false })) },
      fails: { kind: 'unreadable', code: 'NO_NEXT_BATCH' },
    },
    {
      rule: 'runs the query again, once, where a batch is gone',
      source: [sources.v2Guide, sources.jdbc],
      guess: 'the status of a batch that was read before',
      answers: {
        'POST api/v2/query': [
          ok(batch([['1', 'Ana']], { nextBatchId: 'gone', done: false })),
          ok(
            batch(
              [
                ['1', 'Ana'],
                ['2', 'Ana'],
              ],
              { done: true },
            ),
          ),
        ],
        'GET api/v2/query/gone': json(404, {
          timestamp: '2026-11-28T11:53:29.668+0000',
          error: 'Not Found',
          message: 'Not Found',
        }),
      },
      ask: async (at) => {
        const pages: unknown[] = [];
        for await (const { offset, rows } of at
          .connect({ query: 'v2' })
          .query({ text: 'SELECT 1', parameters: {} }, { dataSpace: 'default' })) {
          pages.push([offset, rows.length]);
        }
        return pages;
      },
      gives: [
        [0, 1],
        [0, 2],
      ],
    },
    {
      rule: 'exchanges its token again at the first 401',
      source: sources.jdbc,
      answers: {
        'POST api/v2/query': [
          json(401, {
            timestamp: '2026-11-28T11:53:29.668+0000',
            error: 'Unauthorized',
            message: 'Authorization header verification failed',
            internalErrorCode: 'COMMON_ERROR_GENERIC',
            details: {
              status: 'UNAUTHENTICATED: Invalid JWT (not before or expired)',
              statusCode: 401,
            },
          }),
          ok(batch([['1', 'Ana']], { done: true })),
        ],
      },
      gives: [['1', 'Ana']],
    },
    {
      rule: 'waits where more than fifteen calls run at once',
      source: [sources.statusCodes, sources.jdbc],
      answers: {
        'POST api/v2/query': json(429, {
          timestamp: '2026-11-28T11:53:29.668+0000',
          error: 'Too many requests',
          message: 'Too many requests',
        }),
      },
      fails: { kind: 'unavailable', status: 429 },
    },
    {
      rule: 'calls an unknown field rejected',
      source: sources.statusCodes,
      answers: {
        'POST api/v2/query': json(422, {
          timestamp: '2026-11-28T11:53:29.668+0000',
          error: 'Unprocessable Entity',
          message: 'ana.lima@example.com',
        }),
      },
      fails: { kind: 'rejected', status: 422 },
    },
    {
      rule: 'waits for a server that fails',
      source: sources.jdbc,
      answers: {
        'POST api/v2/query': json(500, {
          timestamp: '2026-11-28T11:53:29.668+0000',
          error: 'Internal Server Error',
          message: 'Internal Server Error',
          internalErrorCode: 'COMMON_ERROR_GENERIC',
          details: { status: 'Internal Server Error', statusCode: 500 },
        }),
      },
      fails: { kind: 'unavailable', status: 500 },
    },
  ],
} satisfies WireApi;
