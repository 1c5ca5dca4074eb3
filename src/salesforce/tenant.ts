import * as z from 'zod';
import { SystemFailure } from '../http/failure.ts';
import { safeCode } from '../http/status.ts';
import type { Session } from './auth.ts';
import { jsonOf, type Http, type HttpResponse } from '../http/transport.ts';
import { readAs } from './read-response.ts';

/** A call to the tenant's own host, where Data Cloud answers directly. */
export interface TenantCall {
  readonly system: string;
  /** The data space of the token: a token sees one. */
  readonly dataSpace: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Begins with `/api/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The company's Data Cloud tenant. It has its own host, and one token for each data space, shared
 * by all calls.
 */
export interface Tenant {
  /**
   * An authorized call. If the first try ends in 401, it tries once more with a fresh token.
   * @throws SystemFailure; `denied` at the second 401
   */
  call(call: TenantCall): Promise<HttpResponse>;
}

interface Grant {
  readonly origin: string;
  readonly token: string;
  readonly until: number;
}

const refusedResponse = z.looseObject({
  error: z.string(),
  access_token: z.undefined().optional(),
});
const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  instance_url: z.string().min(1),
  expires_in: z.coerce.number().nullish(),
});
/**
 * Seconds that a token lasts if it does not say, and seconds before its end at which we stop using
 * it.
 */
const [LASTS, EARLY] = [7200, 60];

/** @see Data 360 "Get started", token exchange at `/services/a360/token`; read 2026-11 */
export function openTenant(session: Session, http: Http): Tenant {
  const grants = new Map<string, Promise<Grant>>();

  const exchange = async ({ system, dataSpace, signal }: TenantCall): Promise<Grant> => {
    const answer = await session
      .withConnection(system, ({ instanceUrl, accessToken }) =>
        http
          .send({
            system,
            method: 'POST',
            url: `${instanceUrl}/services/a360/token`,
            fromTokenEndpoint: true,
            signal,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams({
              grant_type: 'urn:salesforce:grant-type:external:cdp',
              subject_token: accessToken ?? '',
              subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
              dataspace: dataSpace,
            }).toString(),
          })
          .catch((error: unknown) => {
            throw isStaleSubject(error)
              ? new SystemFailure({ ...error.facts, status: 401 })
              : error;
          }),
      )
      .catch((error: unknown) => {
        throw error instanceof SystemFailure && error.facts.kind === 'denied'
          ? new SystemFailure({ ...error.facts, action: actionFor(error.facts.code, dataSpace) })
          : error;
      });
    const body = jsonOf(system, answer);
    // A refusal may come with status 200.
    const refused = refusedResponse.safeParse(body);
    if (refused.success) {
      throw new SystemFailure({
        kind: 'denied',
        system,
        status: answer.status,
        code: safeCode(refused.data.error),
        action: actionFor(refused.data.error, dataSpace),
      });
    }
    const {
      access_token: token,
      instance_url: host,
      expires_in: lasts,
    } = readAs(tokenAnswer, body, system);
    return {
      token,
      origin: originOf(host, new URL(session.loginUrl).protocol, system),
      until: Date.now() + ((lasts ?? LASTS) - EARLY) * 1000,
    };
  };

  /** The shared token of a data space, fetched anew if it has ended or is still the `stale` one. */
  const grantFor = async (call: TenantCall, stale?: Grant): Promise<Grant> => {
    const { dataSpace } = call;
    const shared = grants.get(dataSpace);
    const held = await shared?.catch(() => undefined);
    if (held !== undefined && held !== stale && held.until > Date.now()) return held;
    const newer = grants.get(dataSpace);
    if (newer !== undefined && newer !== shared) return newer;
    const fresh = exchange(call);
    grants.set(dataSpace, fresh);
    fresh.catch(() => {
      if (grants.get(dataSpace) === fresh) grants.delete(dataSpace);
    });
    return fresh;
  };

  const send = (
    { system, method, path, headers, body, signal }: TenantCall,
    { origin, token }: Grant,
  ): Promise<HttpResponse> =>
    http.send({
      system,
      method,
      signal,
      url: `${origin}${path}`,
      headers: {
        ...headers,
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  return {
    async call(call) {
      const first = await grantFor(call);
      try {
        return await send(call, first);
      } catch (error) {
        if (!(error instanceof SystemFailure && error.facts.status === 401)) throw error;
      }
      return send(call, await grantFor(call, first));
    },
  };
}

/** Whether the exchange refused our core token, which a fresh sign-in may fix. */
const isStaleSubject = (error: unknown): error is SystemFailure =>
  error instanceof SystemFailure && error.facts.code === 'invalid_grant';

function actionFor(code: string | undefined, dataSpace: string): string {
  if (code === 'invalid_scope') {
    return (
      'Give the app the scopes cdp_query_api and cdp_profile_api, then retry the system; or set ' +
      'salesforce.query to "connect", which needs neither.'
    );
  }
  if (code === 'invalid_request') {
    return (
      `See that the org has Data Cloud, and that salesforce.dataSpaces names "${dataSpace}" ` +
      'rightly; then retry the system.'
    );
  }
  return (
    `Let the user that the app runs as into Data Cloud and the data space "${dataSpace}", then ` +
    'retry the system.'
  );
}

/** The tenant's origin, from a bare host or an address. It uses TLS if we sign in by TLS. */
function originOf(told: string, protocol: string, system: string): string {
  const address = told.includes('://') ? told : `https://${told}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'https:' && protocol === 'https:')) {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'TENANT_NOT_HTTPS' });
  }
  return url.origin;
}
