import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemFailureOf, type Asked, type Reply } from './plain-server.ts';
import { collect, rowsOf, SELECT, withTenant } from './tenant-server.ts';

const columns = { columns: [{ name: 'n', type: 'numeric' }] };
const status = (
  completionStatus: string,
  rowCount: unknown,
  name = 'x-hyperdb-status',
): Record<string, string> => ({
  [name]: JSON.stringify({ queryId: 'Q/1', completionStatus, rowCount, progress: 1 }),
});
const run = (
  reply: (request: Asked) => Reply,
  check: (server: Parameters<Parameters<typeof withTenant>[1]>[0]) => Promise<void>,
) => withTenant(reply, check, { query: 'v3' });

describe('a query by V3', () => {
  it('is asked for on the tenant, with its own token and parameters by position', () =>
    run(
      () => ({
        body: { data: [[1]], metadata: columns, returnedRows: 1 },
        headers: status('FINISHED', '1'),
      }),
      async ({ salesforce, seen }) => {
        assert.deepEqual(
          rowsOf(await collect(salesforce.query(SELECT, { dataSpace: 'brand_b' }))),
          [1],
        );
        const [exchange, query] = seen;
        assert.deepEqual(Object.fromEntries(new URLSearchParams(exchange?.body)), {
          grant_type: 'urn:salesforce:grant-type:external:cdp',
          subject_token: 'T',
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          dataspace: 'brand_b',
        });
        assert.deepEqual(
          [
            query?.method,
            query?.url,
            query?.headers.authorization,
            query?.headers['ctx-dataspace-ds_name'],
          ],
          ['POST', '/api/v3/query', 'Bearer D1', 'brand_b'],
        );
        const { sql, paramStyle, parameters } = JSON.parse(query?.body ?? '') as Record<
          string,
          unknown
        >;
        assert.equal(sql, 'SELECT "a:b", \':c\' FROM "t" WHERE "n" IN (?, ?) AND "n"::text <> ?');
        assert.deepEqual(
          [paramStyle, parameters],
          [
            'QUESTION_MARK',
            ["O'Neil\\", 'x', "O'Neil\\"].map((value) => ({ type: 'varchar', value })),
          ],
        );
        assert.equal(salesforce.queryPath(), '/api/v3/query');
      },
    ));

  it('is read by what comes, with counts as texts and a status that comes late', () =>
    run(
      ({ method, url, calls }) => {
        if (method === 'POST') {
          return {
            body: { data: null, returnedRows: 0 },
            headers: status('RUNNING_OR_UNSPECIFIED', null, 'status'),
          };
        }
        if (!url.includes('/rows')) {
          return {
            body: {
              queryId: 'Q/1',
              completionStatus: calls > 3 ? 'RESULTS_PRODUCED' : 'RUNNING_OR_UNSPECIFIED',
              rowCount: calls > 3 ? '5' : null,
              chunkCount: null,
            },
          };
        }
        const offset = Number(new URL(url, 'http://tenant').searchParams.get('offset'));
        return {
          body: {
            data: [1, 2, 3, 4, 5].slice(offset, offset + 2).map((n) => [n]),
            ...(offset === 0 && { metadata: columns }),
          },
        };
      },
      async ({ salesforce, seen }) => {
        let waits = 0;
        const pages = await collect(
          salesforce.query(SELECT, {
            dataSpace: 'default',
            onWait: () => {
              waits += 1;
            },
          }),
        );
        assert.deepEqual(
          [rowsOf(pages), pages.map(({ offset }) => offset), waits],
          [[1, 2, 3, 4, 5], [0, 2, 4], 2],
        );
        assert.ok(
          seen.at(-1)?.url.startsWith('/api/v3/query/Q%2F1/rows?offset=4&') &&
            seen.at(-1)?.url.includes('omitSchema=true'),
        );
      },
    ));

  it('reads the status of a poll from the header where the body has none', () =>
    run(
      ({ method }) =>
        method === 'POST'
          ? { body: { data: [] }, headers: status('RUNNING_OR_UNSPECIFIED', '0') }
          : { body: {}, headers: status('FINISHED', '0') },
      async ({ salesforce }) =>
        assert.deepEqual(
          (await collect(salesforce.query(SELECT, { dataSpace: 'default' }))).map(
            ({ rows, rowCount }) => [rows, rowCount],
          ),
          [[[], 0]],
        ),
    ));

  it('goes on from a page while the server holds the result, and from the start where it does not', () =>
    run(
      ({ method, url }) => {
        if (url.includes('gone')) {
          return {
            status: 404,
            body: { timestamp: '', error: 'Not Found', message: 'no such query' },
          };
        }
        if (method === 'POST') {
          return { body: { data: [[1], [2]], metadata: columns }, headers: status('FINISHED', 2) };
        }
        return url.includes('/rows')
          ? { body: { data: [[2]], metadata: columns } }
          : { body: { queryId: 'Q/1', completionStatus: 'FINISHED', rowCount: 2 } };
      },
      async ({ salesforce }) => {
        assert.deepEqual(
          rowsOf(
            await collect(
              salesforce.query(SELECT, {
                dataSpace: 'default',
                resume: { queryId: 'Q/1', offset: 1 },
              }),
            ),
          ),
          [2],
        );
        assert.deepEqual(
          rowsOf(
            await collect(
              salesforce.query(SELECT, {
                dataSpace: 'default',
                resume: { queryId: 'gone', offset: 1 },
              }),
            ),
          ),
          [1, 2],
        );
      },
    ));

  it('exchanges its token again at the first 401, and is denied at the second', () =>
    run(
      ({ headers }) =>
        headers.authorization === 'Bearer D2'
          ? { body: { data: [[1]], metadata: columns }, headers: status('FINISHED', 1) }
          : {
              status: 401,
              body: { error: 'Unauthorized', message: 'Ana', details: { statusCode: 401 } },
            },
      async ({ salesforce }) => {
        assert.deepEqual(
          rowsOf(await collect(salesforce.query(SELECT, { dataSpace: 'default' }))),
          [1],
        );
        const failure = await systemFailureOf(
          collect(salesforce.query(SELECT, { dataSpace: 'other' })),
        );
        assert.deepEqual(
          [failure.facts.kind, failure.facts.status, failure.message.includes('Ana')],
          ['denied', 401, false],
        );
      },
    ));

  it('shares one token among calls at the same time', () =>
    run(
      () => ({ body: { data: [[1]], metadata: columns }, headers: status('FINISHED', 1) }),
      async ({ salesforce, seen }) => {
        await Promise.all(
          ['default', 'default', 'brand_b', 'default'].map((dataSpace) =>
            collect(salesforce.query(SELECT, { dataSpace })),
          ),
        );
        assert.equal(seen.filter(({ url }) => url === '/services/a360/token').length, 2);
      },
    ));

  const refusals: readonly [string, Reply, string, string | undefined][] = [
    [
      'a mistake in SQL',
      {
        status: 400,
        body: { error: '42601', message: 'syntax error near ana@example.com', details: {} },
      },
      'rejected',
      '42601',
    ],
    [
      'an argument out of range',
      { status: 400, body: { error: 'COMMON_ERROR_GENERIC', message: 'offset out of range' } },
      'rejected',
      'COMMON_ERROR_GENERIC',
    ],
    [
      'a query that was cancelled',
      { status: 408, body: { error: 'HY000', message: 'deadline' } },
      'unavailable',
      'HY000',
    ],
    [
      'too many calls',
      {
        status: 429,
        headers: { 'retry-after': '3' },
        body: { timestamp: '', error: 'Too Many Requests', message: '' },
      },
      'unavailable',
      undefined,
    ],
    [
      'something it cannot do',
      { status: 501, body: { error: 'INTERNAL_ERROR', message: '' } },
      'rejected',
      'INTERNAL_ERROR',
    ],
    [
      'no status in any header',
      { body: { data: [[1]], metadata: columns } },
      'unreadable',
      'NO_STATUS',
    ],
  ];
  for (const [what, reply, kind, code] of refusals) {
    it(`calls ${what} ${kind}`, () =>
      run(
        () => reply,
        async ({ salesforce }) => {
          const { facts } = await systemFailureOf(
            collect(salesforce.query(SELECT, { dataSpace: 'default' })),
          );
          assert.deepEqual([facts.system, facts.kind, facts.code], ['data-cloud', kind, code]);
        },
      ));
  }
});
