import { sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Connection } from '@jsforce/jsforce-node';
import { SystemFailure } from '../http/failure.ts';
import type { Http, HttpResponse, HttpRequest, HttpStream } from '../http/transport.ts';
import { carryOver } from './jsforce-transport.ts';

/**
 * How Dossier signs in: by client credentials on the My Domain host, or by a signed JWT as a user.
 */
export interface Credentials {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** A PEM file. */
  readonly privateKeyFile?: string;
  readonly username?: string;
  /** The audience of the JWT: `https://login.salesforce.com`; by default the login URL's origin. */
  readonly audience?: string;
  readonly apiVersion: string;
}

/** A call with the core token. */
export interface CoreCall {
  readonly system: string;
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH';
  /** Begins with `/services/`. */
  readonly path: string;
  /** Another host of Salesforce that takes the core token; by default the core host. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly busyCodes?: readonly string[];
  readonly readsStatus?: readonly number[];
  /**
   * How the token is sent: as a bearer, as the cookie `sid` that pages of the core host take, or as
   * both.
   */
  readonly authorizedBy?: 'bearer' | 'cookie' | 'both';
}

/** The company's sign-in: one token that all concurrent calls share. */
export interface Session {
  readonly apiVersion: string;
  readonly loginUrl: string;
  /** An authorized call. @throws SystemFailure */
  call(call: CoreCall): Promise<HttpResponse>;
  /** The same for responses of any size: files. @throws SystemFailure */
  open(call: CoreCall): Promise<HttpStream>;
  /**
   * Hands out the authorized jsforce connection. If the first try ends in 401, it signs in afresh
   * and tries once more.
   *
   * @throws SystemFailure; `denied` at the second 401
   */
  withConnection<Result>(
    system: string,
    use: (connection: Connection) => Promise<Result>,
  ): Promise<Result>;
}

export function createSession(credentials: Credentials, http: Http): Session {
  const { loginUrl, clientId, clientSecret, apiVersion } = credentials;
  const connection = new Connection({
    version: apiVersion,
    loginUrl,
    oauth2: { loginUrl, clientId, clientSecret },
  });
  carryOver(connection, http);
  let signIn: Promise<string> | undefined;

  const authorize = async () => {
    await connection.authorize(grantOf(credentials));
    // Paths begin with their own slash.
    connection.instanceUrl = new URL(connection.instanceUrl).origin;
    if (loginUrl.startsWith('https:') && !connection.instanceUrl.startsWith('https:')) {
      throw new SystemFailure({
        kind: 'unreadable',
        system: 'salesforce',
        code: 'INSTANCE_NOT_HTTPS',
      });
    }
    return connection.accessToken as string;
  };

  /** The shared token, fetched anew if it is still the `stale` one. */
  const token = async (system: string, stale?: string): Promise<string> => {
    const seen = signIn;
    if (
      seen !== undefined &&
      stale !== undefined &&
      (await seen.catch(() => stale)) === stale &&
      signIn === seen
    ) {
      signIn = undefined;
    }
    const current = (signIn ??= authorize());
    try {
      return await current;
    } catch (error) {
      if (signIn === current) signIn = undefined;
      if (error instanceof SystemFailure) throw new SystemFailure({ ...error.facts, system });
      throw error;
    }
  };

  const withConnection: Session['withConnection'] = async (system, use) => {
    const first = await token(system);
    try {
      return await use(connection);
    } catch (error) {
      if (!(error instanceof SystemFailure && error.facts.status === 401)) throw error;
    }
    await token(system, first);
    return use(connection);
  };

  const authorized = <Answer>(
    { system, method, path, origin, headers, body, authorizedBy = 'bearer', ...rest }: CoreCall,
    send: (request: HttpRequest) => Promise<Answer>,
  ): Promise<Answer> =>
    withConnection(system, ({ instanceUrl, accessToken }) =>
      send({
        system,
        method,
        ...rest,
        url: `${origin ?? instanceUrl}${path}`,
        headers: {
          ...(authorizedBy !== 'cookie' && { authorization: `Bearer ${accessToken}` }),
          ...(authorizedBy !== 'bearer' && { cookie: `sid=${accessToken}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );

  return {
    apiVersion,
    loginUrl,
    withConnection,
    call: (call) => authorized(call, (request) => http.send(request)),
    open: (call) => authorized(call, (request) => http.open(request)),
  };
}

function grantOf(credentials: Credentials): { grant_type: string; [name: string]: string } {
  if (credentials.privateKeyFile === undefined) return { grant_type: 'client_credentials' };
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertionOf(
      credentials,
      readFileSync(credentials.privateKeyFile, 'utf8'),
      Date.now(),
    ),
  };
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A JWT, RS256, valid for three minutes. `now` in milliseconds. @see RFC 7523, section 3 */
function assertionOf(
  { clientId, username, audience, loginUrl }: Credentials,
  privateKey: string,
  now: number,
): string {
  const claims = {
    iss: clientId,
    sub: username,
    aud: audience ?? new URL(loginUrl).origin,
    exp: Math.floor(now / 1000) + 180,
  };
  const signed = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}
