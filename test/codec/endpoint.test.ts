import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startCodecEndpoint, type CodecEndpoint } from '../../src/codec/endpoint.ts';
import { statusOfPost } from '../support/as-a-page.ts';
import { makeKey, parseKeys } from '../../src/codec/keys.ts';

const ui = 'http://127.0.0.1:8233';
const clear = {
  metadata: { encoding: Buffer.from('json/plain').toString('base64') },
  data: Buffer.from('"ana@example.com"').toString('base64'),
};

describe('the codec endpoint', () => {
  let endpoint: CodecEndpoint;
  before(async () => {
    endpoint = await startCodecEndpoint({ ring: parseKeys(makeKey('k1')), origin: ui });
  });
  after(() => endpoint.stop());

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${endpoint.url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-Namespace': 'default', ...headers },
    });

  it('listens on this machine only', () => {
    assert.match(endpoint.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('encodes and decodes for the command line, which sends no origin', async () => {
    const encoded = (await (await post('/encode', { payloads: [clear] })).json()) as {
      payloads: unknown[];
    };
    assert.ok(!JSON.stringify(encoded).includes(clear.data));
    assert.deepEqual(await (await post('/decode', encoded)).json(), { payloads: [clear] });
  });

  it('has no payloads for the command line where it sends none, as for a query without arguments', async () => {
    assert.deepEqual(await (await post('/encode', {})).json(), { payloads: [] });
  });

  it(
    'answers no web page: no other name of this machine, no other port, and nothing that a page ' +
      'may send unasked',
    async () => {
      const { port } = new URL(endpoint.url);
      const json = { 'content-type': 'application/json' };
      const body = '{"payloads":[]}';
      for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
        assert.equal(
          await statusOfPost(`${endpoint.url}/decode`, { ...json, host }, body),
          200,
          host,
        );
      }
      for (const host of [
        `rebound.example:${port}`,
        'localhost',
        'localhost:1',
        `localhost.rebound.example:${port}`,
        `127.0.0.1.rebound.example:${port}`,
      ]) {
        assert.equal(
          await statusOfPost(`${endpoint.url}/decode`, { ...json, host }, body),
          403,
          host,
        );
      }
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'text/plain; application/json',
        'application/jsonp',
      ]) {
        assert.equal(
          await statusOfPost(`${endpoint.url}/decode`, { 'content-type': type }, body),
          415,
          type,
        );
      }
      assert.equal(await statusOfPost(`${endpoint.url}/decode`, {}, body), 415);
    },
  );

  it('answers the preflight of the UI', async () => {
    const response = await fetch(`${endpoint.url}/decode`, {
      method: 'OPTIONS',
      headers: {
        Origin: ui,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,x-namespace',
      },
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), ui);
    assert.equal(response.headers.get('access-control-allow-methods'), 'POST, OPTIONS');
    assert.equal(
      response.headers.get('access-control-allow-headers'),
      'Content-Type, X-Namespace, Authorization, Authorization-Extras',
    );
    assert.equal(response.headers.get('vary'), 'Origin');
  });

  it('lets the UI read the answer', async () => {
    const response = await post('/decode', { payloads: [clear] }, { Origin: ui });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), ui);
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });

  it('refuses every other page', async () => {
    for (const origin of ['http://127.0.0.1:8234', 'https://evil.example', 'null']) {
      const response = await post('/decode', { payloads: [clear] }, { Origin: origin });
      assert.equal(response.status, 403);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
    }
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['no JSON', '{'],
    ['no object', '[]'],
    ['payloads that are no list', { payloads: {} }],
    ['a payload that is no object', { payloads: [1] }],
    ['data that is no text', { payloads: [{ data: 1 }] }],
    ['metadata that is no text', { payloads: [{ metadata: { encoding: 1 } }] }],
  ];
  for (const [what, body] of wrong) {
    it(`refuses ${what}, and repeats nothing of it`, async () => {
      const response = await post('/decode', body);
      assert.equal(response.status, 400);
      assert.deepEqual(await response.json(), {
        error: 'expected {"payloads": [{"metadata": {…}, "data": "<base64>"}]}',
      });
    });
  }

  it('refuses a body that is too large', async () => {
    assert.equal((await post('/decode', ' '.repeat(9 * 1024 * 1024))).status, 413);
  });

  it('knows no other path and no other method', async () => {
    assert.equal((await post('/keys', {})).status, 404);
    assert.equal((await fetch(`${endpoint.url}/decode`)).status, 405);
  });
});

describe('a codec endpoint that starts before the UI', () => {
  it("refuses pages until the UI's origin is known", async () => {
    let origin: string | undefined;
    const endpoint = await startCodecEndpoint({ ring: parseKeys(makeKey()), origin: () => origin });
    const status = async () =>
      (
        await fetch(`${endpoint.url}/decode`, {
          method: 'POST',
          body: '{"payloads":[]}',
          headers: { Origin: ui, 'Content-Type': 'application/json' },
        })
      ).status;
    assert.equal(await status(), 403);
    origin = ui;
    assert.equal(await status(), 200);
    await endpoint.stop();
  });
});
