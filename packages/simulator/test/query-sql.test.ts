import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { control, simulated } from './start.ts';

const individual = (id: string, more: Record<string, unknown> = {}) => ({
  ssot__Id__c: id,
  ssot__FirstName__c: 'Ana',
  ...more,
});
const visits = Array.from({ length: 1_234 }, (_, index) => ({
  ssot__Id__c: `WE-${index}`,
  ssot__IndividualId__c: 'P-1',
  ssot__PageUrl__c: 'x'.repeat(1_000),
}));

const stage = simulated({
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        individual('P-1', {
          ssot__CreatedDate__c: '2026-01-05T10:00:00Z',
          SeenAt__c: '2026-01-05T10:00:00.000Z',
          ssot__BirthDate__c: '1987-04-12',
          Member__c: true,
        }),
        individual('P-2'),
        individual('P-HIDDEN'),
      ],
      ssot__WebsiteEngagement__dlm: visits,
    },
    brand_b: { ssot__Individual__dlm: [individual('B-1')] },
  },
  generate: {
    default: {
      ssot__EmailEngagement__dlm: {
        count: 30_000,
        partyId: ['P-1', 'P-2'],
        dataSource: 'Acme_Mail',
        fields: { ssot__EmailName__c: 'Mail {n}', Points__c: 7 },
      },
    },
  },
  restricted: { default: ['P-HIDDEN'] },
  paging: { pageBytes: 200_000 },
});

const path = (id: string, rest = '') => `/ssot/query-sql/${id}${rest}`;

describe('a query', () => {
  it('binds named values and gives values as Hyper writes them', async () => {
    const { status, body } = await stage.client.sql(
      'SELECT "ssot__CreatedDate__c", "SeenAt__c", "ssot__BirthDate__c", "Member__c" FROM ' +
        '"ssot__Individual__dlm" WHERE "ssot__Id__c" = :party AND \':x\' <> "ssot__Id__c"',
      { party: 'P-1' },
    );
    assert.equal(status, 201);
    assert.deepEqual(body.data, [
      ['2026-01-05T10:00:00+00:00', '2026-01-05T10:00:00+00:00', '1987-04-12', true],
    ]);
    assert.deepEqual(
      body.metadata.map(({ name, type }) => [name, type]),
      [
        ['ssot__CreatedDate__c', 'TimestampTZ'],
        ['SeenAt__c', 'TimestampTZ'],
        ['ssot__BirthDate__c', 'Date'],
        ['Member__c', 'Boolean'],
      ],
    );
    assert.equal(body.status.completionStatus, 'Finished');
  });

  it('writes numbers with 18 places, and casts a text to what it is compared with', async () => {
    const sql =
      'SELECT "Points__c" FROM "ssot__EmailEngagement__dlm" WHERE "Points__c" IN (:a, :b) LIMIT 1';
    const { text, body } = await stage.client.sql(sql, { a: '7', b: ' 08.0 ' });
    assert.match(text, /"data":\[\[7\.000000000000000000\]\]/);
    assert.deepEqual(
      body.metadata.map(({ type }) => type),
      ['Numeric'],
    );
    assert.equal((await stage.client.sql(sql, { a: '7', b: 'P-1' })).status, 400);
    const doubles = await stage.client.sql(
      `SELECT CAST(1.5 AS DOUBLE PRECISION), CAST('NaN' AS DOUBLE PRECISION)`,
    );
    assert.match(doubles.text, /"data":\[\[1\.5,"NaN"\]\].*"Float8"/);
  });

  it('keeps every digit of long numbers', async () => {
    const { text } = await stage.client.sql(
      'SELECT 123456789012345678, 0.10, 900719925474099312.5',
    );
    assert.match(text, /"data":\[\[123456789012345678,0\.10,900719925474099312\.5\]\]/);
  });

  for (const [what, sql] of [
    ['an unknown object', 'SELECT * FROM "Nothing__dlm"'],
    ['an unknown field', 'SELECT "Nope__c" FROM "ssot__Individual__dlm"'],
    ['a name in other case', 'SELECT "ssot__id__c" FROM "ssot__Individual__dlm"'],
    ['no SQL', 'SELEKT 1'],
    ['a change', 'DELETE FROM "ssot__Individual__dlm"'],
    [
      'a change inside',
      'WITH gone AS (DELETE FROM "ssot__Individual__dlm" RETURNING 1) SELECT * FROM gone',
    ],
    ['a second statement', 'SELECT 1; SELECT 2'],
    ['another data space', 'SELECT * FROM "space:brand_b"."ssot__Individual__dlm"'],
    ['an unbound name', 'SELECT :nobody'],
    ['a name that is a word of SQL', 'SELECT 1 WHERE :like = 1'],
  ] as const) {
    it(`is refused with 400 and a list of errors: ${what}`, async () => {
      const { status, body } = await stage.client.sql(sql);
      assert.equal(status, 400);
      assert.equal((body as unknown as { errorCode: string }[])[0]?.errorCode, 'INVALID_ARGUMENT');
    });
  }

  it('sees one data space, named in the query string or a header', async () => {
    const sql = 'SELECT "ssot__Id__c" FROM "ssot__Individual__dlm" ORDER BY 1';
    assert.deepEqual((await stage.client.sql(sql, {}, 'brand_b')).body.data, [['B-1']]);
    const byHeader = await fetch(`${stage.simulator.core}/services/data/v64.0/ssot/query-sql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.client.token}`, dataspace: 'brand_b' },
      body: JSON.stringify({ sql }),
    });
    assert.match(await byHeader.text(), /"data":\[\["B-1"\]\]/);
    assert.equal((await stage.client.sql(sql, {}, 'nowhere')).status, 400);
  });

  it('does not show rows of a restricted person', async () => {
    const { body } = await stage.client.sql(
      'SELECT "ssot__Id__c" FROM "ssot__Individual__dlm" ORDER BY 1',
    );
    assert.deepEqual(body.data, [['P-1'], ['P-2']]);
  });
});

describe('a result of many pages', () => {
  const all = 'SELECT * FROM "ssot__WebsiteEngagement__dlm" ORDER BY "ssot__Id__c"';

  it(
    'runs at first, with the count of all its rows and a short first page; rows are empty until ' +
      'it is finished',
    async () => {
      const { body } = await stage.client.sql(all);
      assert.deepEqual(
        [body.returnedRows, body.status.rowCount, body.status.completionStatus],
        [100, 1_234, 'Running'],
      );
      assert.equal(
        (await stage.client.get(path(body.status.queryId, '/rows?offset=100'))).body.returnedRows,
        0,
      );
      const states = [];
      for (let poll = 0; poll < 2; poll += 1) {
        states.push((await stage.client.get(path(body.status.queryId))).body.completionStatus);
      }
      assert.deepEqual(states, ['Running', 'Finished']);
    },
  );

  it('is cut by size, and whole when it is read on from where each page ended', async () => {
    const { body } = await stage.client.sql(all);
    const { queryId, rowCount } = body.status;
    assert.equal(
      (await stage.client.get(path(queryId, '?waitTimeMs=5000'))).body.completionStatus,
      'Finished',
    );
    const ids = body.data.map(([id]) => id);
    const sizes = [];
    while (ids.length < rowCount) {
      const page = (
        await stage.client.get(
          path(queryId, `/rows?offset=${ids.length}&rowLimit=2000&omitSchema=true`),
        )
      ).body;
      sizes.push(page.returnedRows);
      ids.push(...page.data.map(([id]) => id));
      assert.ok(page.returnedRows > 0 && page.metadata === undefined);
    }
    assert.ok(Math.max(...sizes) < 200);
    assert.deepEqual(ids, visits.map(({ ssot__Id__c: id }) => id).toSorted());
  });

  it('can be read again from any row, and not beyond its end', async () => {
    const { queryId } = (await stage.client.sql(all)).body.status;
    await stage.client.get(path(queryId, '?waitTimeMs=5000'));
    const at = async (offset: number) =>
      (await stage.client.get(path(queryId, `/rows?offset=${offset}&rowLimit=1`))).body
        .data[0]?.[0];
    assert.deepEqual(
      [await at(1_233), await at(5), await at(1_233)],
      ['WE-999', (await stage.client.sql(`${all} LIMIT 1 OFFSET 5`)).body.data[0]?.[0], 'WE-999'],
    );
    assert.equal((await stage.client.get(path(queryId, '/rows?offset=1234'))).status, 400);
  });

  it('stays as it was when rows change, until it is deleted', async () => {
    const { queryId } = (await stage.client.sql(all)).body.status;
    await stage.client.get(path(queryId, '?waitTimeMs=5000'));
    const changed = await control(stage.simulator, 'POST', '/rows', {
      dataSpace: 'default',
      object: 'ssot__WebsiteEngagement__dlm',
      where: { ssot__Id__c: 'WE-0' },
      set: { ssot__IndividualId__c: 'P-2' },
    });
    assert.equal(changed.body.rows, 1);
    const column = (await stage.client.sql(all)).body.metadata.findIndex(
      ({ name }) => name === 'ssot__IndividualId__c',
    );
    assert.equal(
      (await stage.client.get(path(queryId, '/rows?offset=0&rowLimit=1'))).body.data[0]?.[column],
      'P-1',
    );
    assert.equal((await stage.client.sql(`${all} LIMIT 1`)).body.data[0]?.[column], 'P-2');
    assert.equal(
      (await stage.client.call('DELETE', `/services/data/v67.0${path(queryId)}`)).status,
      204,
    );
    assert.equal((await stage.client.get(path(queryId))).status, 404);
  });

  it('comes from rows that were generated for several people in turn', async () => {
    const { body } = await stage.client.sql(
      'SELECT "ssot__IndividualId__c", count(*), min("ssot__EmailName__c"), sum("Points__c") ' +
        'FROM "ssot__EmailEngagement__dlm" GROUP BY 1 ORDER BY 1',
    );
    assert.deepEqual(body.data, [
      ['P-1', 15_000, 'Mail 10', 105_000],
      ['P-2', 15_000, 'Mail 1', 105_000],
    ]);
  });
});
