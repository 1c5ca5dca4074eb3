import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import {
  anyOf,
  AuthorisationError,
  oidcTokens,
  sharedToken,
} from '../../src/codec/authorisation.ts';
import { startCodecEndpoint, type Access, type CodecEndpoint } from '../../src/codec/endpoint.ts';
import { makeKey, parseKeys } from '../../src/codec/keys.ts';

const UI = 'http://127.0.0.1:8080';
const TOKEN = '0123456789abcdef0123456789abcdef';
const PERSON = 'ana@example.com';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

describe('who may decrypt', () => {
  let provider: Server;
  let issuer: string;
  let keys: Keys;
  let stranger: Keys;
  let endpoint: CodecEndpoint;
  const log: Access[] = [];
  before(async () => {
    [keys, stranger] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' };
    provider = createServer(({ url }, response) => {
      const body =
        url === '/.well-known/openid-configuration'
          ? { issuer, jwks_uri: `${issuer}/keys` }
          : { keys: [jwk] };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    const authorise = anyOf([
      sharedToken(TOKEN),
      await oidcTokens({ issuer, audience: 'temporal', claims: { groups: 'privacy' } }),
    ]);
    endpoint = await startCodecEndpoint({
      ring: parseKeys(makeKey('k1')),
      origin: UI,
      authorise,
      log: (access) => log.push(access),
    });
  });
  after(async () => {
    await endpoint.stop();
    provider.close();
  });

  const signed = (
    claims: Record<string, unknown>,
    { by = keys, audience = 'temporal', expires = '5 minutes', from = issuer } = {},
  ) =>
    new SignJWT({ sub: 'u-17', groups: ['staff', 'privacy'], ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(from)
      .setAudience(audience)
      .setExpirationTime(expires)
      .sign(by.privateKey);
  const payloads = {
    payloads: [
      {
        metadata: { encoding: Buffer.from('json/plain').toString('base64') },
        data: Buffer.from(`"${PERSON}"`).toString('base64'),
      },
    ],
  };
  const decode = (headers: Record<string, string>) =>
    fetch(`${endpoint.url}/decode`, {
      method: 'POST',
      body: JSON.stringify(payloads),
      headers: { 'Content-Type': 'application/json', 'X-Namespace': 'default', ...headers },
    });
  const statusFor = async (token: string) =>
    (await decode({ Authorization: `Bearer ${token}` })).status;

  it('takes the access token that the Temporal UI passes on', async () => {
    const answer = await decode({ Origin: UI, Authorization: `Bearer ${await signed({})}` });
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), payloads);
  });

  it('takes the shared token of a team', async () => assert.equal(await statusFor(TOKEN), 200));

  const refused: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['no token at all', () => ''],
    ['another text', () => TOKEN.toUpperCase()],
    ['a token that somebody else signed', () => signed({}, { by: stranger })],
    ['a token for another service', () => signed({}, { audience: 'payroll' })],
    ['a token of another issuer', () => signed({}, { from: 'https://login.example' })],
    ['a token that has expired', () => signed({}, { expires: '-5 minutes' })],
    ['a token without the claim', () => signed({ groups: ['staff'] })],
    [
      'a token without a signature',
      () =>
        new UnsecuredJWT({ sub: 'u-17', groups: ['privacy'] })
          .setIssuer(issuer)
          .setAudience('temporal')
          .setExpirationTime('5 minutes')
          .encode(),
    ],
    [
      'a token signed with the public key as a secret',
      async () =>
        new SignJWT({ groups: ['privacy'] })
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .setIssuer(issuer)
          .setAudience('temporal')
          .setExpirationTime('5 minutes')
          .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))),
    ],
  ];
  for (const [what, token] of refused) {
    it(`refuses ${what}`, async () => assert.equal(await statusFor(await token()), 401));
  }

  it('says nothing of a payload to who may not read it, not even whether it is one', async () => {
    assert.deepEqual(Object.keys((await (await decode({})).json()) as object), ['error']);
  });

  it("signs a browser in by a form, and takes its cookie from the UI's page alone", async () => {
    assert.match(await (await fetch(`${endpoint.url}/signin`)).text(), /<form method="post"/);
    const sign = (token: string, origin = endpoint.url) =>
      fetch(`${endpoint.url}/signin`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
        headers: { Origin: origin },
      });
    assert.equal((await sign('wrong')).status, 401);
    assert.equal((await sign(TOKEN, 'https://evil.example')).status, 403);
    const cookie = (await sign(TOKEN)).headers.get('set-cookie') ?? '';
    assert.match(cookie, /^dossier-codec=[^;]+; HttpOnly; SameSite=Strict; Path=\/$/);
    const [pair = ''] = cookie.split(';');
    assert.equal((await decode({ Origin: UI, Cookie: pair })).status, 200);
    assert.equal((await decode({ Cookie: pair })).status, 401);
    assert.equal((await decode({ Origin: 'https://evil.example', Cookie: pair })).status, 403);
  });

  it("lets the UI's page send its token or its cookie", async () => {
    const answer = await fetch(`${endpoint.url}/decode`, {
      method: 'OPTIONS',
      headers: {
        Origin: UI,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers':
          'authorization,authorization-extras,content-type,x-namespace',
      },
    });
    assert.deepEqual(
      [
        answer.status,
        answer.headers.get('access-control-allow-credentials'),
        answer.headers.get('access-control-allow-origin'),
      ],
      [204, 'true', UI],
    );
    const allowed = (answer.headers.get('access-control-allow-headers') ?? '')
      .toLowerCase()
      .split(', ');
    for (const name of ['authorization', 'authorization-extras', 'content-type', 'x-namespace']) {
      assert.ok(allowed.includes(name), name);
    }
  });

  it('tells its health without a token', async () =>
    assert.deepEqual(await (await fetch(`${endpoint.url}/healthz`)).json(), { ok: true }));

  it('logs each use with who it was and how much, and nothing of what it was', async () => {
    log.length = 0;
    await decode({ Origin: UI, Authorization: `Bearer ${await signed({})}` });
    await decode({});
    assert.deepEqual(
      log.map(({ action, caller, origin, namespace, status, payloads: count }) => ({
        action,
        caller,
        origin,
        namespace,
        status,
        payloads: count,
      })),
      [
        {
          action: 'decode',
          caller: 'u-17',
          origin: UI,
          namespace: 'default',
          status: 200,
          payloads: 1,
        },
        {
          action: 'decode',
          caller: null,
          origin: null,
          namespace: 'default',
          status: 401,
          payloads: 0,
        },
      ],
    );
    assert.doesNotMatch(JSON.stringify(log), /ana|Bearer|eyJ/);
  });

  it('cannot be set up with a token that can be guessed, nor with a provider that is none', async () => {
    assert.throws(() => sharedToken('secret'), AuthorisationError);
    const refusal = (options: Parameters<typeof oidcTokens>[0], reason: RegExp) =>
      assert.rejects(
        oidcTokens(options),
        (error) => error instanceof AuthorisationError && reason.test(error.message),
      );
    await refusal(
      { issuer: 'http://login.acme.example', audience: 'a' },
      /must be an https address/,
    );
    await refusal(
      { issuer: `${issuer}/other`, audience: 'a' },
      /names no jwks_uri|names another issuer/,
    );
    await refusal({ issuer: 'http://127.0.0.1:1', audience: 'a' }, /does not answer/);
  });
});
