import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openAuthority, openJwtKey } from './certificates.ts';
import { controlRoutes } from './control.ts';
import { coreObjectsOf } from './core-model.ts';
import { metadataRoutes } from './core-metadata.ts';
import { keepTokens } from './core-oauth.ts';
import { coreAnswers, coreRoutes, limitHeader } from './core-plane.ts';
import { queryRoutes } from './core-query-sql.ts';
import { soqlRoutes } from './core-soql.ts';
import { dataSpacesOf } from './data-model.ts';
import { openDatabase } from './database.ts';
import { interceptCalls } from './faults.ts';
import { lockFolder } from './folder-lock.ts';
import { json, listen, type Listening } from './http.ts';
import { openVendors } from './opendsr-routes.ts';
import { readSeed } from './seed.ts';
import type { Seed } from './seed-shape.ts';
import { tenantAnswers, tenantPlane } from './tenant-plane.ts';

export type { Seed } from './seed-shape.ts';
export { SeedError } from './seed.ts';

/** How a simulator is started. */
export interface SimulatorOptions {
  /** The rows, or the path of a JSON file with them. */
  readonly seed: Seed | string;
  /** Where keys, certificates and the database's files lie. Keys and credentials are used again at the next start. */
  readonly folder: string;
  /** Ports of the planes; 0 or nothing takes a free one. */
  readonly port?: number;
  readonly tenantPort?: number;
  readonly vendorsPort?: number;
  /** Whether the tenant plane speaks TLS; it does by default. */
  readonly tls?: boolean;
  readonly log?: (line: string) => void;
}

/** A simulator that listens on 127.0.0.1. */
export interface Simulator {
  /** Salesforce's core plane, such as `http://127.0.0.1:8080`; also the login URL. */
  readonly core: string;
  /** Data Cloud's tenant plane. */
  readonly tenant: string;
  /** Where vendors listen: `{vendors}/opendsr/<vendorId>/v2`. */
  readonly vendors: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who JWT bearer stands for, and the private key (PEM) that signs for it. */
  readonly username: string;
  readonly privateKeyFile: string;
  /** Path of the certificate authority that the tenant plane's certificate comes from. */
  readonly ca: string;
  /** The bearer token of every vendor. */
  readonly vendorToken: string;
  /** Where faults are ordered and calls are counted. */
  readonly control: string;
  stop(): Promise<void>;
}

/**
 * Starts a simulator of Salesforce and of vendors.
 *
 * @throws SeedError if the seed cannot be served
 * @throws Error if PostgreSQL does not start or a port is taken
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const log = options.log ?? (() => undefined);
  const seed = readSeed(options.seed);
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const spaces = dataSpacesOf(seed);
  const core = coreObjectsOf(seed, spaces.map(({ name }) => name));
  const calls = interceptCalls(seed.faults);
  const unlock = await lockFolder(folder);
  const keys = Promise.all([openAuthority(folder), openJwtKey(folder), openCredentials(folder)]);
  const [database] = await Promise.all([openDatabase(folder, seed, spaces, core, log), keys.catch(() => undefined)]).catch(async (error: unknown) => {
    await unlock();
    throw error;
  });
  const listening: Listening[] = [];
  const stop = async () => {
    await Promise.all(listening.map((plane) => plane.close()));
    await database.stop();
    await unlock();
  };
  try {
    const [authority, jwtKey, credentials] = await keys;
    const at = { core: '', tenant: '', vendors: '' };
    let used = 0;
    const tokens = keepTokens({ ...credentials, publicKey: jwtKey.publicKey }, () => at.core);
    const tenant = tenantPlane(spaces, tokens, () => new URL(at.tenant).host);
    const vendors = await openVendors({ vendors: seed.vendors, rows: seed.vendorRows, token: credentials.vendorToken, authority, folder, origin: () => at.vendors, log });
    const { results, milliseconds } = database;

    const corePlane = await listen({
      ...coreAnswers, log, name: 'core', headers: () => limitHeader(used),
      intercept: (call, pattern) => {
        used += 1;
        return calls.intercept('core', call, pattern);
      },
      routes: [tenant.exchange, ...coreRoutes(tokens, [
        ...queryRoutes({ results, milliseconds, paging: seed.paging, dataSpaces: spaces.map(({ name }) => name) }),
        ...metadataRoutes(spaces),
        ...soqlRoutes({ objects: core, results, milliseconds, page: seed.paging.soqlPage }),
      ], () => used)],
    }, options.port ?? 0);
    listening.push(corePlane);
    const tenantListening = await listen({ ...tenantAnswers, log, name: 'tenant', routes: tenant.routes, intercept: (call, pattern) => calls.intercept('tenant', call, pattern) }, options.tenantPort ?? 0, options.tls === false ? undefined : authority.tls);
    listening.push(tenantListening);
    const vendorsListening = await listen({
      name: 'vendors', log, intercept: (call, pattern) => calls.intercept('vendors', call, pattern),
      notFound: () => json(404, { error: { code: 404, message: 'not found' } }), failed: () => json(500, { error: { code: 500, message: 'an unexpected error occurred' } }),
      routes: [...vendors.routes, ...controlRoutes({ calls, database, vendors, expireTokens: () => tokens.expireAll() + tenant.expireAll() })],
    }, options.vendorsPort ?? 0);
    listening.push(vendorsListening);

    at.core = `http://127.0.0.1:${corePlane.port}`;
    at.tenant = `${options.tls === false ? 'http' : 'https'}://127.0.0.1:${tenantListening.port}`;
    at.vendors = `http://127.0.0.1:${vendorsListening.port}`;
    return { ...at, ...credentials, privateKeyFile: jwtKey.file, ca: authority.ca, control: `${at.vendors}/control`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface KeptCredentials { readonly clientId: string; readonly clientSecret: string; readonly username: string; readonly vendorToken: string }

async function openCredentials(folder: string): Promise<KeptCredentials> {
  const file = join(folder, 'credentials.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as KeptCredentials;
  const made: KeptCredentials = {
    clientId: `3MVG9${randomBytes(24).toString('base64url')}`, clientSecret: randomBytes(32).toString('hex'),
    username: 'dossier@acme.example', vendorToken: randomBytes(24).toString('base64url'),
  };
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}
