import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { control, signIn, simulated } from './start.ts';

const stage = simulated({
  limits: { dailyApiRequests: 100, perApp: { name: 'dossier', max: 50 } },
  core: { Contact: [{ Id: '003Ts0000000001AAA' }] },
});
const soql = () => stage.client.soql('SELECT Id FROM Contact');
const limits = (method: string, body?: object) => control(stage.simulator, method, '/limits', body);
const advance = (advanceSeconds: number) =>
  control(stage.simulator, 'POST', '/clock', { advanceSeconds });
beforeEach(async () => {
  await limits('POST', { max: 100 });
  await limits('DELETE');
});

describe('the allowance of calls', () => {
  it('counts down call by call, in the header and in the limits', async () => {
    for (let call = 0; call < 3; call += 1) {
      await soql();
    }
    const { headers, body } = await stage.client.get('/limits');
    assert.equal(
      headers.get('sforce-limit-info'),
      'api-usage=4/100; per-app-api-usage=4/50(appName=dossier)',
    );
    const all = body as unknown as Record<string, { Max: number; Remaining: number }>;
    assert.deepEqual(all.DailyApiRequests, { Max: 100, Remaining: 96 });
    assert.ok(
      ['DailyBulkV2QueryJobs', 'DataStorageMB', 'SingleEmail'].every(
        (name) => (all[name]?.Max ?? 0) > 0,
      ),
    );
  });

  it('does not count tokens, versions, and calls that the limit refuses', async () => {
    await signIn(stage.simulator);
    await stage.client.call('GET', '/services/data');
    assert.deepEqual((await limits('GET')).body, { max: 100, used: 0 });
    await limits('POST', { used: 100 });
    await soql();
    assert.deepEqual((await limits('GET')).body, { max: 100, used: 100 });
  });

  it('is refused with 403 once it is spent, until others give it back', async () => {
    await limits('POST', { max: 2 });
    const statuses = [];
    for (let call = 0; call < 4; call += 1) {
      statuses.push((await soql()).status);
    }
    assert.deepEqual(statuses, [200, 200, 403, 403]);
    const refused = await soql();
    assert.deepEqual(refused.body, [
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
    assert.equal(
      refused.headers.get('sforce-limit-info'),
      'api-usage=2/2; per-app-api-usage=2/50(appName=dossier)',
    );
    await limits('DELETE');
    assert.equal((await soql()).status, 200);
  });

  it('comes back as the window of twenty-four hours moves on', async () => {
    await limits('POST', { max: 1 });
    await soql();
    await advance(23 * 3_600);
    assert.equal((await soql()).status, 403);
    await advance(3_600);
    assert.equal((await soql()).status, 200);
  });

  it('refuses a time that runs backwards', async () => {
    assert.equal((await advance(-1)).status, 400);
  });
});
