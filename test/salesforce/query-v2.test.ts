import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemFailureOf, type Asked, type Reply } from './plain-server.ts';
import { collect, rowsOf, SELECT, withTenant } from './tenant-server.ts';

const metadata = {
  second: { type: 'VARCHAR', placeInOrder: 1, typeCode: 12 },
  FIRST: { type: 'DECIMAL', placeInOrder: 0, typeCode: 3 },
};
const batch = (data: unknown, next?: string): Reply => ({
  body: {
    data,
    rowCount: 2,
    queryId: '20260301_100000_00088_p25a7',
    ...(next !== undefined && { nextBatchId: next }),
    done: next === undefined || next === '',
    metadata,
  },
});
const run = (
  reply: (request: Asked) => Reply,
  check: (server: Parameters<Parameters<typeof withTenant>[1]>[0]) => Promise<void>,
) => withTenant(reply, check, { query: 'v2' });

describe('a query by V2', () => {
  it('carries its values as literals, for V2 takes no parameters', () =>
    run(
      () => batch([['1', 'a']]),
      async ({ salesforce, seen }) => {
        await collect(salesforce.query(SELECT, { dataSpace: 'default' }));
        assert.deepEqual(JSON.parse(seen.at(-1)?.body ?? ''), {
          sql:
            'SELECT "a:b", \':c\' FROM "t" WHERE "n" IN (\'O\'\'Neil\\\', \'x\') AND "n"::text ' +
            "<> 'O''Neil\\'",
        });
      },
    ));

  it('orders columns by their place, follows opaque batch IDs, and counts rows at the end', () =>
    run(
      ({ method, url }) => {
        const first = [
          ['1', 'a'],
          ['2', 'b'],
        ];
        if (method === 'POST') return batch(first, 'k/1=');
        return url.endsWith('/k%2F1%3D') ? batch([], 'k2') : batch([['3', 'c']], '');
      },
      async ({ salesforce }) => {
        const pages = await collect(salesforce.query(SELECT, { dataSpace: 'default' }));
        assert.deepEqual(
          pages.map(({ columns }) => columns.map(({ name }) => name)),
          [
            ['FIRST', 'second'],
            ['FIRST', 'second'],
          ],
        );
        assert.deepEqual(
          [rowsOf(pages), pages.map(({ offset, rowCount }) => [offset, rowCount])],
          [
            ['1', 'a', '2', 'b', '3', 'c'],
            [
              [0, null],
              [2, 3],
            ],
          ],
        );
      },
    ));

  it('reads rows that are objects, with names in any case', () =>
    run(
      () => batch([{ Second: 'a', first: '1' }, { first: '2' }]),
      async ({ salesforce }) => {
        assert.deepEqual(
          rowsOf(await collect(salesforce.query(SELECT, { dataSpace: 'default' }))),
          ['1', 'a', '2', null],
        );
      },
    ));

  it('begins anew where a batch is lost, and at every attempt', () => {
    let lost = 0;
    return run(
      ({ method }) => {
        if (method === 'POST') return batch([['1', 'a']], 'next');
        lost += 1;
        return lost === 1
          ? { status: 404, body: { timestamp: '', error: 'Not Found', message: '' } }
          : batch([['2', 'b']]);
      },
      async ({ salesforce }) => {
        const pages = await collect(
          salesforce.query(SELECT, { dataSpace: 'default', resume: { queryId: 'any', offset: 1 } }),
        );
        assert.deepEqual(
          pages.map(({ offset, rows }) => [offset, rows.flat()]),
          [
            [0, ['1', 'a']],
            [0, ['1', 'a']],
            [1, ['2', 'b']],
          ],
        );
      },
    );
  });

  const foreign: readonly [string, Reply, string][] = [
    [
      'columns that leave a place out',
      {
        body: { data: [['1']], done: true, metadata: { a: { type: 'VARCHAR', placeInOrder: 1 } } },
      },
      'FOREIGN_SHAPE',
    ],
    ['a row of another width', batch([['1']]), 'FOREIGN_SHAPE'],
    ['a field that is no column', batch([{ other: '1' }]), 'FOREIGN_SHAPE'],
    [
      'more to come and no way to it',
      { body: { data: [], done: false, metadata } },
      'NO_NEXT_BATCH',
    ],
    ['the same batch again and again', batch([], 'again'), 'ENDLESS_PAGES'],
  ];
  for (const [what, reply, code] of foreign) {
    it(`is unreadable with ${what}`, () =>
      run(
        () => reply,
        async ({ salesforce }) => {
          const { facts } = await systemFailureOf(
            collect(salesforce.query(SELECT, { dataSpace: 'default' })),
          );
          assert.deepEqual([facts.kind, facts.code], ['unreadable', code]);
        },
      ));
  }
});

describe('the API that runs queries', () => {
  const v3 = {
    body: { data: [[1]], metadata: { columns: [{ name: 'n', type: 'numeric' }] } },
    headers: {
      status: JSON.stringify({ queryId: 'q', completionStatus: 'FINISHED', rowCount: 1 }),
    },
  };
  const missing = {
    status: 404,
    body: [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
  };
  const auto = (
    reply: (request: Asked) => Reply,
    check: (server: Parameters<Parameters<typeof withTenant>[1]>[0]) => Promise<void>,
  ) => withTenant(reply, check, { query: 'auto' });

  it('is the first that the org has, and is remembered', () =>
    auto(
      ({ url }) => (url.startsWith('/api/v3') ? v3 : missing),
      async ({ salesforce, seen }) => {
        assert.equal(salesforce.queryPath(), '/services/data/v67.0/ssot/query-sql');
        await collect(salesforce.query(SELECT, { dataSpace: 'default' }));
        await collect(salesforce.query(SELECT, { dataSpace: 'default' }));
        assert.equal(salesforce.queryPath(), '/api/v3/query');
        assert.deepEqual(
          seen.map(({ url }) => url.split('?')[0]),
          [
            '/services/data/v67.0/ssot/query-sql',
            '/services/a360/token',
            '/api/v3/query',
            '/api/v3/query',
          ],
        );
      },
    ));

  it('is V2 where nothing newer is there', () =>
    auto(
      ({ url }) => {
        if (url.startsWith('/api/v2')) return batch([['1', 'a']]);
        return url.startsWith('/api/v3') ? { status: 404, body: { error: 'Not Found' } } : missing;
      },
      async ({ salesforce }) => {
        assert.deepEqual(
          rowsOf(await collect(salesforce.query(SELECT, { dataSpace: 'default' }))),
          ['1', 'a'],
        );
      },
    ));

  it('is not looked for elsewhere while the first is only busy', () =>
    auto(
      () => ({ status: 503, type: 'text/html', body: '<html>' }),
      async ({ salesforce, seen }) => {
        assert.equal(
          (await systemFailureOf(collect(salesforce.query(SELECT, { dataSpace: 'default' })))).facts
            .kind,
          'unavailable',
        );
        assert.equal(seen.length, 1);
      },
    ));

  it('fails as the first of them fails where none is there', () =>
    auto(
      ({ url }) =>
        url.startsWith('/services/data')
          ? { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS' }] }
          : { status: 404, body: {} },
      async ({ salesforce }) => {
        const { facts } = await systemFailureOf(
          collect(salesforce.query(SELECT, { dataSpace: 'default' })),
        );
        assert.deepEqual([facts.kind, facts.status], ['denied', 403]);
      },
    ));
});
