import type { Tokens } from './core-oauth.ts';
import { json, Refusal, type Answer, type Call, type Route } from './http.ts';

const VERSIONS = [
  ['62.0', "Winter '25"],
  ['63.0', "Spring '25"],
  ['64.0', "Summer '25"],
  ['65.0', "Winter '26"],
  ['66.0', "Spring '26"],
  ['67.0', "Summer '26"],
] as const;
const DAILY = 1_000_000;

/** Answers of the core plane in its own shape: a list of errors. */
export const coreAnswers = {
  notFound: (): Answer => json(404, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]),
  failed: (): Answer => json(500, [{ message: 'An unexpected error occurred', errorCode: 'UNKNOWN_EXCEPTION' }]),
};

/** The core plane's table. `protectedRoutes` want a token; the versions and the token endpoint do not. */
export function coreRoutes(tokens: Tokens, protectedRoutes: readonly Route[], used: () => number): Route[] {
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
          VERSIONS.map(([version, label]) => ({ label, url: `/services/data/v${version}`, version })),
        ),
    },
    ...[
      ...protectedRoutes,
      {
        method: 'GET',
        path: '/services/data/:version/limits',
        handle: () => json(200, { DailyApiRequests: { Max: DAILY, Remaining: Math.max(0, DAILY - used()) } }),
      },
    ].map(guarded),
  ];
}

/** How much of the day's allowance is used, as a header. */
export const limitHeader = (used: number): Readonly<Record<string, string>> => ({
  'sforce-limit-info': `api-usage=${used}/${DAILY}`,
});

function checkVersion({ params: { version } }: Call): void {
  if (version !== undefined && !/^v\d{2}\.0$/.test(version)) throw new Refusal(coreAnswers.notFound());
}
