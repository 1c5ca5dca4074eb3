import { createHash, timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { isLoopback } from './loopback.ts';

/**
 * Decides who may decrypt. Returns the caller's name for the access log, or undefined if the caller
 * may not. It never throws because of a bad credential.
 */
export type Authorise = (credential: Credential) => Promise<string | undefined>;

/** What a caller shows. */
export interface Credential {
  /** From `Authorization: Bearer …`. */
  readonly bearer?: string;
  /** From the cookie that the sign-in page sets. It is accepted from the UI's own origin only. */
  readonly cookie?: string;
}

/** Authorisation cannot be set up. The message says what to fix, and never holds a token. */
export class AuthorisationError extends Error {
  override readonly name = 'AuthorisationError';
}

/** The least characters of a static token: 32 random ones cannot be guessed. */
export const TOKEN_LENGTH = 32;

/**
 * Admits callers who show a token that all share. @throws AuthorisationError if it is short enough
 * to be guessed
 */
export function sharedToken(token: string): Authorise {
  if (token.length < TOKEN_LENGTH) {
    throw new AuthorisationError(
      `The token is too short to be safe: it needs ${TOKEN_LENGTH} characters or more. Make ` +
        'one by: openssl rand -hex 32',
    );
  }
  const wanted = digest(token);
  // Digests have one length, and the time to compare them says nothing about the token.
  const same = (shown: string | undefined) =>
    shown !== undefined && timingSafeEqual(digest(shown), wanted);
  return ({ bearer, cookie }) =>
    Promise.resolve(same(bearer) || same(cookie) ? 'token' : undefined);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** How an identity provider's tokens are checked. */
export interface OidcOptions {
  /** Exactly as the token's `iss` says. */
  readonly issuer: string;
  /** The token's `aud` must hold it. */
  readonly audience: string;
  /** Where the provider's public keys are; by default its discovery document names the place. */
  readonly jwks?: string;
  /**
   * Claims that the token must also have, such as `groups: privacy`. A claim that is a list must
   * hold the value.
   */
  readonly claims?: Readonly<Record<string, string>>;
}

/**
 * Only signatures by a key pair: a shared secret could be guessed offline, and `none` is no
 * signature.
 */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];
const CLOCKS_DIFFER = '30 seconds';
const DISCOVERY_WITHIN = 10_000;

/**
 * Admits callers who show a token of the company's identity provider. The Temporal UI passes it on
 * after its own sign-in.
 *
 * @throws AuthorisationError if the provider's discovery document cannot be read or names another
 *   issuer
 * @see OpenID Connect Core 1.0 section 3.1.3.7; OpenID Connect Discovery 1.0 section 4; RFC 9068
 *   section 4
 */
export async function oidcTokens({
  issuer,
  audience,
  jwks,
  claims = {},
}: OidcOptions): Promise<Authorise> {
  const keys = createRemoteJWKSet(
    address(jwks ?? (await discovered(issuer)), 'The address of the keys'),
  );
  return async ({ bearer }) => {
    if (bearer === undefined) return undefined;
    try {
      const { payload } = await jwtVerify(bearer, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCKS_DIFFER,
        requiredClaims: ['exp'],
      });
      return Object.entries(claims).every(([name, value]) => claimHolds(payload[name], value))
        ? nameOf(payload)
        : undefined;
    } catch {
      // A bad token and a provider that does not answer have the same effect: this caller may not
      // decrypt.
      return undefined;
    }
  };
}

async function discovered(issuer: string): Promise<string> {
  const document = address(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    'The issuer',
  );
  const fail = (why: string) =>
    new AuthorisationError(
      `The identity provider's ${document.href} ${why}. Check --oidc-issuer, or name the ` +
        'keys by --oidc-jwks.',
    );
  const answer = await fetch(document, { signal: AbortSignal.timeout(DISCOVERY_WITHIN) }).catch(
    () => {
      throw fail('does not answer');
    },
  );
  if (!answer.ok) throw fail(`answers with status ${answer.status}`);
  const { issuer: said, jwks_uri: uri } = (await answer.json().catch(() => {
    throw fail('is no JSON');
  })) as { issuer?: unknown; jwks_uri?: unknown };
  if (said !== issuer) throw fail('names another issuer');
  if (typeof uri !== 'string') throw fail('names no jwks_uri');
  return uri;
}

/** Refuses unprotected addresses, because keys from there could be anybody's. */
function address(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url !== undefined &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
  ) {
    return url;
  }
  throw new AuthorisationError(`${what} must be an https address: ${text}`);
}

function claimHolds(claim: unknown, value: string): boolean {
  if (Array.isArray(claim)) return claim.includes(value);
  return typeof claim === 'string' && (claim === value || claim.split(' ').includes(value));
}

/**
 * The holder of a token. The token's subject is opaque to us, and names a person to the company.
 */
const nameOf = ({ sub, client_id: client }: JWTPayload): string =>
  (sub ?? (typeof client === 'string' ? client : 'unnamed')).slice(0, 128);

/** Admits callers whom one of several ways admits. */
export const anyOf =
  (ways: readonly Authorise[]): Authorise =>
  async (credential) => {
    for (const way of ways) {
      const caller = await way(credential);
      if (caller !== undefined) return caller;
    }
    return undefined;
  };
