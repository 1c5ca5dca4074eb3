import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { makeKey, KEYS_VARIABLE } from '../../codec/keys.ts';
import { KNOWN_CLOUDS } from '../../contract/contract.ts';
import type { CloudAddresses } from '@dossier/salesforce-simulator';
import { cloudSystems, cloudVariables } from './cloud-systems.ts';
import { readEnvFile, writeEnvFile } from './env-file.ts';
import { usage } from '../output/failures.ts';
import { readText } from '../read-json.ts';
import type { SeedFacts } from './seed-facts.ts';

/** The addresses of the simulator, and how to sign in. */
export interface SimulatorAddresses extends CloudAddresses {
  readonly core: string;
  readonly vendors: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly ca: string;
  readonly vendorToken: string;
}

/** The address of Temporal. */
export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
}

type Settings = Readonly<Record<string, unknown>>;

/**
 * Makes sure that `<dataDir>/.env` has a codec key, and returns all its variables. Only the owner
 * may read the file. An existing key is kept, because the histories of earlier runs need it.
 */
export function ensureKeys(dataDir: string, base: string | undefined): Record<string, string> {
  const file = join(dataDir, '.env');
  const beside = base === undefined ? {} : readEnvFile(join(dirname(resolve(base)), '.env'));
  const { [KEYS_VARIABLE]: _theirs, ...carried } = beside;
  const variables = { ...carried, ...readEnvFile(file) };
  const keys = variables[KEYS_VARIABLE] || makeKey();
  const all = { ...variables, [KEYS_VARIABLE]: keys };
  writeEnvFile(file, all);
  return all;
}

/** The variables that a stack's configuration may refer to, besides those of the process. */
export function simulatorVariables({
  core,
  vendors,
  vendorToken,
  clientSecret,
  ...clouds
}: SimulatorAddresses): Record<string, string> {
  return {
    DOSSIER_SIMULATOR_CORE: core,
    DOSSIER_SIMULATOR_VENDORS: vendors,
    DOSSIER_SIMULATOR_TOKEN: vendorToken,
    DOSSIER_SIMULATOR_SECRET: clientSecret,
    ...cloudVariables(clouds),
  };
}

/**
 * Writes `<dataDir>/dossier.yaml` for a stack and returns its path. The systems, policies, unused
 * clouds and controller come from `base`. Without it, they follow from the seed.
 *
 * @throws DossierError `usage` if `base` cannot be read or is not YAML
 */
export function writeStackConfig({
  dataDir,
  base,
  seed,
  simulator,
  temporal,
}: {
  readonly dataDir: string;
  readonly base: string | undefined;
  readonly seed: SeedFacts;
  readonly simulator: SimulatorAddresses;
  readonly temporal: TemporalAddress;
}): string {
  const given = base === undefined ? generated(seed, simulator) : readSettings(base);
  const salesforce = (given.salesforce ?? {}) as Settings;
  const {
    clientSecret: _secret,
    privateKeyFile: _key,
    username: _user,
    audience: _audience,
    ...kept
  } = salesforce;
  const settings = {
    version: 1,
    ...given,
    ...(base !== undefined &&
      given.notices !== undefined && { notices: besideBase(given.notices as Settings, base) }),
    salesforce: {
      ...kept,
      loginUrl: simulator.core,
      clientId: simulator.clientId,
      clientSecret: '${DOSSIER_SIMULATOR_SECRET}',
      ca: simulator.ca,
    },
    storage: { directory: '.' },
    temporal: { address: temporal.address, namespace: temporal.namespace },
  };
  writeEnvFile(join(dataDir, '.env'), {
    ...readEnvFile(join(dataDir, '.env')),
    ...simulatorVariables(simulator),
  });
  const file = join(dataDir, 'dossier.yaml');
  writeFileSync(
    file,
    '# Written by Dossier at the start of this stack; the next start writes it ' +
      `again.\n${stringify(settings, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    { mode: 0o600 },
  );
  return file;
}

/**
 * The stack's configuration is in another folder, so the path of the company's own wording is
 * adjusted.
 */
const besideBase = (notices: Settings, base: string): Settings =>
  typeof notices.directory === 'string'
    ? { ...notices, directory: resolve(dirname(resolve(base)), notices.directory) }
    : notices;

/**
 * The parts of a configuration that a stack keeps.
 *
 * @throws DossierError `usage`
 */
export function readSettings(file: string): Settings {
  let settings: unknown;
  try {
    settings = parse(readText(file));
  } catch (error) {
    throw error instanceof Error && error.name === 'DossierError'
      ? error
      : usage(`${file} is no YAML.`, file);
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw usage(`${file} is no configuration.`, file, [
      'See what one holds: dossier config schema',
    ]);
  }
  return settings as Settings;
}

function generated(seed: SeedFacts, simulator: SimulatorAddresses): Settings {
  const { dataSpaces, vendors, crmSources } = seed;
  const clouds = cloudSystems(simulator, seed);
  const used = clouds.map(({ connector }) => connector);
  const notUsed = Object.fromEntries(
    KNOWN_CLOUDS.filter((cloud) => cloud !== 'core-crm' && !used.includes(cloud)).map((cloud) => [
      cloud,
      'the seed has none',
    ]),
  );
  return {
    salesforce: { dataSpaces },
    systems: [
      { id: 'crm', connector: 'core-crm', dataSources: crmSources },
      ...clouds,
      ...vendors.map(({ name, dataSources }) => ({
        id: name,
        connector: 'opendsr',
        baseUrl: `\${DOSSIER_SIMULATOR_VENDORS}/opendsr/${name}/v2`,
        token: '${DOSSIER_SIMULATOR_TOKEN}',
        regulation: 'gdpr',
        dataSources,
      })),
    ],
    notUsed,
    policies: { default: { systems: ['crm', ...clouds.map(({ id }) => id)] } },
  };
}
