import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openAuthority, openJwtKey, type Certified } from './certificates.ts';
import { coreObjectsOf } from './core-model.ts';
import { openCredentials } from './credentials.ts';
import { dataSpacesOf } from './data-model.ts';
import { openDatabase, type Database } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { listen, type Plane } from './listen.ts';
import { makePlanes, type Addresses } from './planes.ts';
import { readSeed } from './seed.ts';
import type { Seed } from './seed-shape.ts';

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
  readonly stop: () => Promise<void>;
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
  const dataSpaces = spaces.map(({ name }) => name);
  const core = coreObjectsOf(seed, dataSpaces);
  const undo = [await lockFolder(folder)];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const [database, authority, jwtKey, credentials] = await bothOrNone(openDatabase(folder, seed, spaces, core, log), [
      openAuthority(folder),
      openJwtKey(folder),
      openCredentials(folder),
    ]);
    undo.push(database.stop);
    const at: Addresses = { core: '', tenant: '', vendors: '' };
    const planes = await makePlanes({ seed, spaces, core, folder, log, database, authority, jwtKey, credentials, at });
    const start = async (plane: Plane, port: number | undefined, tls?: Certified): Promise<string> => {
      const listening = await listen(plane, port ?? 0, tls);
      undo.push(listening.close);
      return `${tls ? 'https' : 'http'}://127.0.0.1:${listening.port}`;
    };
    at.core = await start(planes.core, options.port);
    at.tenant = await start(planes.tenant, options.tenantPort, options.tls === false ? undefined : authority.tls);
    at.vendors = await start(planes.vendors, options.vendorsPort);
    const files = { privateKeyFile: jwtKey.file, ca: authority.ca };
    return { ...at, ...credentials, ...files, control: `${at.vendors}/control`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The database and the keys, made side by side. Where a key fails the database is stopped again. */
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
