import { createPublicKey, randomBytes, verify, type KeyObject } from 'node:crypto';
import { identityRoutes, ORG, USER } from './identity.ts';
import {
  bearerOf,
  empty,
  formOf,
  json,
  Refusal,
  type Answer,
  type Call,
  type Route,
} from '../server/http.ts';

/** The credentials that the core accepts. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  /** The user's password, followed by their security token. */
  readonly password: string;
  /** The permanent grant of the user to the app. */
  readonly refreshToken: string;
  readonly publicKey: string | KeyObject;
}

/** The tokens of the core plane. */
export interface Tokens {
  readonly routes: readonly Route[];
  /** @throws Refusal with 401 if the call has no valid token */
  check(call: Call): void;
  /** Makes every issued token invalid. Returns how many there were. */
  expireAll(): number;
  isValid(token: string): boolean;
}

const SCOPE = 'cdp_query_api cdp_profile_api api';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/**
 * An `exp` of this size counts milliseconds. `sf` sends it so, and Salesforce accepts it as a far
 * future.
 */
const MILLISECONDS = 100_000_000_000;
const LOGIN_HOSTS = /^(login|test)\.salesforce\.com(:\d+)?$/;
const refused = (error: string, description: string, status = 400): Answer =>
  json(status, { error, error_description: description });

/** An issued token. */
export interface GivenToken {
  readonly issuedAt: number;
  /** Whether it came from a refresh token. It ends with that one. */
  readonly refreshed: boolean;
}

/**
 * The token endpoint, revocation, the routes about tokens, and the check of tokens. `core` returns
 * the address of the plane. An assertion is valid for the given number of minutes.
 */
export function keepTokens(
  credentials: Credentials,
  core: () => string,
  assertionMinutes: number,
): Tokens {
  const valid = new Map<string, GivenToken>();
  let refreshEnds = false;
  const key = createPublicKey(credentials.publicKey as string);

  const token = (call: Call): Answer => {
    const form = formOf(call);
    const grant = form.get('grant_type');
    if (grant === 'client_credentials') return clientCredentials(call, form);
    if (grant === JWT_BEARER) return jwtBearer(form);
    if (grant === 'refresh_token') return refresh(call, form);
    if (grant === 'password') return password(call, form);
    return refused('unsupported_grant_type', 'grant type not supported');
  };

  const clientCredentials = (call: Call, form: URLSearchParams): Answer => {
    if (LOGIN_HOSTS.test(call.headers.host ?? '')) {
      return refused('invalid_grant', 'request not supported on this domain');
    }
    return clientRefusal(call, form, 'wanted') ?? json(200, signedToken());
  };

  const refresh = (call: Call, form: URLSearchParams): Answer => {
    const client = clientRefusal(call, form, 'optional');
    if (client) return client;
    return refreshEnds || form.get('refresh_token') !== credentials.refreshToken
      ? refused('invalid_grant', 'expired access/refresh token')
      : json(200, signedToken(true));
  };

  const password = (call: Call, form: URLSearchParams): Answer => {
    const client = clientRefusal(call, form, 'wanted');
    if (client) return client;
    return form.get('username') !== credentials.username ||
      form.get('password') !== credentials.password
      ? refused('invalid_grant', 'authentication failure')
      : json(200, signedToken());
  };

  /**
   * Why an app has no access. It names itself in the form or by Basic. A refresh may leave the
   * secret out.
   */
  const clientRefusal = (
    call: Call,
    form: URLSearchParams,
    secret: 'wanted' | 'optional',
  ): Answer | undefined => {
    const basic = /^Basic\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1];
    const [basicId, basicSecret] =
      basic === undefined ? [] : splitOnce(Buffer.from(basic, 'base64').toString('utf8'));
    if ((form.get('client_id') ?? basicId) !== credentials.clientId) {
      return refused('invalid_client_id', 'client identifier invalid');
    }
    const given = form.get('client_secret') ?? basicSecret;
    return given === credentials.clientSecret || (given === undefined && secret === 'optional')
      ? undefined
      : refused('invalid_client', 'invalid client credentials');
  };

  const jwtBearer = (form: URLSearchParams): Answer => {
    const [head = '', body = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const header = decode(head);
    const claims = decode(body);
    const signed =
      header?.alg === 'RS256' &&
      verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${body}`),
        key,
        Buffer.from(signature, 'base64url'),
      );
    if (!signed || claims === undefined) return refused('invalid_grant', 'invalid assertion');
    if (claims.iss !== credentials.clientId) {
      return refused('invalid_client_id', 'client identifier invalid');
    }
    if (claims.sub !== credentials.username) {
      return refused('invalid_grant', "user hasn't approved this consumer");
    }
    const left = Number(claims.exp) - Date.now() / 1000;
    const tooFar = left > (assertionMinutes + 1) * 60 && Number(claims.exp) < MILLISECONDS;
    if (!(left > 0) || tooFar) {
      return refused('invalid_grant', 'assertion is not valid: expired or too far in the future');
    }
    if (!isAudience(String(claims.aud))) return refused('invalid_grant', 'audience is invalid');
    return json(200, grantToken());
  };

  const isAudience = (audience: string): boolean => {
    const own = new URL(core());
    return (
      [
        `https://login.salesforce.com`,
        'https://test.salesforce.com',
        own.origin,
        `${own.protocol}//${own.hostname}`,
      ].includes(audience.replace(/\/$/, '')) ||
      /^https:\/\/[\w.-]+\.my\.salesforce\.com\/?$/.test(audience)
    );
  };

  const signedToken = (refreshed = false) => ({
    ...grantToken(refreshed),
    signature: randomBytes(32).toString('base64'),
    issued_at: String(Date.now()),
  });

  const grantToken = (refreshed = false) => {
    const access = `${ORG.slice(0, 15)}!AQ0AQ${randomBytes(36).toString('base64url')}`;
    valid.set(access, { issuedAt: Date.now(), refreshed });
    return {
      access_token: access,
      scope: SCOPE,
      instance_url: core(),
      id: `${core()}/id/${ORG}/${USER}`,
      token_type: 'Bearer',
    };
  };

  return {
    routes: [
      { method: 'POST', path: '/services/oauth2/token', handle: token },
      {
        method: 'POST',
        path: '/services/oauth2/revoke',
        handle: (call) => {
          const token = formOf(call).get('token') ?? '';
          valid.delete(token);
          if (token === credentials.refreshToken) {
            refreshEnds = true;
            for (const [access, { refreshed }] of valid) {
              if (refreshed) valid.delete(access);
            }
          }
          return empty(200);
        },
      },
      ...identityRoutes({
        core,
        username: credentials.username,
        given: (access) => valid.get(access),
        isRefresh: (token) => !refreshEnds && token === credentials.refreshToken,
        clientId: credentials.clientId,
        clientRefusal: (call) => clientRefusal(call, formOf(call), 'wanted'),
        scope: SCOPE,
      }),
    ],
    check: (call) => {
      if (!valid.has(bearerOf(call))) {
        throw new Refusal(
          json(401, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]),
        );
      }
    },
    expireAll: () => {
      const { size } = valid;
      valid.clear();
      return size;
    },
    isValid: (token) => valid.has(token),
  };
}

function splitOnce(text: string): string[] {
  const at = text.indexOf(':');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)].map(decodeURIComponent);
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
