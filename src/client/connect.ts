import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { Client } from '@temporalio/client';
import { createDataConverter } from '../codec/data-converter.ts';
import { CodecKeyError, KEYS_VARIABLE, parseKeys, type KeyRing } from '../codec/keys.ts';
import {
  connectClient,
  connectionOptions,
  TemporalUnreachable,
} from '../temporal/client-connection.ts';
import { rulesIn, type CompanyRules } from './company-rules.ts';
import { DossierError } from './dossier-error.ts';
import { asDossierError } from './temporal-failures.ts';

/**
 * Where to connect, and with which keys. What is left out comes from `TEMPORAL_*`, then from
 * `config`, then the defaults.
 */
export interface ConnectOptions {
  /** `host:port`; takes precedence over everything else. */
  readonly address?: string;
  readonly namespace?: string;
  /** The path of a `dossier.yaml`. Only its `temporal:` and the `.env` beside it are read. */
  readonly config?: string;
  /**
   * `id:base64,…`; by default the variable `DOSSIER_CODEC_KEYS`, then the `.env` beside `config`.
   */
  readonly codecKeys?: string;
  /** The process's variables by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens the connection. @throws DossierError `no-server`, `denied`, `not-set-up`, `invalid-config`,
 * `usage` for an unreadable file
 */
export async function connectTo({
  address,
  namespace,
  config,
  codecKeys,
  environment = process.env,
}: ConnectOptions): Promise<{ client: Client; address: string }> {
  // A variable that is set to an empty text counts as not set.
  const keys =
    codecKeys ??
    (environment[KEYS_VARIABLE] ||
      (config === undefined ? undefined : envBeside(config)[KEYS_VARIABLE]));
  const ring = ringOf(keys, config);
  try {
    const choice = connectionOptions({
      address,
      namespace,
      environment,
      config: config === undefined ? {} : temporalOf(config),
    });
    const connection = await connectClient(choice);
    return {
      client: new Client({
        connection,
        namespace: choice.namespace,
        dataConverter: createDataConverter(ring),
        identity: `dossier-client-${process.pid}`,
      }),
      address: choice.address,
    };
  } catch (error) {
    if (error instanceof TemporalUnreachable) throw unreachable(error);
    throw asDossierError(error, 'the Temporal server');
  }
}

/** The error's message ends with its actions; here they are separate. */
function unreachable(error: TemporalUnreachable): DossierError {
  const { problem, address, actions } = error;
  return new DossierError({ code: 'no-server', message: problem, where: address, actions }, error);
}

function ringOf(text: string | undefined, config: string | undefined): KeyRing {
  try {
    return parseKeys(text);
  } catch (error) {
    if (!(error instanceof CodecKeyError)) throw error;
    const beside =
      config === undefined
        ? 'Name the configuration by --config or DOSSIER_CONFIG, so that the .env beside it is read.'
        : `Write ${KEYS_VARIABLE} into .env beside ${config}, or export it.`;
    throw new DossierError(
      {
        code: 'invalid-config',
        message: error.message,
        where: KEYS_VARIABLE,
        actions: [beside, ...besideStack(config)],
      },
      error,
    );
  }
}

/**
 * A stack of `dossier dev` has its own configuration with its own keys. A configuration that is
 * made now would not have the worker's keys.
 */
function besideStack(config: string | undefined): string[] {
  const stack = join(config === undefined ? '.' : dirname(config), '.dossier', 'dossier.yaml');
  return existsSync(stack) && resolve(stack) !== resolve(config ?? '')
    ? [`To talk to the stack whose data lie beside it: --config ${stack}`]
    : [];
}

function envBeside(config: string): Record<string, string | undefined> {
  const file = resolve(dirname(resolve(config)), '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/**
 * The `temporal:` of a `dossier.yaml`, and nothing else of it, because a client needs none of the
 * secrets that the rest refers to.
 *
 * @throws DossierError `usage` if the file cannot be read or is no YAML
 */
export function temporalOf(config: string): { address?: string; namespace?: string } {
  const { temporal } = settingsOf(config);
  const { address, namespace } = (temporal ?? {}) as { address?: unknown; namespace?: unknown };
  return {
    ...(typeof address === 'string' && { address }),
    ...(typeof namespace === 'string' && { namespace }),
  };
}

/**
 * The rules of a `dossier.yaml` that are checked before a request is started. @throws DossierError
 * `usage`
 */
export const rulesOf = (config: string): CompanyRules => rulesIn(settingsOf(config));

function settingsOf(config: string): Readonly<Record<string, unknown>> {
  const unusable = (reason: string, cause: unknown) =>
    new DossierError(
      {
        code: 'usage',
        message: `${config}: ${reason}.`,
        where: config,
        actions: ['Give the place of dossier.yaml by --config or DOSSIER_CONFIG.'],
      },
      cause,
    );
  let text: string;
  try {
    text = readFileSync(config, 'utf8');
  } catch (error) {
    throw unusable(`cannot be read (${(error as NodeJS.ErrnoException).code})`, error);
  }
  try {
    const settings: unknown = parse(text);
    return typeof settings === 'object' && settings !== null
      ? (settings as Record<string, unknown>)
      : {};
  } catch (error) {
    throw unusable('is no YAML', error);
  }
}
