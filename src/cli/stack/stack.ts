import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { onlyThisServer } from '../../temporal/client-connection.ts';
import { startCodecEndpoint } from '../../codec/endpoint.ts';
import { KEYS_VARIABLE, parseKeys } from '../../codec/keys.ts';
import { loadConfig } from '../../config/config.ts';
import { SEARCH_ATTRIBUTES } from '../../contract/contract.ts';
import { startTemporalServer } from '../../temporal/local-server/start-server.ts';
import { startSimulator, type Simulator } from '@dossier/salesforce-simulator';
import { checkedSeed, SAMPLE_CONFIG, SAMPLE_SEED } from './sample-seed.ts';
import { seedFacts } from './seed-facts.ts';
import { ensureKeys, readSettings, writeStackConfig } from './stack-config.ts';
import { claimDataDir } from './stack-lock.ts';
import { prepareNamespace } from './stack-namespace.ts';
import { startWorkerProcess } from './worker-process.ts';

/** The options of a stack. */
export interface StackOptions {
  readonly dataDir: string;
  /** The rows that the simulator serves. The default is the sample seed. */
  readonly seed?: string;
  /**
   * A configuration whose systems, policies, unused clouds and controller are kept. The default is
   * the one of the sample rows, or one made from the seed.
   */
  readonly config?: string;
  readonly uiPort?: number;
  /** Whether to start a worker. The default is true. */
  readonly worker?: boolean;
  /** Another Temporal server to use instead of our own: `host:port`. */
  readonly temporal?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Receives progress, for people. */
  readonly tell: (line: string) => void;
  /** Stops the start half-way. Whatever was started is stopped again. */
  readonly signal?: AbortSignal;
}

/**
 * What `dev --json` prints when it is ready, exactly as in the contract. Fields that do not apply
 * are left out.
 */
export interface StackInfo {
  readonly temporal: string;
  readonly ui?: string;
  /** The decrypting endpoint for `temporal … --codec-endpoint`, on loopback. */
  readonly codec?: string;
  readonly core: string;
  readonly tenant: string;
  readonly vendors: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly ca: string;
  readonly dataDir: string;
  readonly config: string;
}

/** A running stack: Temporal with its UI, the simulator, and a worker. */
export interface Stack {
  readonly info: StackInfo;
  readonly namespace: string;
  /** The stack's own codec keys, for a client in this process. */
  readonly codecKeys: string;
  /** The decrypting endpoint for the UI and for `temporal … --codec-endpoint`, on loopback. */
  readonly codecEndpoint?: string;
  /** Stops everything, the worker first, and leaves nothing running. It may be called twice. */
  stop(): Promise<void>;
}

/** Days for which our own server keeps ended requests. */
const RETENTION_DAYS = 30;
const UI_PORT = 8233;
const TEMPORAL_PORT = 7233;

/**
 * Starts Temporal, the simulator and a worker on this machine, each on 127.0.0.1. `TEMPORAL_*` is
 * ignored, because an exported production address must never receive samples.
 *
 * @throws ConfigError if a rule refuses the configuration
 * @throws DossierError `usage` for files that cannot be read, `not-allowed` if the data directory
 *   is in use, `failed`
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { tell, signal } = options;
  const dataDir = resolve(options.dataDir);
  const seedFile = resolve(options.seed ?? SAMPLE_SEED);
  const seed = checkedSeed(seedFile);
  const base = options.config ?? (options.seed === undefined ? SAMPLE_CONFIG : undefined);
  if (base !== undefined) readSettings(base);
  const undo: (() => void | Promise<void>)[] = [];
  const stop = once(async () => {
    while (undo.length > 0) {
      await undo.pop()?.();
    }
  });
  const goOn = () => signal?.throwIfAborted();
  try {
    goOn();
    undo.push(claimDataDir(dataDir));
    const logs = join(dataDir, 'logs');
    await mkdir(logs, { recursive: true, mode: 0o700 });
    await chmod(logs, 0o700);
    const codecKeys = ensureKeys(dataDir, base)[KEYS_VARIABLE] ?? '';
    const [temporal, simulator] = await bothOrNone(
      startTemporal(options, { dataDir, logs, codecKeys, undo }),
      startSimulation({ dataDir, logs, seedFile, undo, tell }),
    );
    goOn();
    const environment = ownEnvironment(options, temporal, tell);
    const facts = seedFacts(seed);
    const config = writeStackConfig({ dataDir, base, seed: facts, simulator, temporal });
    loadConfig(config, environment);
    if (base === undefined && facts.unclaimed.length > 0) {
      tell(
        `No system claims the data source ${facts.unclaimed.join(', ')}; requests will wait ` +
          'for an operator there. Name a configuration by --config to claim it.',
      );
    }
    if (base === undefined && facts.clouds.unread.length > 0) {
      tell(
        `No column of a person's leads to the data extension ` +
          `${facts.clouds.unread.join(', ')} of the seed: it is not read. Name its column in a ` +
          'configuration, by --config.',
      );
    }
    if (options.temporal !== undefined) await prepareNamespace(temporal);
    goOn();
    if (options.worker !== false) {
      tell('Starting the worker …');
      const log = join(logs, 'worker.log');
      const worker = await startWorkerProcess({ config, log, environment });
      let stopping = false;
      undo.push(async () => {
        stopping = true;
        await worker.stop();
      });
      void worker.exited.then((reason) => {
        if (!stopping) {
          tell(
            `The worker ${reason}; requests wait. Its log is ${log}. Start one again: ` +
              `dossier worker --config ${config}`,
          );
        }
      });
      goOn();
    }
    const { core, tenant, vendors, clientId, clientSecret, ca } = simulator;
    return {
      info: {
        temporal: temporal.address,
        ...(temporal.ui !== undefined && { ui: temporal.ui }),
        ...(temporal.codecEndpoint !== undefined && { codec: temporal.codecEndpoint }),
        core,
        tenant,
        vendors,
        clientId,
        clientSecret,
        ca,
        dataDir,
        config,
      },
      namespace: temporal.namespace,
      codecKeys,
      ...(temporal.codecEndpoint !== undefined && { codecEndpoint: temporal.codecEndpoint }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Place {
  readonly dataDir: string;
  readonly logs: string;
  readonly undo: (() => void | Promise<void>)[];
}

async function startTemporal(
  options: StackOptions,
  { dataDir, logs, codecKeys, undo }: Place & { codecKeys: string },
): Promise<{
  address: string;
  namespace: string;
  ui?: string;
  codecEndpoint?: string;
}> {
  let ui: string | undefined;
  const endpoint = await startCodecEndpoint({ ring: parseKeys(codecKeys), origin: () => ui });
  undo.push(() => endpoint.stop());
  if (options.temporal !== undefined) {
    return { address: options.temporal, namespace: 'default', codecEndpoint: endpoint.url };
  }
  options.tell('Starting the Temporal server …');
  const server = await startTemporalServer({
    dataDir,
    ui: true,
    port: TEMPORAL_PORT,
    uiPort: options.uiPort ?? UI_PORT,
    codecEndpoint: endpoint.url,
    searchAttributes: SEARCH_ATTRIBUTES,
    retentionDays: RETENTION_DAYS,
    log: join(logs, 'temporal.log'),
    tell: options.tell,
    ...(options.signal && { find: { signal: options.signal } }),
  });
  ui = server.ui;
  let stopping = false;
  undo.push(async () => {
    stopping = true;
    await server.stop();
  });
  void server.exited.then((reason) => {
    if (!stopping) {
      options.tell(
        `The Temporal server ${reason}. Its log is ${join(logs, 'temporal.log')}. Stop this ` +
          'stack and start it again.',
      );
    }
  });
  return {
    address: server.address,
    namespace: server.namespace,
    ui: server.ui,
    codecEndpoint: endpoint.url,
  };
}

async function startSimulation({
  dataDir,
  logs,
  seedFile,
  undo,
  tell,
}: Place & { seedFile: string; tell: StackOptions['tell'] }): Promise<Simulator> {
  tell('Starting the Salesforce and vendor simulator …');
  const log = createWriteStream(join(logs, 'simulator.log'), { flags: 'a', mode: 0o600 });
  undo.push(() => new Promise((resolve) => log.end(resolve)));
  const simulator = await startSimulator({
    seed: seedFile,
    folder: join(dataDir, 'simulator'),
    log: (line) => log.write(`${line}\n`),
  });
  undo.push(() => simulator.stop());
  return simulator;
}

/** Waits for both, even if one fails, so that whatever started can be stopped. */
async function bothOrNone<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

/** The worker's variables: only this server, and the stack's own codec key. */
function ownEnvironment(
  { environment }: StackOptions,
  temporal: { address: string; namespace: string },
  tell: StackOptions['tell'],
): Record<string, string | undefined> {
  if (environment[KEYS_VARIABLE]) {
    tell(
      `${KEYS_VARIABLE} is set here, and this stack uses the key in its own .env; unset it ` +
        'for commands that talk to the stack.',
    );
  }
  return Object.fromEntries(
    Object.entries(onlyThisServer(environment, temporal)).filter(
      ([name]) => name !== KEYS_VARIABLE,
    ),
  );
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
