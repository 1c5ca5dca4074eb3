import { randomBytes } from 'node:crypto';
import { isoAfter, type Clock } from '../server/clock.ts';
import { entitiesOf } from './entities.ts';
import type { Tokens } from '../core/oauth.ts';
import type { DataSpace } from '../store/data-space.ts';
import { tenantErrorBody } from '../server/error-shapes.ts';
import {
  bearerOf,
  formOf,
  json,
  Refusal,
  type Answer,
  type Call,
  type Route,
} from '../server/http.ts';
import type { Plane } from '../server/listen.ts';
import type { Forms } from './pages.ts';
import { queryRate } from '../server/query-rate.ts';
import type { Results } from './results.ts';
import type { Paging } from '../seed/shape.ts';
import type { Limits, Wire } from '../seed/wire.ts';
import { profileRoutes } from './tenant/profile-api.ts';
import { queryV1Routes } from './tenant/query-v1.ts';
import { tenantQueryV2Routes } from './tenant/query-v2.ts';
import { queryV3Routes } from './tenant/query-v3.ts';
import { universalIdRoutes } from './tenant/universal-id.ts';

const LIFETIME = 7_193;
const GRANT = 'urn:salesforce:grant-type:external:cdp';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** What the tenant plane needs. */
export interface TenantParts {
  readonly spaces: readonly DataSpace[];
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly results: Results;
  readonly forms: Forms;
  readonly paging: Paging;
  readonly wire: Wire;
  readonly limits: Limits;
  /** The host and port of the plane. */
  readonly host: () => string;
}

/** The token exchange of the core plane, and the tenant plane for its tokens. */
export interface TenantPlane {
  readonly exchange: Route;
  readonly routes: readonly Route[];
  readonly enter: NonNullable<Plane['enter']>;
  /** Makes every token invalid. Returns how many there were. */
  expireAll(): number;
}

/** Creates the tenant plane. A token stays valid longer than the core token that it came from. */
export function tenantPlane(parts: TenantParts): TenantPlane {
  const { spaces, tokens, clock, wire, host } = parts;
  const given = new Map<string, { space: DataSpace; until: number }>();

  const exchange = (call: Call): Answer => {
    const form = formOf(call);
    if (form.get('grant_type') !== GRANT || form.get('subject_token_type') !== ACCESS_TOKEN) {
      return refused('invalid_request', 'grant type or token type not supported');
    }
    if (!tokens.isValid(form.get('subject_token') ?? '')) {
      return refused('invalid_grant', 'invalid subject token');
    }
    if (wire.exchangeRefusal) {
      return refused(wire.exchangeRefusal.error, wire.exchangeRefusal.description);
    }
    const space = spaces.find(({ name }) => name === (form.get('dataspace') ?? 'default'));
    if (space === undefined) return refused('invalid_request', 'data space not found');
    const token = tokenText(space.name, isoAfter(clock, LIFETIME));
    given.set(token, { space, until: clock.now() + LIFETIME * 1_000 });
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
    if (found === undefined || found.until <= clock.now()) {
      const details = {
        status: 'UNAUTHENTICATED: Invalid JWT (not before or expired)',
        statusCode: 401,
      };
      throw new Refusal(
        json(401, tenantErrorBody(401, 'Authorization header verification failed', call, details)),
      );
    }
    const named = call.headers['ctx-dataspace-ds_name'];
    if (named !== undefined && named !== found.space.name) {
      throw new Refusal(
        json(403, tenantErrorBody(403, 'The token is not for this data space', call)),
      );
    }
    return found.space;
  };
  const metadata = (call: Call): Answer =>
    json(200, { metadata: entitiesOf(spaceOf(call), call.query) });
  /**
   * @see github.com/forcedotcom/Salesforce-CDP-jdbc, QueryConfigResponse and QueryEngineEnum; read
   *   2026-11
   */
  const engine = (call: Call): Answer => json(200, { queryengine: spaceOf(call) && 'hyper' });
  const serving = { ...parts, spaceOf };

  return {
    exchange: { method: 'POST', path: '/services/a360/token', handle: exchange },
    routes: [
      { method: 'GET', path: '/api/v1/metadata', handle: metadata },
      { method: 'GET', path: '/api/v1/query-config', handle: engine },
      ...queryV3Routes(serving),
      ...tenantQueryV2Routes(serving),
      ...queryV1Routes(serving),
      ...profileRoutes(serving),
      ...universalIdRoutes(serving),
    ],
    enter: atMost(parts.limits.tenantConcurrent, queryRate(clock, parts.limits.queriesPerMinute)),
    expireAll: () => {
      const { size } = given;
      given.clear();
      return size;
    },
  };
}

/** Refuses calls while `limit` others are running. */
function atMost(limit: number, isTooMany: (call: Call) => boolean): TenantPlane['enter'] {
  let under = 0;
  return (call) => {
    if (isTooMany(call)) {
      return json(429, tenantErrorBody(429, 'Too many queries', call), { 'retry-after': '60' });
    }
    if (under >= limit) {
      return json(429, tenantErrorBody(429, `More than ${limit} concurrent requests`, call));
    }
    under += 1;
    return () => {
      under -= 1;
    };
  };
}

const refused = (error: string, description: string): Answer =>
  json(400, { error, error_description: description });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokenText(dataSpace: string, expiresAt: string): string {
  const payload = {
    audienceTenantId: 'a360/prod/0123456789abcdef',
    dataspace: dataSpace,
    exp: Math.floor(Date.parse(expiresAt) / 1_000),
    jti: randomBytes(12).toString('hex'),
  };
  return `${part({ kid: 'CORE', alg: 'ES256', typ: 'JWT' })}.${part(payload)}.${randomBytes(32).toString('base64url')}`;
}
