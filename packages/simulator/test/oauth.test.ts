import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { describe, it } from 'node:test';
import { answered, signIn, simulated, type Answered } from './start.ts';

const stage = simulated({ dataCloud: { default: {}, brand_b: {} } });

const post = async (
  path: string,
  body: URLSearchParams | undefined,
  headers: Record<string, string> = {},
): Promise<Answered> =>
  answered(
    await fetch(stage.simulator.core + path, { method: 'POST', headers, ...(body && { body }) }),
  );
const token = (fields: Record<string, string>) =>
  post('/services/oauth2/token', new URLSearchParams(fields));
const credentials = () => ({
  client_id: stage.simulator.clientId,
  client_secret: stage.simulator.clientSecret,
});

function assertion(
  claims: Record<string, unknown>,
  key = readFileSync(stage.simulator.privateKeyFile, 'utf8'),
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'RS256' })}.${part({ iss: stage.simulator.clientId, sub: stage.simulator.username, aud: stage.simulator.core, exp: Math.floor(Date.now() / 1000) + 180, ...claims })}`;
  return `${head}.${createSign('RSA-SHA256').update(head).sign(key, 'base64url')}`;
}
const bearer = (claims: Record<string, unknown> = {}, key?: string) =>
  token({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertion(claims, key),
  });

function tenant(path: string, accessToken: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(
      `${stage.simulator.tenant}${path}`,
      { ca: readFileSync(stage.simulator.ca), headers: { authorization: `Bearer ${accessToken}` } },
      (response) => {
        let text = '';
        response
          .on('data', (chunk: Buffer) => {
            text += chunk.toString('utf8');
          })
          .on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    )
      .on('error', reject)
      .end();
  });
}

describe('client credentials', () => {
  it('come in a form, in the query string or as Basic, and give a token with an id', async () => {
    const basic = Buffer.from(
      `${stage.simulator.clientId}:${stage.simulator.clientSecret}`,
    ).toString('base64');
    const answers = [
      await token({ grant_type: 'client_credentials', ...credentials() }),
      await post(
        `/services/oauth2/token?${new URLSearchParams({ grant_type: 'client_credentials', ...credentials() }).toString()}`,
        undefined,
      ),
      await post(
        '/services/oauth2/token',
        new URLSearchParams({ grant_type: 'client_credentials' }),
        {
          authorization: `Basic ${basic}`,
        },
      ),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.match(body.id, /\/id\/00D\w{15}\/005\w{15}$/);
      assert.equal(body.instance_url, stage.simulator.core);
    }
  });

  it('are refused by name: a wrong secret, an unknown client, another grant', async () => {
    const refusals = [
      await token({ grant_type: 'client_credentials', ...credentials(), client_secret: 'x' }),
      await token({ grant_type: 'client_credentials', ...credentials(), client_id: 'x' }),
      await token({ grant_type: 'authorization_code', ...credentials() }),
    ];
    assert.deepEqual(
      refusals.map(({ status, body }) => [status, body.error]),
      [
        [400, 'invalid_client'],
        [400, 'invalid_client_id'],
        [400, 'unsupported_grant_type'],
      ],
    );
  });
});

describe('JWT bearer', () => {
  it('gives a token for a signed assertion, its end a number or a text', async () => {
    assert.equal((await bearer()).status, 200);
    assert.equal((await bearer({ exp: String(Math.floor(Date.now() / 1000) + 60) })).status, 200);
    assert.equal((await bearer({ aud: 'https://login.salesforce.com' })).status, 200);
  });

  it('refuses a foreign key, another user, a past end and another audience', async () => {
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const refusals = [
      await bearer({}, foreign),
      await bearer({ sub: 'else@acme.example' }),
      await bearer({ exp: 1_700_000_000 }),
      await bearer({ aud: 'https://elsewhere.example' }),
    ];
    assert.deepEqual(
      refusals.map(({ status, body }) => [status, body.error]),
      Array.from({ length: 4 }, () => [400, 'invalid_grant']),
    );
    assert.match(
      (await bearer({ sub: 'else@acme.example' })).body.error_description,
      /hasn't approved/,
    );
  });
});

describe('a token', () => {
  it('opens the core plane until it is revoked; then the answer is a list of errors', async () => {
    const { token: access, get } = await signIn(stage.simulator);
    assert.equal((await get('/limits')).status, 200);
    assert.equal(
      (await post('/services/oauth2/revoke', new URLSearchParams({ token: access }))).status,
      200,
    );
    const { status, text } = await get('/limits');
    assert.equal(status, 401);
    assert.deepEqual(JSON.parse(text), [
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
  });

  it('is exchanged for one of the tenant plane, which outlives it and speaks TLS', async () => {
    const { token: access } = await signIn(stage.simulator);
    const exchange = await post(
      '/services/a360/token',
      new URLSearchParams({
        grant_type: 'urn:salesforce:grant-type:external:cdp',
        subject_token: access,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        dataspace: 'brand_b',
      }),
    );
    assert.equal(exchange.status, 200);
    assert.equal(exchange.body.instance_url, new URL(stage.simulator.tenant).host);
    await post('/services/oauth2/revoke', new URLSearchParams({ token: access }));
    assert.equal((await tenant('/api/v1/metadata', exchange.body.access_token)).status, 200);
    const wrong = await tenant('/api/v1/metadata', access);
    assert.equal(wrong.status, 401);
    assert.equal(
      (JSON.parse(wrong.text) as { internalErrorCode: string }).internalErrorCode,
      'COMMON_ERROR_GENERIC',
    );
  });
});
