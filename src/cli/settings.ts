import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Parts } from './command.ts';
import { readEnvFile } from './stack/env-file.ts';
import { usage } from './output/failures.ts';
import { readText } from './read-json.ts';

/**
 * The whole configuration, with every reference replaced.
 *
 * @throws DossierError `usage` if there is none; ConfigError if it cannot be used
 */
export async function configOf(parts: Parts): Promise<Config> {
  const file = parts.configFile();
  if (file === undefined) {
    throw usage('There is no configuration.', 'dossier.yaml', [
      'Name one by --config or DOSSIER_CONFIG; ./dossier.yaml and ./.dossier/dossier.yaml are ' +
        'found by themselves.',
      '`dossier dev` writes one to start from.',
    ]);
  }
  const { loadConfig } = await import('../config/config.ts');
  return loadConfig(file, parts.environment);
}

/**
 * Variables for secrets and keys. Non-empty ones of the process come first, then those of `.env`
 * beside the configuration.
 */
export function variablesOf(
  file: string | undefined,
  { environment }: Pick<Parts, 'environment'>,
): Record<string, string | undefined> {
  const beside = file === undefined ? {} : readEnvFile(resolve(dirname(resolve(file)), '.env'));
  return {
    ...beside,
    ...Object.fromEntries(
      Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
    ),
  };
}

/**
 * The data directory in the configuration, read without secrets.
 *
 * @throws DossierError `usage`
 */
export async function dataDirectoryOf(parts: Parts): Promise<string> {
  const file = parts.configFile();
  if (file === undefined) {
    throw usage(
      'A file is copied into the data directory first, and no configuration names one.',
      '--config',
      ["Name the stack's dossier.yaml by --config or DOSSIER_CONFIG."],
    );
  }
  const yaml = await import('yaml');
  let settings: { storage?: { directory?: unknown } } | null;
  try {
    settings = yaml.parse(readText(file)) as typeof settings;
  } catch (error) {
    throw error instanceof Error && error.name === 'DossierError'
      ? error
      : usage(`${file} is no YAML.`, file);
  }
  const directory = settings?.storage?.directory;
  if (typeof directory !== 'string') {
    throw usage(`${file} names no storage.directory.`, 'storage.directory');
  }
  const variables = variablesOf(file, parts);
  const filled = directory.replace(
    /\$\{(\w+)\}/g,
    (whole, name: string) => variables[name] ?? whole,
  );
  return resolve(dirname(resolve(file)), filled);
}

/**
 * The IDs of the systems in a configuration, read without secrets. Undefined if there is none, or
 * if it cannot be read.
 */
export async function systemsOf(file: string | undefined): Promise<readonly string[] | undefined> {
  if (file === undefined) return undefined;
  const { systems } = await settingsIn(file);
  if (!Array.isArray(systems)) return undefined;
  return [
    'data-cloud',
    ...systems.flatMap((it: { id?: unknown } | null) =>
      typeof it?.id === 'string' ? [it.id] : [],
    ),
  ];
}

async function settingsIn(file: string): Promise<{ readonly systems?: unknown }> {
  const { parse } = await import('yaml');
  try {
    return (parse(readText(file)) ?? {}) as { systems?: unknown };
  } catch {
    // A command that lists requests does not judge the file; `dossier doctor` does.
    return {};
  }
}
