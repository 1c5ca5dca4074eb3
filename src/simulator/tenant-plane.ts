import { randomBytes } from 'node:crypto';
import type { Tokens } from './core-oauth.ts';
import { entitiesOf } from './core-metadata.ts';
import type { DataSpace } from './data-space.ts';
import { tenantError } from './faults.ts';
import { bearerOf, formOf, json, Refusal, type Answer, type Call, type Route } from './http.ts';

const LIFETIME = 7_193;
const GRANT = 'urn:salesforce:grant-type:external:cdp';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** Answers of the tenant plane in its own shape: one object. */
export const tenantAnswers = {
  notFound: (call: Call): Answer => json(404, tenantError(404, 'No static resource', call.path)),
  failed: (call: Call): Answer => json(500, tenantError(500, 'An unexpected error occurred', call.path)),
};

/**
 * The token exchange of the core plane, and the tenant plane behind it. A token outlives the core token it was
 * made from.
 */
export function tenantPlane(
  spaces: readonly DataSpace[],
  tokens: Tokens,
  host: () => string,
): { readonly exchange: Route; readonly routes: readonly Route[]; expireAll(): number } {
  const given = new Map<string, { space: DataSpace; until: number }>();

  const exchange = (call: Call): Answer => {
    const form = formOf(call);
    if (form.get('grant_type') !== GRANT || form.get('subject_token_type') !== ACCESS_TOKEN)
      return refused('invalid_request', 'grant type or token type not supported');
    if (!tokens.isValid(form.get('subject_token') ?? '')) return refused('invalid_grant', 'invalid subject token');
    const space = spaces.find(({ name }) => name === (form.get('dataspace') ?? 'default'));
    if (space === undefined) return refused('invalid_request', 'data space not found');
    const token = tokenText(space.name);
    given.set(token, { space, until: Date.now() + LIFETIME * 1_000 });
    return json(200, {
      access_token: token,
      instance_url: host(),
      token_type: 'Bearer',
      issued_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      expires_in: LIFETIME,
    });
  };

  const spaceOf = (call: Call): DataSpace => {
    const found = given.get(bearerOf(call));
    if (found && found.until > Date.now()) return found.space;
    throw new Refusal(
      json(401, {
        ...tenantError(401, 'Authorization header verification failed', call.path),
        details: { status: 'UNAUTHENTICATED: Invalid JWT (not before or expired)', statusCode: 401 },
      }),
    );
  };
  const metadata = (call: Call): Answer => json(200, { metadata: entitiesOf(spaceOf(call), call.query) });

  return {
    exchange: { method: 'POST', path: '/services/a360/token', handle: exchange },
    routes: [{ method: 'GET', path: '/api/v1/metadata', handle: metadata }],
    expireAll: () => {
      const { size } = given;
      given.clear();
      return size;
    },
  };
}

const refused = (error: string, description: string): Answer => json(400, { error, error_description: description });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokenText(dataSpace: string): string {
  const payload = {
    audienceTenantId: 'a360/prod/0123456789abcdef',
    dataspace: dataSpace,
    exp: Math.floor(Date.now() / 1_000) + LIFETIME,
    jti: randomBytes(12).toString('hex'),
  };
  return `${part({ kid: 'CORE', alg: 'ES256', typ: 'JWT' })}.${part(payload)}.${randomBytes(32).toString('base64url')}`;
}
