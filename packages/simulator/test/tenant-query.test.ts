import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { control, simulated } from './start.ts';
import { tenantClient, type TenantAnswer, type TenantClient } from './tenant-client.ts';

let client: TenantClient;
const stage = simulated(
  {
    dataCloud: {
      default: {
        ssot__Individual__dlm: Array.from({ length: 250 }, (_, index) => ({
          ssot__Id__c: `P-${String(index).padStart(3, '0')}`,
          ssot__FirstName__c: index === 1 ? null : 'Ana',
          ssot__CreatedDate__c: '2026-01-05T00:00:00Z',
          Points__c: index + 0.2,
        })),
      },
      brand_b: { ssot__Individual__dlm: [{ ssot__Id__c: 'B-1' }] },
    },
    paging: { firstPage: 40, page: 100 },
  },
  async ({ simulator }) => {
    client = await tenantClient(simulator);
  },
);
const advance = (advanceSeconds: number) =>
  control(stage.simulator, 'POST', '/clock', { advanceSeconds });
const all = 'SELECT "ssot__Id__c", "Points__c" FROM "ssot__Individual__dlm" ORDER BY 1';
const dataOf = (answer: TenantAnswer) => answer.body.data as unknown[][];
const errorOf = (answer: TenantAnswer) => answer.body as { error: string; message: string };

describe('Query V3', () => {
  const submit = (body: object, headers?: Record<string, string>) =>
    client.call('POST', '/api/v3/query', body, headers);
  const stateOf = (answer: TenantAnswer) =>
    JSON.parse(String(answer.headers['x-hyperdb-status'])) as Record<string, unknown>;
  const at = (id: unknown, rest = '') => client.call('GET', `/api/v3/query/${String(id)}${rest}`);
  const finished = async () => {
    const id = stateOf(await submit({ sql: all })).queryId;
    for (let poll = 0; poll < 3; poll += 1) {
      await at(id);
    }
    return id;
  };

  it('answers a small result at once, with the query id in two headers alone', async () => {
    const sql = 'SELECT "ssot__Id__c" FROM "ssot__Individual__dlm" WHERE "ssot__Id__c" = ?';
    const answer = await submit({ sql, parameters: [{ type: 'varchar', value: 'P-007' }] });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, {
      metadata: { columns: [{ name: 'ssot__Id__c', type: 'varchar', nullable: true }] },
      data: [['P-007']],
      returnedRows: 1,
    });
    assert.equal(answer.headers.status, answer.headers['x-hyperdb-status']);
    const { completionStatus, rowCount, chunkCount } = stateOf(answer);
    assert.deepEqual([completionStatus, rowCount, chunkCount], ['RESULTS_PRODUCED', '1', '1']);
  });

  it('runs at first with no rows and no counts, is produced, and then finished', async () => {
    const submitted = await submit({ sql: all });
    assert.deepEqual(dataOf(submitted), []);
    const { queryId, completionStatus, rowCount } = stateOf(submitted);
    assert.deepEqual([completionStatus, rowCount], ['RUNNING_OR_UNSPECIFIED', null]);
    assert.equal((await at(queryId, '/rows?offset=0')).status, 400);
    const states = [];
    for (let poll = 0; poll < 3; poll += 1) {
      const answer = await at(queryId, '?waitTimeMs=10000');
      assert.deepEqual(stateOf(answer), answer.body);
      states.push([answer.body.completionStatus, answer.body.rowCount, answer.body.chunkCount]);
    }
    assert.deepEqual(states, [
      ['RUNNING_OR_UNSPECIFIED', null, null],
      ['RESULTS_PRODUCED', '250', '3'],
      ['FINISHED', '250', '3'],
    ]);
  });

  for (const spelling of ['row', 'rows']) {
    it(`reads ${spelling} from any offset to the end, and is out of range there`, async () => {
      const id = await finished();
      const ids: unknown[] = [];
      while (ids.length < 250) {
        const answer = await at(id, `/${spelling}?offset=${ids.length}&omitSchema=true`);
        assert.deepEqual(Object.keys(answer.body), ['data', 'returnedRows']);
        ids.push(...dataOf(answer).map(([party]) => party));
      }
      assert.equal(new Set(ids).size, 250);
      const beyond = await at(id, `/${spelling}?offset=250`);
      assert.equal(beyond.status, 400);
      assert.match(errorOf(beyond).message, /out of range/);
      assert.equal((await at(id, `/${spelling}`)).status, 400);
    });
  }

  for (const spelling of ['chunk', 'chunks']) {
    it(`reads every row once by ${spelling}`, async () => {
      const id = await finished();
      const sizes = [];
      for (let chunk = 0; chunk < 3; chunk += 1) {
        sizes.push(dataOf(await at(id, `/${spelling}/${chunk}`)).length);
      }
      assert.deepEqual(sizes, [100, 100, 50]);
      assert.equal((await at(id, `/${spelling}/3`)).status, 400);
    });
  }

  it('tells the schema alone, and is gone after a cancel', async () => {
    const id = await finished();
    assert.deepEqual(Object.keys((await at(id, '/metadata')).body), ['metadata']);
    assert.equal((await client.call('DELETE', `/api/v3/query/${String(id)}`)).status, 204);
    assert.equal((await at(id)).status, 404);
  });

  it('expires after a day', async () => {
    const id = await finished();
    await advance(24 * 3_600);
    client = await tenantClient(stage.simulator);
    assert.equal((await at(id)).status, 404);
  });

  it('is of one data space, which no other token sees', async () => {
    const id = await finished();
    const other = await tenantClient(stage.simulator, 'brand_b');
    assert.equal((await other.call('GET', `/api/v3/query/${String(id)}`)).status, 404);
    assert.equal((await submit({ sql: all }, { 'ctx-dataspace-ds_name': 'brand_b' })).status, 403);
    assert.equal((await submit({ sql: all }, { 'ctx-dataspace-ds_name': 'default' })).status, 200);
  });

  it('takes named and numbered parameters, and never two styles at once', async () => {
    const by = async (placeholder: string, paramStyle: string) =>
      submit({
        sql: `SELECT count(*) FROM "ssot__Individual__dlm" WHERE "ssot__Id__c" = ${placeholder}`,
        paramStyle,
        parameters: [{ name: 'p', type: 'varchar', value: 'P-001' }],
      });
    assert.deepEqual(dataOf(await by(':p', 'NAMED')), [[1]]);
    assert.deepEqual(dataOf(await by('$1', 'DOLLARED')), [[1]]);
    const conflict = await by(':p', 'QUESTION_MARK');
    assert.equal(conflict.status, 400);
    assert.match(errorOf(conflict).message, /conflicting parameter style/);
  });

  it('names the SQLSTATE of what it refuses, and Arrow and other forms', async () => {
    const refused = await submit({ sql: 'SELEKT 1' });
    assert.deepEqual([refused.status, errorOf(refused).error], [400, '42601']);
    assert.equal((await submit({ sql: 'SELECT 1' }, { accept: 'text/csv' })).status, 406);
    assert.equal(
      (await submit({ sql: 'SELECT 1' }, { accept: 'application/vnd.apache.arrow.stream' })).status,
      501,
    );
  });

  it('limits rows where it is told, down to the schema alone', async () => {
    assert.equal(dataOf(await submit({ sql: all, queryRowLimit: 3 })).length, 3);
    assert.deepEqual((await submit({ sql: all, queryRowLimit: 0 })).body.returnedRows, 0);
    assert.equal(
      dataOf(await submit({ sql: `${all} LIMIT 20`, resultRange: { rowLimit: 5 } })).length,
      0,
    );
  });
});

describe('Query V2', () => {
  const submit = (sql: string) => client.call('POST', '/api/v2/query', { sql });
  const next = (id: unknown) =>
    client.call('GET', `/api/v2/query/${encodeURIComponent(String(id))}`);

  it('gives arrays whose columns only placeInOrder tells apart', async () => {
    const { body } = await submit(
      'SELECT "ssot__Id__c", "Points__c", "ssot__CreatedDate__c", "ssot__FirstName__c" FROM ' +
        '"ssot__Individual__dlm" ORDER BY 1 LIMIT 2',
    );
    assert.deepEqual(body.data, [
      ['P-000', '0.200000000000000000', '2026-01-05 00:00:00.000 UTC', 'Ana'],
      ['P-001', '1.200000000000000000', '2026-01-05 00:00:00.000 UTC', null],
    ]);
    assert.deepEqual(Object.entries(body.metadata as object), [
      ['ssot__FirstName__c', { type: 'VARCHAR', placeInOrder: 3, typeCode: 12 }],
      [
        'ssot__CreatedDate__c',
        { type: 'TIMESTAMP WITH TIME ZONE', placeInOrder: 2, typeCode: 2014 },
      ],
      ['Points__c', { type: 'DECIMAL', placeInOrder: 1, typeCode: 3 }],
      ['ssot__Id__c', { type: 'VARCHAR', placeInOrder: 0, typeCode: 12 }],
    ]);
    assert.deepEqual([body.done, body.nextBatchId, body.rowCount], [true, '', 2]);
  });

  it('gives numbers of aggregates as numbers', async () => {
    assert.deepEqual(
      (await submit('SELECT max("Points__c") FROM "ssot__Individual__dlm"')).body.data,
      [[249.2]],
    );
  });

  it('reads forwards, each batch once, by identifiers that are no UUIDs', async () => {
    let { body } = await submit(all);
    const ids = dataOf({ body } as TenantAnswer).map(([id]) => id);
    const used = body.nextBatchId;
    assert.match(String(used), /[/+=]/);
    while (body.done === false) {
      ({ body } = await next(body.nextBatchId));
      ids.push(...(body.data as unknown[][]).map(([id]) => id));
    }
    assert.equal(new Set(ids).size, 250);
    const again = await next(used);
    assert.equal(again.status, 404);
    assert.equal(again.body.internalErrorCode, 'COMMON_ERROR_GENERIC');
  });

  it('loses a batch after three minutes, and a whole result after an hour', async () => {
    const idle = (await submit(all)).body.nextBatchId;
    await advance(181);
    assert.equal((await next(idle)).status, 404);
    let batch = (await submit('SELECT "ssot__Id__c" FROM "ssot__Individual__dlm"')).body;
    await advance(100);
    batch = (await next(batch.nextBatchId)).body;
    assert.equal(batch.rowCount, 100);
    await advance(170);
    assert.equal((await next(batch.nextBatchId)).status, 200);
  });

  it('has a twin on the core plane, with errors in the core shape', async () => {
    const { body } = await stage.client.call('POST', '/services/data/v67.0/ssot/queryv2', {
      sql: all,
    });
    const { nextBatchId, rowCount } = body as unknown as { nextBatchId: string; rowCount: number };
    assert.equal(rowCount, 100);
    const twin = (id: string) => stage.client.get(`/ssot/queryv2/${encodeURIComponent(id)}`);
    assert.equal((await twin(nextBatchId)).status, 200);
    const lost = await twin(nextBatchId);
    assert.deepEqual([lost.status, Array.isArray(lost.body)], [404, true]);
    assert.equal(
      (await stage.client.call('POST', '/services/data/v67.0/ssot/queryv2', {})).status,
      400,
    );
  });
});

describe('Query V1', () => {
  it('gives objects, and the next page by order and offset', async () => {
    const page = async (offset: number) =>
      (
        await client.call(
          'POST',
          `/api/v1/query?limit=100&orderby=ssot__Id__c%20DESC&offset=${offset}`,
          { sql: all },
        )
      ).body;
    const first = await page(0);
    assert.deepEqual((first.data as object[])[0], {
      ssot__Id__c: 'P-249',
      Points__c: '249.200000000000000000',
    });
    assert.deepEqual([first.done, first.rowCount], [false, 100]);
    const last = await page(200);
    assert.deepEqual([last.done, last.rowCount], [true, 50]);
  });
});

describe('the tenant plane', () => {
  it('sends a call away while more than fifteen are under way', async () => {
    await control(stage.simulator, 'POST', '/faults', {
      match: '^tenant ',
      kind: 'slow',
      delayMs: 1500,
    });
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async () => (await client.call('GET', '/api/v1/metadata')).status),
    );
    await control(stage.simulator, 'DELETE', '/faults');
    assert.deepEqual(statuses.toSorted(), [...Array<number>(15).fill(200), 429]);
    assert.equal((await client.call('GET', '/api/v1/metadata')).status, 200);
  });

  it('answers an unknown path with its own error, and a token too old with 401', async () => {
    const { status, body } = await client.call('GET', '/api/v2/metadata');
    assert.deepEqual([status, body.message], [404, 'No static resource']);
    await advance(7_200);
    assert.equal((await client.call('GET', '/api/v1/metadata')).status, 401);
  });
});
