import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { allRows, type SqlPage } from '../../src/salesforce/data-cloud-query.ts';
import { stand, type Stand } from '../connectors/stand.ts';
import { failureOf, withServer } from './plain-server.ts';

const visits = Array.from({ length: 23 }, (_, index) => ({
  ssot__Id__c: `V-${String(index).padStart(2, '0')}`,
  ssot__IndividualId__c: 'P-1',
}));
const sql = {
  text:
    'SELECT "ssot__Id__c" FROM "ssot__WebsiteEngagement__dlm" WHERE "ssot__IndividualId__c" = ' +
    ':p ORDER BY 1',
  parameters: { p: 'P-1' },
};
const all = visits.map(({ ssot__Id__c }) => ssot__Id__c);
const collect = async (pages: AsyncIterable<SqlPage>) => {
  const found: SqlPage[] = [];
  for await (const page of pages) {
    found.push(page);
  }
  return found;
};

describe('a Data Cloud query', () => {
  let at: Stand;
  before(async () => {
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: [{ ssot__Id__c: 'P-1' }],
          ssot__WebsiteEngagement__dlm: visits,
        },
      },
      paging: { firstPage: 3, page: 7, runningPolls: 1 },
    });
  });
  after(() => at.stop());
  const query = (more = {}) => at.salesforce.query(sql, { dataSpace: 'default', ...more });

  it('gives every row once and in order, whatever the size of the pages', async () => {
    const pages = await collect(query());
    assert.deepEqual(
      pages.flatMap(({ rows }) => rows.flat()),
      all,
    );
    assert.ok(pages.length > 3);
    assert.deepEqual(
      pages.map(({ offset }) => offset),
      pages.map((_, index) =>
        pages.slice(0, index).reduce((sum, { rows }) => sum + rows.length, 0),
      ),
    );
    assert.deepEqual([...new Set(pages.map(({ rowCount }) => rowCount))], [23]);
  });

  it('tells that the server still computes', async () => {
    let waits = 0;
    await collect(
      query({
        onWait: () => {
          waits += 1;
        },
      }),
    );
    assert.ok(waits >= 1);
  });

  it('goes on behind the rows that are there, without running again', async () => {
    const [first] = await collect(query());
    const before = (await at.calls())['core POST /services/data/:version/ssot/query-sql'];
    const rest = await collect(query({ resume: { queryId: first?.queryId, offset: 9 } }));
    assert.deepEqual(
      rest.flatMap(({ rows }) => rows.flat()),
      all.slice(9),
    );
    assert.equal((await at.calls())['core POST /services/data/:version/ssot/query-sql'], before);
    assert.deepEqual(await collect(query({ resume: { queryId: first?.queryId, offset: 23 } })), []);
  });

  it('runs again from the start where the result is gone', async () => {
    const pages = await collect(query({ resume: { queryId: 'gone', offset: 9 } }));
    assert.equal(pages[0]?.offset, 0);
    assert.deepEqual(
      pages.flatMap(({ rows }) => rows.flat()),
      all,
    );
  });

  it('begins anew where the result goes while it is read', async () => {
    await at.fault('^core GET .*query-sql/.+/rows', 'gone', { times: 1, after: 1 });
    assert.deepEqual((await allRows(query())).flat(), all);
    await at.clear();
  });

  it('is unavailable where the result goes twice', async () => {
    await at.fault('^core GET .*query-sql/.+/rows', 'gone');
    const failure = await failureOf(collect(query()));
    await at.clear();
    assert.ok(failure instanceof SystemFailure);
    assert.equal(failure.facts.kind, 'unavailable');
  });

  it('gives one empty page for an empty result', async () => {
    const pages = await collect(
      at.salesforce.query({ ...sql, parameters: { p: 'nobody' } }, { dataSpace: 'default' }),
    );
    assert.deepEqual(
      pages.map(({ rows, rowCount }) => [rows, rowCount]),
      [[[], 0]],
    );
  });

  it('ends between pages when it is told to', async () => {
    const ending = new AbortController();
    const pages = query({ signal: ending.signal });
    await pages.next();
    ending.abort(new Error('enough'));
    await assert.rejects(collect(pages), /enough/);
  });
});

describe('an answer to a query', () => {
  const columns = [{ name: 'n', type: 'Numeric' }];
  const finished = (rowCount: unknown) => ({
    queryId: 'q',
    completionStatus: 'Finished',
    rowCount,
  });
  const run = (
    reply: Parameters<typeof withServer>[0],
    check: (pages: Promise<SqlPage[]>) => Promise<void>,
  ) =>
    withServer(reply, ({ salesforce }) =>
      check(
        collect(salesforce.query({ text: 'SELECT 1', parameters: {} }, { dataSpace: 'default' })),
      ),
    );

  it('keeps the digits of big numbers', () =>
    run(
      () => ({
        body: '{"data":[[12345678901234567890.123],[7]],"metadata":[{"name":"n","type":"Numeric"}],"status":{"queryId":"q","completionStatus":"Finished","rowCount":2}}',
      }),
      async (pages) => {
        assert.deepEqual(
          (await pages)[0]?.rows.map(([value]) => String(value)),
          ['12345678901234567890.123', '7'],
        );
      },
    ));

  it('may count rows as text and spell its status in any way', () =>
    run(
      () => ({
        body: {
          data: [[1]],
          metadata: columns,
          status: { queryId: 'q', completionStatus: 'RESULTS_PRODUCED', rowCount: '1' },
        },
      }),
      async (pages) => {
        assert.equal((await pages)[0]?.rowCount, 1);
      },
    ));

  it('does not count rows that came while the query ran', () =>
    run(
      ({ method, url }) => {
        if (method === 'POST') {
          return {
            body: {
              data: [[9]],
              metadata: columns,
              status: { queryId: 'q', completionStatus: 'Running', rowCount: 2 },
            },
          };
        }
        return {
          body: url.includes('/rows')
            ? { data: [[1], [2]], returnedRows: 2 }
            : { status: finished(2) },
        };
      },
      async (pages) => {
        assert.deepEqual(
          (await pages).flatMap(({ rows }) => rows.flat()),
          [1, 2],
        );
      },
    ));

  const foreign: readonly [string, object, object][] = [
    [
      'a page that comes empty before the end',
      { data: [[1]], metadata: columns, status: finished(3) },
      { data: [] },
    ],
    [
      'more rows than were counted',
      { data: [[1], [2], [3]], metadata: columns, status: finished(2) },
      {},
    ],
    ['a row of another width', { data: [[1, 2]], metadata: columns, status: finished(1) }, {}],
    [
      'no count of rows',
      { data: [[1]], metadata: columns, status: { queryId: 'q', completionStatus: 'Finished' } },
      {},
    ],
    [
      'an unknown status',
      {
        data: [],
        metadata: columns,
        status: { queryId: 'q', completionStatus: 'Confused', rowCount: 1 },
      },
      {},
    ],
    ['rows that are objects', { data: [{ n: 1 }], metadata: columns, status: finished(1) }, {}],
    ['no columns', { data: [[1]], status: finished(1) }, {}],
  ];
  for (const [name, submitted, later] of foreign) {
    it(`with ${name} is unreadable`, () =>
      run(
        ({ method }) => ({ body: method === 'POST' ? submitted : later }),
        async (pages) => {
          const failure = await failureOf(pages);
          assert.ok(failure instanceof SystemFailure, String(failure));
          assert.equal(failure.facts.kind, 'unreadable');
        },
      ));
  }

  it('is asked for with named parameters, its data space and our name', () =>
    withServer(
      () => ({ body: { data: [], metadata: columns, status: finished(0) } }),
      async ({ salesforce, seen }) => {
        await collect(
          salesforce.query({ text: 'SELECT :a', parameters: { a: 'x' } }, { dataSpace: 'brand b' }),
        );
        assert.equal(
          seen[0]?.url,
          '/services/data/v67.0/ssot/query-sql?dataspace=brand+b&workloadName=dossier',
        );
        assert.deepEqual(JSON.parse(seen[0]?.body ?? ''), {
          sql: 'SELECT :a',
          rowLimit: 50_000,
          sqlParameters: [{ name: 'a', type: 'Varchar', value: 'x' }],
        });
        assert.equal(seen[0]?.headers.authorization, 'Bearer T');
      },
    ));
});
