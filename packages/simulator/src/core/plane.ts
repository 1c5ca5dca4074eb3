import type { Allowance } from '../server/allowance.ts';
import type { Tokens } from './oauth.ts';
import { orgLimits } from './org-limits.ts';
import { resourcesOf } from './resources.ts';
import { coreError } from '../server/error-shapes.ts';
import { json, Refusal, type Call, type Route } from '../server/http.ts';
import type { Limits } from '../seed/wire.ts';

const VERSIONS = [
  ['62.0', "Winter '25"],
  ['63.0', "Spring '25"],
  ['64.0', "Summer '25"],
  ['65.0', "Winter '26"],
  ['66.0', "Spring '26"],
  ['67.0', "Summer '26"],
] as const;

/** What the routes of the core plane need. */
export interface CoreParts {
  readonly tokens: Tokens;
  /** They need a token. The versions and the token endpoint do not. */
  readonly protectedRoutes: readonly Route[];
  readonly allowance: Allowance;
  /** The address of the plane. */
  readonly core: () => string;
}

/** The routes of the core plane. */
export function coreRoutes({ tokens, protectedRoutes, allowance, core }: CoreParts): Route[] {
  const guarded = (route: Route): Route => ({
    ...route,
    handle: (call) => {
      tokens.check(call);
      checkVersion(call);
      return route.handle(call);
    },
  });
  return [
    ...tokens.routes,
    {
      method: 'GET',
      path: '/services/data',
      handle: () =>
        json(
          200,
          VERSIONS.map(([version, label]) => ({
            label,
            url: `/services/data/v${version}`,
            version,
          })),
        ),
    },
    ...[
      ...protectedRoutes,
      {
        method: 'GET',
        path: '/services/data/:version',
        handle: ({ params }: Call) => json(200, resourcesOf(params.version ?? '', core())),
      },
      {
        method: 'GET',
        path: '/services/data/:version/limits',
        handle: () => json(200, orgLimits(allowance)),
      },
    ].map(guarded),
  ];
}

/**
 * Whether a call of the core counts against the day's allowance. Calls of the API do, calls for
 * tokens do not.
 */
export const countsAsApiCall = ({ path }: Call): boolean =>
  /^\/services\/data\/v[^/]+\/./.test(path);

/** The header with the used part of the day's allowance. */
export function limitHeader(
  allowance: Allowance,
  perApp: Limits['perApp'],
): Readonly<Record<string, string>> {
  const used = allowance.used();
  const app = perApp && `; per-app-api-usage=${used}/${perApp.max}(appName=${perApp.name})`;
  return { 'sforce-limit-info': `api-usage=${used}/${allowance.max()}${app ?? ''}` };
}

function checkVersion(call: Call): void {
  const { version } = call.params;
  if (version === undefined || /^v\d{2}\.0$/.test(version)) return;
  const unknown = {
    status: 404,
    code: 'NOT_FOUND',
    message: 'The requested resource does not exist',
  };
  throw new Refusal(coreError(unknown, call));
}
