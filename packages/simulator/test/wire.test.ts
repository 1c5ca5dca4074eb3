import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { control, signIn, simulated } from './start.ts';
import { tenantClient } from './tenant-client.ts';

const individuals = Array.from({ length: 5 }, (_, index) => ({
  ssot__Id__c: `P-${index}`,
  Points__c: index,
}));
const stage = simulated({
  dataCloud: { default: { ssot__Individual__dlm: individuals } },
  paging: { page: 2 },
  limits: { queriesPerMinute: 4 },
  wire: {
    querySqlStatus: 200,
    sharedResults: true,
    v2BatchIds: 'uuid',
    v2Rows: 'objects',
    v2LostBatchStatus: 410,
    v3StatusHeader: 'status',
    v3Counts: 'numbers',
    v3Progress: 'percent',
    v3ColumnNames: 'lower',
  },
});
const refusing = simulated({
  wire: {
    querySqlState: 'nested',
    querySqlErrors: 'text',
    streamSource: 'connector',
    exchangeRefusal: { error: 'invalid_scope', description: 'the app lacks cdp_query_api' },
  },
});
const all = 'SELECT "ssot__Id__c", "Points__c" FROM "ssot__Individual__dlm" ORDER BY 1';
const nextMinute = () => control(stage.simulator, 'POST', '/clock', { advanceSeconds: 60 });

describe('what differs among orgs can be switched', () => {
  it('the status of a query, and whether an identical one gives the same result', async () => {
    const first = await stage.client.sql(all);
    const second = await stage.client.sql(all);
    const third = await stage.client.sql(`${all} LIMIT 1`);
    assert.deepEqual(
      [first.status, second.body.status.queryId === first.body.status.queryId],
      [200, true],
    );
    assert.notEqual(third.body.status.queryId, first.body.status.queryId);
    assert.deepEqual(second.body.data, first.body.data);
  });

  it('how many queries a minute takes, with the time to wait', async () => {
    await nextMinute();
    for (let query = 0; query < 4; query += 1) {
      assert.equal((await stage.client.sql(all)).status, 200);
    }
    const refused = await stage.client.sql(all);
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '60']);
    await nextMinute();
    assert.equal((await stage.client.sql(all)).status, 200);
  });

  it('the form of V2', async () => {
    const client = await tenantClient(stage.simulator);
    const { body } = await client.call('POST', '/api/v2/query', { sql: all });
    assert.deepEqual((body.data as object[])[0], {
      ssot__Id__c: 'P-0',
      Points__c: '0.000000000000000000',
    });
    assert.match(String(body.nextBatchId), /^[0-9a-f]{8}-/);
    assert.equal((await client.call('GET', '/api/v2/query/unknown')).status, 410);
  });

  it('the form of V3', async () => {
    const client = await tenantClient(stage.simulator);
    const { headers, body } = await client.call('POST', '/api/v3/query', { sql: `${all} LIMIT 1` });
    assert.equal(headers['x-hyperdb-status'], undefined);
    const { rowCount, progress } = JSON.parse(String(headers.status)) as {
      rowCount: unknown;
      progress: number;
    };
    assert.deepEqual([rowCount, progress], [1, 100]);
    assert.deepEqual(
      (body.metadata as { columns: { name: string }[] }).columns.map(({ name }) => name),
      ['ssot__id__c', 'points__c'],
    );
  });

  it('what the token exchange refuses, and with which words', async () => {
    const { token } = await signIn(refusing.simulator);
    const answer = await fetch(`${refusing.simulator.core}/services/a360/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:salesforce:grant-type:external:cdp',
        subject_token: token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      }),
    });
    assert.deepEqual(
      [answer.status, await answer.json()],
      [400, { error: 'invalid_scope', error_description: 'the app lacks cdp_query_api' }],
    );
  });

  it(
    'tells the status of a query below a member, SQL states amid a text, and a source on its ' +
      'connector, where the seed says so',
    async () => {
      const { body } = await refusing.client.sql('SELECT 1');
      const status = (
        await refusing.client.get(`/ssot/query-sql/${encodeURIComponent(body.status.queryId)}`)
      ).body;
      assert.equal(status.status.completionStatus, 'Finished');
      const refusal = (await refusing.client.sql('SELECT nothing')).body as unknown as {
        message: string;
      }[];
      assert.match(refusal[0]?.message ?? '', /\(SQLSTATE 42703\)/);
    },
  );
});
