import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openAuthority, openJwtKey } from './server/certificates.ts';
import { startClock } from './server/clock.ts';
import { cloudAddresses, type CloudAddresses } from './clouds/clouds.ts';
import { coreObjectsOf } from './core/model.ts';
import { openCredentials } from './server/credentials.ts';
import { dataSpacesOf } from './data-cloud/data-model.ts';
import { openDatabase, type Database } from './store/database.ts';
import { lockFolder } from './server/folder-lock.ts';
import { listen, type PlaneName } from './server/listen.ts';
import { makePlanes, type Addresses } from './server/planes.ts';
import { readSeed } from './seed/seed.ts';
import type { Seed } from './seed/shape.ts';

export type { Seed } from './seed/shape.ts';
export { SeedError } from './seed/seed.ts';

/** The options of a simulator. */
export interface SimulatorOptions {
  /** The rows, or the path of a JSON file with them. */
  readonly seed: Seed | string;
  /**
   * The folder of keys, certificates and database files. The next start uses the same keys and
   * credentials.
   */
  readonly folder: string;
  /** Ports of the planes. 0 or nothing takes a free one. */
  readonly port?: number;
  readonly tenantPort?: number;
  readonly vendorsPort?: number;
  /** Whether the tenant plane uses TLS. The default is true. */
  readonly tls?: boolean;
  /** Whether the core plane uses TLS, for clients that need it. The default is false. */
  readonly coreTls?: boolean | undefined;
  readonly log?: (line: string) => void;
}

/** A simulator that listens on 127.0.0.1. */
export interface Simulator extends CloudAddresses {
  /** Salesforce's core plane, such as `http://127.0.0.1:8080`. It is also the login URL. */
  readonly core: string;
  /** Data Cloud's tenant plane. */
  readonly tenant: string;
  /** The address of the vendors: `{vendors}/opendsr/<vendorId>/v2`. */
  readonly vendors: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The user of JWT bearer, and the private key (PEM) that signs for it. */
  readonly username: string;
  readonly privateKeyFile: string;
  /**
   * The same user's password, for the grant `password`, and the token for the grant
   * `refresh_token`.
   */
  readonly password: string;
  readonly refreshToken: string;
  /** The path of the certificate authority of the tenant plane's certificate. */
  readonly ca: string;
  /** The bearer token of every vendor. */
  readonly vendorToken: string;
  /** The address that orders faults and counts calls. */
  readonly control: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a simulator of Salesforce and of vendors.
 *
 * @throws SeedError if the seed cannot be used
 * @throws Error if PostgreSQL does not start or a port is taken
 *
 * @example
 * const org = await startSimulator({ seed: { dataCloud: { default: {} } }, folder: '.simulator' });
 * console.log(org.core); // the login URL, such as http://127.0.0.1:8080
 * await org.stop();
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const log = options.log ?? (() => undefined);
  const seed = readSeed(options.seed);
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const spaces = dataSpacesOf(seed);
  const dataSpaces = spaces.map(({ name }) => name);
  const core = coreObjectsOf(seed, dataSpaces);
  const undo = [await lockFolder(folder)];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) {
      await step();
    }
  };
  try {
    const clock = startClock(log);
    undo.push(async () => clock.stop());
    const opening = openDatabase(folder, seed, spaces, core, { clock, log });
    const keys = [openAuthority(folder), openJwtKey(folder), openCredentials(folder)] as const;
    const [database, authority, jwtKey, credentials] = await bothOrNone(opening, keys);
    undo.push(database.stop);
    const at: Partial<Addresses> = {};
    const stores = { database, authority, jwtKey, credentials };
    const planes = await makePlanes({
      seed,
      spaces,
      core,
      folder,
      log,
      clock,
      ...stores,
      at: at as Addresses,
    });
    const ports = { core: options.port, tenant: options.tenantPort, vendors: options.vendorsPort };
    for (const plane of planes) {
      const { name } = plane;
      const encrypted = { core: options.coreTls === true, tenant: options.tls !== false } as Record<
        string,
        boolean
      >;
      const tls = encrypted[name] ? authority.tls : undefined;
      const listening = await listen(
        plane,
        (ports as Partial<Record<PlaneName, number>>)[name] ?? 0,
        tls,
      );
      undo.push(listening.close);
      at[name] = `${tls ? 'https' : 'http'}://127.0.0.1:${listening.port}`;
    }
    const { core: coreAt = '', tenant = '', vendors = '' } = at;
    const files = { privateKeyFile: jwtKey.file, ca: authority.ca };
    const { clouds, ...own } = credentials;
    const addresses = cloudAddresses({ seed, credentials: clouds, at: at as Addresses });
    return {
      core: coreAt,
      tenant,
      vendors,
      ...own,
      ...files,
      ...addresses,
      control: `${vendors}/control`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Opens the database and the keys at the same time. If a key fails, the database is stopped again.
 */
async function bothOrNone<Keys extends readonly unknown[]>(
  opening: Promise<Database>,
  keys: { readonly [Index in keyof Keys]: Promise<Keys[Index]> },
): Promise<[Database, ...Keys]> {
  const made = Promise.all(keys) as unknown as Promise<Keys>;
  const [database] = await Promise.all([opening, made.catch(() => undefined)]);
  try {
    return [database, ...(await made)];
  } catch (error) {
    await database.stop();
    throw error;
  }
}
