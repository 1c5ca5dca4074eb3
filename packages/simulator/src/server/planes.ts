import { keepAllowance } from './allowance.ts';
import { cloudPlanes } from '../clouds/clouds.ts';
import type { Authority } from './certificates.ts';
import type { Clock } from './clock.ts';
import { bucketPlane } from '../privacy/consent/bucket-plane.ts';
import { consentRoutes } from '../privacy/consent/consent-api.ts';
import { openDrops } from '../privacy/consent/portability.ts';
import { controlRoutes } from './control.ts';
import { metadataRoutes } from '../core/metadata.ts';
import type { CoreObject } from '../core/model.ts';
import { keepTokens } from '../core/oauth.ts';
import { coreRoutes, countsAsApiCall, limitHeader } from '../core/plane.ts';
import { queryRoutes } from '../core/query-sql.ts';
import { soqlRoutes } from '../core/soql.ts';
import { blobRoutes } from '../core/blobs.ts';
import { describeRoutes } from '../core/describe.ts';
import { recordRoutes } from '../core/records.ts';
import { bulkRoutes } from '../core/bulk-query.ts';
import type { KeptCredentials } from './credentials.ts';
import type { DataSpace } from '../store/data-space.ts';
import type { Database } from '../store/database.ts';
import { coreError, tenantError, vendorError } from './error-shapes.ts';
import { interceptCalls } from './faults.ts';
import type { Answer } from './http.ts';
import type { Plane, PlaneName } from './listen.ts';
import type { Forms } from '../data-cloud/pages.ts';
import { openVendors } from '../vendors/opendsr-routes.ts';
import { privacyCenterRoutes } from '../privacy/privacy-center/privacy-center.ts';
import { queryRate } from './query-rate.ts';
import { keepRestrictions } from '../store/restrictions.ts';
import type { CheckedSeed } from '../seed/shape.ts';
import { tenantPlane } from '../data-cloud/tenant-plane.ts';
import { coreQueryV2Routes } from '../data-cloud/tenant/query-v2.ts';

/** The address of each plane. It is filled in when the plane starts. */
export type Addresses = Record<PlaneName, string>;

/** What the planes need. */
export interface PlaneParts {
  readonly seed: CheckedSeed;
  readonly spaces: readonly DataSpace[];
  readonly core: ReadonlyMap<string, CoreObject>;
  readonly folder: string;
  readonly log: (line: string) => void;
  readonly clock: Clock;
  readonly database: Database;
  readonly authority: Authority;
  readonly jwtKey: { readonly publicKey: string };
  readonly credentials: KeptCredentials;
  readonly at: Readonly<Addresses>;
}

/**
 * The planes of a simulator, ready to listen. They share the clock, the counts of calls and the
 * faults.
 */
export async function makePlanes(parts: PlaneParts): Promise<readonly Plane[]> {
  const { seed, spaces, core, folder, log, clock, database, authority, jwtKey, credentials, at } =
    parts;
  const { results, milliseconds } = database;
  const { paging, wire, limits } = seed;
  const calls = interceptCalls(seed.faults);
  const allowance = keepAllowance(clock, limits.dailyApiRequests);
  const tokens = keepTokens(
    { ...credentials, publicKey: jwtKey.publicKey },
    () => at.core,
    wire.assertionMinutes,
  );
  const forms: Forms = wire.engineForms === 'hyper' ? 'hyper' : milliseconds;
  const reading = { results, forms, paging, wire, clock };
  const tenant = tenantPlane({
    ...reading,
    spaces,
    tokens,
    limits,
    host: () => new URL(at.tenant).host,
  });
  const token = credentials.vendorToken;
  const desk = { vendors: seed.vendors, rows: seed.vendorRows, folder };
  const vendors = await openVendors({ ...desk, token, authority, origin: () => at.vendors, log });
  const isToken = (given: string): boolean => tokens.isValid(given);
  const clouds = cloudPlanes({ seed, credentials: credentials.clouds, clock, isToken, at });
  const expireTokens = () =>
    [tokens, tenant, ...clouds.values()].reduce((sum, keeper) => sum + keeper.expireAll(), 0);
  const plane = (name: PlaneName, rest: Omit<Plane, 'name' | 'log' | 'intercept'>): Plane => ({
    name,
    log,
    intercept: (call, pattern) => calls.intercept(name, call, pattern, rest.error),
    ...rest,
  });
  const dataSpaces = spaces.map(({ name }) => name);
  const restrictions = keepRestrictions(database, dataSpaces, seed.restricted);
  for (const [id, { processing }] of Object.entries(seed.consent.state)) {
    if (processing === 'optout') await restrictions.restrict(id, true);
  }
  const drops = openDrops({
    notes: seed.consent,
    spaces,
    database,
    restrictions,
    clock,
    folder,
    log,
  });
  const isIndividual = (id: string) => isKnownIndividual(spaces, database, id);
  const privacyCenter = privacyCenterRoutes({
    notes: seed.privacyCenter,
    objects: core,
    results,
    clock,
    isToken,
    core: () => at.core,
  });
  const protectedRoutes = [
    ...queryRoutes({ results, forms, paging, dataSpaces, wire }),
    ...coreQueryV2Routes(reading, dataSpaces),
    ...metadataRoutes(spaces, wire),
    ...privacyCenter.api,
    ...consentRoutes({ notes: seed.consent, restrictions, drops, isIndividual }),
    ...soqlRoutes({ objects: core, results, milliseconds, page: paging.soqlPage }),
    ...describeRoutes(core),
    ...recordRoutes({ objects: core, results, milliseconds }),
    ...bulkRoutes({
      objects: core,
      results,
      milliseconds,
      clock,
      notes: seed.bulk,
      page: paging.page,
    }),
    ...blobRoutes(core, results),
  ];
  const isTooMany = queryRate(clock, limits.queriesPerMinute);
  const stores = { clock, allowance, restrictions, drops };
  return [
    plane('core', {
      error: coreError,
      headers: () => limitHeader(allowance, limits.perApp),
      enter: (call) => {
        if (countsAsApiCall(call) && !allowance.spend()) return coreError(SPENT, call);
        return isTooMany(call) ? retryLater(coreError(TOO_MANY, call)) : () => undefined;
      },
      routes: [
        tenant.exchange,
        privacyCenter.download,
        ...coreRoutes({ tokens, protectedRoutes, allowance, core: () => at.core }),
      ],
    }),
    plane('tenant', { error: tenantError, unknownPath: 'No static resource', ...tenant }),
    plane('vendors', {
      error: vendorError,
      routes: [
        ...vendors.routes,
        ...controlRoutes({ ...stores, calls, database, vendors, expireTokens }),
      ],
    }),
    ...(seed.servesBuckets
      ? [
          plane(
            'bucket',
            bucketPlane(() => drops.folder()),
          ),
        ]
      : []),
    ...[...clouds].map(([name, { routes, error, enter }]) =>
      plane(name, { routes, error, ...(enter && { enter }) }),
    ),
  ];
}

const retryLater = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'retry-after': '60' },
});
const TOO_MANY = { status: 429, code: 'REQUEST_LIMIT_EXCEEDED', message: 'Too many requests' };
const SPENT = {
  status: 403,
  code: 'REQUEST_LIMIT_EXCEEDED',
  message: 'TotalRequests Limit exceeded.',
};

async function isKnownIndividual(
  spaces: readonly DataSpace[],
  database: Database,
  id: string,
): Promise<boolean> {
  for (const { name, objects } of spaces) {
    const individual = objects.get('ssot__Individual__dlm') ?? objects.get('Individual__dlm');
    if (individual === undefined) continue;
    const { rows } = await database.rowsOf(name, individual.name, individual.primaryKey, id);
    if (rows.length > 0) return true;
  }
  return false;
}
