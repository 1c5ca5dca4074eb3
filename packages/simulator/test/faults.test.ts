import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { answered, control, signIn, simulated } from './start.ts';
import { statusOfPost } from './as-a-page.ts';

const stage = simulated({
  dataCloud: {
    default: {
      ssot__Individual__dlm: Array.from({ length: 50 }, (_, index) => ({
        ssot__Id__c: `P-${index}`,
        ssot__FirstName__c: 'x'.repeat(1_000),
      })),
    },
  },
  core: { Contact: [{ Id: '003Ts0000000001AAA', Email: 'ana@example.com' }] },
  vendors: { ads: { kind: 'opendsr' } },
  faults: [{ match: '^core POST .*oauth2/token$', kind: 'unknown-error', after: 1, times: 1 }],
});
const fault = (order: object) => control(stage.simulator, 'POST', '/faults', order);
const limits = () => stage.client.get('/limits');
afterEach(() => control(stage.simulator, 'DELETE', '/faults'));

describe('a fault', () => {
  it('stands in the seed, and lets the calls before it pass', async () => {
    const form = () =>
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: stage.simulator.clientId,
        client_secret: stage.simulator.clientSecret,
      });
    const token = async () =>
      answered(
        await fetch(`${stage.simulator.core}/services/oauth2/token`, {
          method: 'POST',
          body: form(),
        }),
      );
    const second = await token();
    assert.deepEqual(
      [second.status, second.body.error, second.body.error_description],
      [400, 'unknown_error', 'retry your request'],
    );
    assert.equal((await token()).status, 200);
  });

  for (const [kind, status, code] of [
    ['unauthorized', 401, 'INVALID_SESSION_ID'],
    ['limit', 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['too-many', 429, 'REQUEST_LIMIT_EXCEEDED'],
    ['unavailable', 503, 'SERVER_UNAVAILABLE'],
    ['bad-request', 400, 'INVALID_ARGUMENT'],
    ['server-error', 500, 'UNKNOWN_EXCEPTION'],
    ['conflict', 409, 'CONFLICT'],
    ['locked', 400, 'UNABLE_TO_LOCK_ROW'],
    ['error-in-200', 200, 'UNKNOWN_EXCEPTION'],
  ] as const) {
    it(`answers ${status} in the shape of the core: ${kind}`, async () => {
      await fault({ match: 'core GET .*limits', kind, times: 1, retryAfter: 7 });
      const hit = await limits();
      assert.equal(hit.status, status);
      assert.equal((hit.body as unknown as { errorCode: string }[])[0]?.errorCode, code);
      assert.equal(hit.headers.get('retry-after'), '7');
      assert.equal((await limits()).status, 200);
    });
  }

  it('are ordered by programs of this machine, and by no web page', async () => {
    const url = `${stage.simulator.control}/faults`;
    const { port, host } = new URL(url);
    const json = { 'content-type': 'application/json' };
    for (const [headers, status] of [
      [{ ...json, host: `rebound.example:${port}` }, 403],
      [{ ...json, host: 'localhost' }, 403],
      [{ ...json, origin: 'https://page.example' }, 403],
      [{ ...json, origin: 'null' }, 403],
      [{ ...json, origin: 'http://127.0.0.1:1' }, 403],
      [{ 'content-type': 'text/plain' }, 415],
      [{}, 415],
      [json, 201],
      [{ ...json, host: `localhost:${port}` }, 201],
      [{ ...json, origin: `http://${host}` }, 201],
    ] as const) {
      assert.equal(await statusOfPost(url, headers, '[]'), status, JSON.stringify(headers));
    }
  });

  it('answers in the shape of a vendor where it hits one', async () => {
    await fault({ match: '^vendors ', kind: 'too-many' });
    const { status, text } = await answered(
      await fetch(`${stage.simulator.vendors}/opendsr/ads/v2/discovery`),
    );
    assert.deepEqual(
      [status, (JSON.parse(text) as { error: { code: number } }).error.code],
      [429, 429],
    );
  });

  it('can be a page of HTML or a foreign shape', async () => {
    await fault([
      { match: 'limits', kind: 'html', times: 1 },
      { match: 'limits', kind: 'foreign', times: 1 },
    ]);
    const page = await limits();
    assert.deepEqual(
      [page.status, page.headers.get('content-type')],
      [503, 'text/html; charset=UTF-8'],
    );
    assert.equal((await limits()).text, '{"unexpected":true}');
  });

  it('can be a page for signing in with 200, or a path that is too long', async () => {
    await fault([
      { match: 'limits', kind: 'login-page', times: 1 },
      { match: 'limits', kind: 'too-long', times: 1 },
    ]);
    const page = await limits();
    assert.deepEqual(
      [page.status, page.headers.get('content-type')],
      [200, 'text/html; charset=UTF-8'],
    );
    assert.equal((await limits()).status, 414);
  });

  it('can lose the answer of a call that took effect', async () => {
    const job = { operation: 'query', query: 'SELECT Id FROM Contact' };
    await fault({ match: 'jobs/query', kind: 'lost-answer', times: 1 });
    await assert.rejects(stage.client.call('POST', '/services/data/v67.0/jobs/query', job));
    assert.equal((await stage.client.get('/jobs/query')).body.records.length, 1);
  });

  it('can end the connection before the answer or amid it', async () => {
    await fault([
      { match: 'limits', kind: 'drop', times: 1 },
      { match: 'query-sql', kind: 'cut', times: 1 },
    ]);
    await assert.rejects(limits());
    await assert.rejects(stage.client.sql('SELECT * FROM "ssot__Individual__dlm"'));
    assert.equal(
      (await stage.client.sql('SELECT * FROM "ssot__Individual__dlm"')).body.returnedRows,
      50,
    );
  });

  it('can hold an answer back', async () => {
    await fault({ match: 'limits', kind: 'slow', delayMs: 20, times: 1 });
    assert.equal((await limits()).status, 200);
  });

  it('is refused where it is not understood', async () => {
    assert.equal((await fault({ match: '(', kind: 'drop' })).status, 400);
    assert.equal((await fault({ match: 'x', kind: 'earthquake' })).status, 400);
  });
});

describe('the control endpoint', () => {
  it('counts calls by route, and the faults among them', async () => {
    await control(stage.simulator, 'DELETE', '/calls');
    await fault({ match: 'limits', kind: 'unavailable', times: 1 });
    await limits();
    await limits();
    await stage.client.get('/sobjects/Contact/describe');
    const { body } = await control(stage.simulator, 'GET', '/calls');
    assert.deepEqual(body.calls, {
      'core GET /services/data/:version/limits': 2,
      'core GET /services/data/:version/sobjects/:name/describe': 1,
    });
    assert.deepEqual(body.faults, { 'core GET /services/data/:version/limits': 1 });
  });

  it('expires every token, amid paging too', async () => {
    await control(stage.simulator, 'POST', '/tokens/expire');
    assert.equal((await limits()).status, 401);
    stage.client = await signIn(stage.simulator);
    assert.equal((await limits()).status, 200);
  });

  it('changes and removes rows of both planes', async () => {
    const change = {
      object: 'Contact',
      where: { Id: '003Ts0000000001AAA' },
      set: { Email: 'new@example.com' },
    };
    assert.equal((await control(stage.simulator, 'POST', '/rows', change)).body.rows, 1);
    assert.equal(
      (await stage.client.soql("SELECT Id FROM Contact WHERE Email = 'new@example.com'")).body
        .totalSize,
      1,
    );
    const removal = {
      dataSpace: 'default',
      object: 'ssot__Individual__dlm',
      where: { ssot__Id__c: 'P-49' },
      remove: true,
    };
    assert.equal((await control(stage.simulator, 'POST', '/rows', removal)).body.rows, 1);
    assert.equal(
      (
        await control(stage.simulator, 'POST', '/rows', {
          object: 'Nope',
          where: { Id: '1' },
          set: { Id: '2' },
        })
      ).status,
      400,
    );
  });

  it('restricts a person and lifts the restriction', async () => {
    const hidden = async (partyIds: string[]) => {
      await control(stage.simulator, 'POST', '/restricted', { dataSpace: 'default', partyIds });
      return (
        await stage.client.sql(
          'SELECT 1 FROM "ssot__Individual__dlm" WHERE "ssot__Id__c" = \'P-1\'',
        )
      ).body.returnedRows;
    };
    assert.deepEqual([await hidden(['P-1']), await hidden([])], [0, 1]);
  });
});

describe('the core plane', () => {
  it('answers a path that is too long with 414', async () => {
    assert.equal(
      (await stage.client.soql(`SELECT Id FROM Contact WHERE Email = '${'x'.repeat(17_000)}'`))
        .status,
      414,
    );
  });

  it('answers an unknown path with 404, and any host name', async () => {
    assert.equal((await stage.client.get('/nowhere')).status, 404);
    assert.equal((await stage.client.call('GET', '/services/data')).status, 200);
  });
});
