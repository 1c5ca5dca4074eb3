import type { Authority } from './certificates.ts';
import { controlRoutes } from './control.ts';
import { metadataRoutes } from './core-metadata.ts';
import type { CoreObject } from './core-model.ts';
import { keepTokens } from './core-oauth.ts';
import { coreAnswers, coreRoutes, limitHeader } from './core-plane.ts';
import { queryRoutes } from './core-query-sql.ts';
import { soqlRoutes } from './core-soql.ts';
import type { KeptCredentials } from './credentials.ts';
import type { DataSpace } from './data-space.ts';
import type { Database } from './database.ts';
import { interceptCalls } from './faults.ts';
import { json } from './http.ts';
import type { Plane } from './listen.ts';
import { openVendors } from './opendsr-routes.ts';
import type { CheckedSeed } from './seed-shape.ts';
import { tenantAnswers, tenantPlane } from './tenant-plane.ts';

/** Where each plane listens; filled in as the planes are started. */
export interface Addresses {
  core: string;
  tenant: string;
  vendors: string;
}

/** Everything that the planes serve from. */
export interface PlaneParts {
  readonly seed: CheckedSeed;
  readonly spaces: readonly DataSpace[];
  readonly core: ReadonlyMap<string, CoreObject>;
  readonly folder: string;
  readonly log: (line: string) => void;
  readonly database: Database;
  readonly authority: Authority;
  readonly jwtKey: { readonly publicKey: string };
  readonly credentials: KeptCredentials;
  readonly at: Readonly<Addresses>;
}

/** The three planes of a simulator, ready to listen. They share the counts of calls and the faults. */
export async function makePlanes(parts: PlaneParts): Promise<Readonly<Record<Plane['name'], Plane>>> {
  const { seed, spaces, core, folder, log, database, authority, jwtKey, credentials, at } = parts;
  const { results, milliseconds } = database;
  const calls = interceptCalls(seed.faults);
  const tokens = keepTokens({ ...credentials, publicKey: jwtKey.publicKey }, () => at.core);
  const tenant = tenantPlane(spaces, tokens, () => new URL(at.tenant).host);
  const token = credentials.vendorToken;
  const origin = () => at.vendors;
  const desk = { vendors: seed.vendors, rows: seed.vendorRows, folder };
  const vendors = await openVendors({ ...desk, token, authority, origin, log });
  const expireTokens = () => tokens.expireAll() + tenant.expireAll();
  const plane = (name: Plane['name'], rest: Pick<Plane, 'routes' | 'notFound' | 'failed' | 'headers'>): Plane => ({
    name,
    log,
    intercept: (call, pattern) => calls.intercept(name, call, pattern),
    ...rest,
  });
  const protectedRoutes = [
    ...queryRoutes({ results, milliseconds, paging: seed.paging, dataSpaces: spaces.map(({ name }) => name) }),
    ...metadataRoutes(spaces),
    ...soqlRoutes({ objects: core, results, milliseconds, page: seed.paging.soqlPage }),
  ];
  return {
    core: plane('core', {
      ...coreAnswers,
      headers: () => limitHeader(calls.total('core')),
      routes: [tenant.exchange, ...coreRoutes(tokens, protectedRoutes, () => calls.total('core'))],
    }),
    tenant: plane('tenant', { ...tenantAnswers, routes: tenant.routes }),
    vendors: plane('vendors', {
      notFound: () => json(404, { error: { code: 404, message: 'not found' } }),
      failed: () => json(500, { error: { code: 500, message: 'an unexpected error occurred' } }),
      routes: [...vendors.routes, ...controlRoutes({ calls, database, vendors, expireTokens })],
    }),
  };
}
