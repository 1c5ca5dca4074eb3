import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { watchLimit, type LimitReading } from '../../src/http/limit-watch.ts';
import { systemFailureOf, withServer } from './plain-server.ts';

const API = 'https://acme.my.salesforce.com/services/data/v67.0/query';
const watching = (keepFree = 0.2) => {
  const clock = { now: 0 };
  const seen: (LimitReading & { waits: boolean })[] = [];
  const watch = watchLimit(
    {
      keepFree,
      wait: 900,
      onReading: (reading, waits) => {
        seen.push({ ...reading, waits });
      },
    },
    () => clock.now,
  );
  const call = (header?: string, url = API) => {
    watch.admit('crm', url);
    watch.read(url, header);
  };
  const refusal = (url = API) => {
    try {
      watch.admit('crm', url);
    } catch (error) {
      if (error instanceof SystemFailure) return error.facts;
      throw error;
    }
    return undefined;
  };
  return { clock, seen, watch, call, refusal };
};

describe("the org's allowance of API calls", () => {
  it('is left alone below the share that others keep', () => {
    const { call, refusal, watch } = watching();
    call('api-usage=79/100; per-app-api-usage=17/20(appName=dossier)');
    assert.deepEqual([refusal(), watch.reading()], [undefined, { used: 79, max: 100 }]);
  });

  it('is waited for at that share, by name and with the time to wait', () => {
    const { call, refusal, seen } = watching();
    call('api-usage=80/100');
    const { action, ...facts } = refusal() ?? {};
    assert.deepEqual(facts, {
      kind: 'unavailable',
      system: 'crm',
      code: 'API_SHARE_REACHED',
      retryAfter: 900,
    });
    assert.equal(
      action,
      'The org has used 80 of its 100 API calls of 24 hours, and salesforce.keepFree leaves ' +
        '20% to others: it waits for the window to move.',
    );
    assert.deepEqual(
      seen.map(({ waits }) => waits),
      [false, true],
    );
  });

  it('counts the calls that are still under way', () => {
    const { call, refusal } = watching();
    call('api-usage=77/100');
    assert.deepEqual(
      [refusal(), refusal(), refusal(), refusal()?.code],
      [undefined, undefined, undefined, 'API_SHARE_REACHED'],
    );
  });

  it('is looked at again by one call, once the wait is over', () => {
    const { call, clock, refusal, watch } = watching();
    call('api-usage=95/100');
    clock.now = 900_000;
    assert.deepEqual([refusal(), refusal()?.code], [undefined, 'API_SHARE_REACHED']);
    watch.read(API, 'api-usage=20/100');
    assert.equal(refusal(), undefined);
  });

  it('is not touched by tokens and by calls to other hosts', () => {
    const { call, refusal } = watching();
    call('api-usage=100/100');
    assert.deepEqual(
      [
        'https://acme.my.salesforce.com/services/oauth2/token',
        'https://x.c360a.salesforce.com/api/v3/query',
      ].map((url) => refusal(url)),
      [undefined, undefined],
    );
  });
});

describe('a client of an org whose allowance is spent', () => {
  const spent = (message: string) => () => ({
    status: 403,
    body: [{ message, errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  });
  const wait = async (reply: Parameters<typeof withServer>[0]) => {
    let facts: SystemFailure['facts'] | undefined;
    await withServer(
      reply,
      async ({ salesforce }) => {
        ({ facts } = await systemFailureOf(salesforce.dataSpaces()));
      },
      { limitWait: '10m' },
    );
    return [facts?.kind, facts?.retryAfter];
  };

  it('waits as the configuration says', async () =>
    assert.deepEqual(await wait(spent('TotalRequests Limit exceeded.')), ['unavailable', 600]));
  it('waits a moment where only too many calls ran at once', async () =>
    assert.deepEqual(await wait(spent('ConcurrentPerOrgLongTxn Limit exceeded.')), [
      'unavailable',
      30,
    ]));
  it('waits as the answer says', async () =>
    assert.deepEqual(await wait(() => ({ ...spent('')(), headers: { 'retry-after': '5' } })), [
      'unavailable',
      5,
    ]));

  it('does not ask at all while the share of others would be touched', () =>
    withServer(
      () => ({ body: { dataSpaces: [] }, headers: { 'sforce-limit-info': 'api-usage=9/10' } }),
      async ({ salesforce, seen }) => {
        await salesforce.dataSpaces();
        assert.deepEqual(salesforce.limit(), { used: 9, max: 10 });
        assert.equal(
          (await systemFailureOf(salesforce.dataSpaces())).facts.code,
          'API_SHARE_REACHED',
        );
        assert.equal(seen.length, 1);
      },
      { keepFree: '20%' },
    ));
});
