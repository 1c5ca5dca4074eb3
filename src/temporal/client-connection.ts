import { connect } from 'node:net';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { ConfigError } from '../config/config.ts';
import { packageFile } from '../package-files.ts';

/** Milliseconds after which a server counts as unreachable. */
const CONNECT_WITHIN = 9_000;
const KNOCK_WITHIN = 4_000;

/** A path without a file, so that the SDK reads no profile. */
const NO_PROFILE = packageFile('no-profile.toml');

/** Which Temporal server to use. The strongest source comes first. */
export interface ConnectionWish {
  /** From the command line. */
  readonly address?: string;
  readonly namespace?: string;
  /** `TEMPORAL_ADDRESS`, `_NAMESPACE`, `_API_KEY`, `_TLS`, `_TLS_*`, `_PROFILE`, `_CONFIG_FILE`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `temporal:` of `dossier.yaml`. */
  readonly config?: { readonly address?: string; readonly namespace?: string };
}

/** The options for a connection. */
export interface ConnectionChoice {
  readonly options: NativeConnectionOptions & { readonly address: string };
  readonly address: string;
  readonly namespace: string;
}

/** The Temporal server cannot be reached. The message says where, why, and what to do. */
export class TemporalUnreachable extends Error {
  readonly address: string;
  readonly actions: readonly string[];
  /** What is wrong, without what can be done. */
  readonly problem: string;
  constructor(address: string, why: string, actions: readonly string[]) {
    const problem = `The Temporal server at ${address} cannot be used: ${why}.`;
    super(`${problem} ${actions.join(' ')}`);
    this.name = 'TemporalUnreachable';
    this.problem = problem;
    this.address = address;
    this.actions = actions;
  }
}

/**
 * Which Temporal server to use: the command line, then the `TEMPORAL_*` variables and profiles,
 * then `dossier.yaml`, then `127.0.0.1:7233` and the namespace `default`.
 *
 * @throws ConfigError if the variables or the profile contradict each other, or name a missing file
 */
export function connectionOptions({
  address,
  namespace,
  environment,
  config = {},
}: ConnectionWish): ConnectionChoice {
  const found = load(environment);
  const chosen = address ?? found.connectionOptions.address ?? config.address ?? '127.0.0.1:7233';
  return {
    options: { ...found.connectionOptions, address: chosen },
    address: chosen,
    namespace: namespace ?? found.namespace ?? config.namespace ?? 'default',
  };
}

/**
 * The variables for a process that must use only this server. Every exported address, key and
 * certificate is left out, and no profile of this user is read.
 */
export function onlyThisServer(
  environment: ConnectionWish['environment'],
  { address, namespace }: { readonly address: string; readonly namespace: string },
): Record<string, string | undefined> {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(others),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_CONFIG_FILE: NO_PROFILE,
  };
}

/**
 * A connection for clients.
 *
 * @throws TemporalUnreachable within ten seconds
 */
export function connectClient(choice: ConnectionChoice): Promise<Connection> {
  // A native connection has more options than a client's. Those that TEMPORAL_* can set are the
  // same.
  const options = {
    ...(choice.options as ConnectionOptions),
    connectTimeout: CONNECT_WITHIN - KNOCK_WITHIN,
  };
  return reach(choice.address, () => Connection.connect(options));
}

/**
 * Makes a connection.
 *
 * @throws TemporalUnreachable if the server cannot be reached within ten seconds
 */
export async function reach<Made extends { close(): Promise<void> }>(
  address: string,
  connect: () => Promise<Made>,
): Promise<Made> {
  try {
    await knock(address);
    return await within(CONNECT_WITHIN - KNOCK_WITHIN + 500, connect());
  } catch (error) {
    throw unreachable(address, error);
  }
}

function load(
  environment: ConnectionWish['environment'],
): ReturnType<typeof loadClientConnectConfig> {
  const variables = Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  try {
    return loadClientConnectConfig({ overrideEnvVars: variables });
  } catch (error) {
    throw new ConfigError('TEMPORAL_* variables', [
      { path: '', reason: `${firstLine(error)}; mend them, or the profile they name` },
    ]);
  }
}

async function within<Made extends { close(): Promise<void> }>(
  milliseconds: number,
  connecting: Promise<Made>,
): Promise<Made> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer')), milliseconds);
  });
  try {
    return await Promise.race([connecting, late]);
  } catch (error) {
    connecting.then((made) => made.close()).catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Rejects if a plain connection is refused, or the name is unknown. gRPC's client retries for
 * seconds and then reports neither. Behind a proxy this cannot be tested, so it resolves.
 */
function knock(address: string): Promise<void> {
  const [, host = '', port = '7233'] = /^\[?([^\s\]]*?)\]?(?::(\d+))?$/.exec(address) ?? [];
  if (host === '') return Promise.reject(new Error('invalid address'));
  const throughProxy = ['grpc_proxy', 'https_proxy', 'http_proxy'].some(
    (name) => process.env[name],
  );
  if (throughProxy) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: KNOCK_WITHIN });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('it does not answer')));
  });
}

const NOT_THERE = [
  'Start one (`dossier dev`), or name another by TEMPORAL_ADDRESS or `temporal.address` in dossier.yaml.',
];
const NOT_LET_IN = ['Check TEMPORAL_API_KEY, TEMPORAL_TLS_* and the namespace.'];

function unreachable(address: string, error: unknown): TemporalUnreachable {
  const text = [
    firstLine(error),
    error instanceof Error && error.cause !== undefined ? firstLine(error.cause) : '',
  ].join(' ');
  if (/unauthenticated|permission.?denied/i.test(text)) {
    return new TemporalUnreachable(address, 'it does not let us in', NOT_LET_IN);
  }
  if (/certificate|tls|ssl|handshake/i.test(text)) {
    return new TemporalUnreachable(address, 'the TLS handshake failed', NOT_LET_IN);
  }
  if (/refused/i.test(text)) {
    return new TemporalUnreachable(address, 'nothing listens there', NOT_THERE);
  }
  if (/ENOTFOUND|EAI_AGAIN|dns|lookup|resolution/i.test(text)) {
    return new TemporalUnreachable(address, 'its name is not known', NOT_THERE);
  }
  if (/invalid|parse/i.test(text)) {
    return new TemporalUnreachable(address, 'that is no address of the form host:port', NOT_THERE);
  }
  return new TemporalUnreachable(address, 'it does not answer', NOT_THERE);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
