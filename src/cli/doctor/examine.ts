import { connectTo } from '../../client/connect.ts';
import { KEYS_VARIABLE, makeKey, parseKeys } from '../../codec/keys.ts';
import { ConfigError, loadConfig, type Config } from '../../config/config.ts';
import { openStore } from '../../storage/filesystem.ts';
import { checkClear, checkClouds, checkNode, checkStorage } from './check-surroundings.ts';
import { checkRequests } from './check-requests.ts';
import { checkSystems } from './check-systems.ts';
import { checkTemporal } from './check-temporal.ts';
import type { Parts } from '../command.ts';
import { usage } from '../output/failures.ts';
import { Finds, look, type Finding } from './finding.ts';
import { variablesOf } from '../settings.ts';
import { unknownConnectors } from './unknown-connectors.ts';

/** All checks of `dossier doctor`. A check that cannot run says so; none hides another. */
export async function examine(parts: Parts): Promise<Finding[]> {
  const file = parts.configFile();
  let config: Config | undefined;
  const findings: Finding[] = [
    await look('node', () => checkNode()),
    await look('configuration', async () => {
      if (file === undefined) {
        throw new Finds('There is none.', [
          'Name it by --config or DOSSIER_CONFIG; `dossier dev` writes one to start from.',
        ]);
      }
      config = await readable(file, parts);
      return config.file;
    }),
    await look('codec keys', () => {
      const ring = parseKeys(variablesOf(file, parts)[KEYS_VARIABLE]);
      return `${ring.ids.length} ${ring.ids.length === 1 ? 'key' : 'keys'}; "${ring.current.id}" encrypts`;
    }),
  ];
  const keyed = findings.at(-1)?.ok === true;
  findings.push(...(await temporal(parts, file, { keyed, config })));
  if (config !== undefined) {
    const known = config;
    findings.push(
      await look('clouds', () => checkClouds(known)),
      checkClear(known),
      await look('storage', () => checkStorage(known)),
      ...(await checkSystems(known, parts.ending)),
    );
  }
  return findings;
}

/**
 * A file that cannot be read is wrong usage, and not a finding.
 *
 * @throws Finds that lists every mistake in the file
 */
async function readable(file: string, { environment }: Parts): Promise<Config> {
  try {
    return loadConfig(file, environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (error.usage) {
      throw usage(error.message, file, ['Name the configuration by --config or DOSSIER_CONFIG.']);
    }
    const complaints = [...error.complaints, ...(await unknownConnectors(file))];
    throw new Finds(
      `${file} has ${complaints.length === 1 ? 'a mistake' : `${complaints.length} mistakes`}.`,
      [
        ...complaints.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)),
        'Its JSON Schema, for an editor: dossier config schema',
      ],
    );
  }
}

/** This check reads no payload. So without configured keys it makes a temporary one. */
async function temporal(
  parts: Parts,
  file: string | undefined,
  { keyed, config }: { readonly keyed: boolean; readonly config: Config | undefined },
): Promise<Finding[]> {
  let connected: Awaited<ReturnType<typeof connectTo>> | undefined;
  const reach = await look('temporal', async () => {
    connected = await connectTo({
      config: file,
      environment: parts.environment,
      ...(!keyed && { codecKeys: makeKey() }),
    });
    return connected.address;
  });
  if (connected === undefined) return [reach];
  const { client } = connected;
  try {
    const found = [reach, ...(await checkTemporal(client))];
    if (!found.every(({ ok, check }) => ok || check === 'worker')) return found;
    return [
      ...found,
      ...(await checkRequests(client, config && openStore(config.storage.directory))),
    ];
  } finally {
    await client.connection.close();
  }
}
