import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { findServer, type FindOptions } from './find-server.ts';
import { freePort, LOOPBACK } from './ports.ts';
import { supervise, type Supervised } from './supervise.ts';

/**
 * Milliseconds in which the server must answer. On a busy machine, the first start creates its
 * tables slowly.
 */
const READY_WITHIN = 60_000;
const DAY = 24 * 60 * 60;

/**
 * By default the server collects timers for a second, and reads its queues at most 20 times a
 * second. That suits a fleet, but is slow for one person's demo: a skip of time takes 240 ms
 * instead of 25.
 */
const QUICK: Readonly<Record<string, string>> = {
  'history.timerProcessorMaxTimeShift': '"20ms"',
  'history.timerProcessorMaxPollRPS': '2000',
  'history.transferProcessorMaxPollRPS': '2000',
  'history.visibilityProcessorMaxPollRPS': '2000',
};

/**
 * Lets workflows skip time. By default, a run that continues as new within a second of its start
 * waits for the rest of that second. Server 1.32.0 then skips as much time again as it skipped
 * before.
 */
const SKIPPING: Readonly<Record<string, string>> = {
  'frontend.WorkflowTimeSkippingEnabled': 'true',
  'history.workflowIdReuseMinimalInterval': '"0s"',
};

export interface ServerOptions {
  /** The server keeps `temporal.db` there. Without it, everything is in memory. */
  readonly dataDir?: string;
  /** The gRPC port. If it is taken, a free one is used, and `tell` says so. */
  readonly port?: number;
  readonly uiPort?: number;
  /**
   * The port of the server's HTTP API. Any language can start and signal through it with plain
   * JSON.
   */
  readonly httpPort?: number;
  readonly ui: boolean;
  /** The address of a codec endpoint, so that the UI shows decrypted payloads. */
  readonly codecEndpoint?: string;
  /** Names and types, such as `{ DossierStage: 'Keyword' }`. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  readonly extraArgs?: readonly string[];
  /** The file to append the server's output to. */
  readonly log: string;
  /** Days that closed runs are kept. The server's own default is one day. */
  readonly retentionDays?: number;
  readonly find?: FindOptions;
  readonly tell?: (line: string) => void;
}

/** One of our own servers, running. */
export interface RunningServer {
  /** The gRPC address, such as `127.0.0.1:7233`. */
  readonly address: string;
  readonly ui?: string;
  readonly http: string;
  readonly namespace: string;
  readonly pid: number;
  /** Whether requests can be started with skipped time. */
  readonly skipsTime: boolean;
  /** Resolves with the reason when the server has ended. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts a Temporal server on 127.0.0.1 and waits until it answers. It ends with this process at
 * the latest.
 *
 * @throws ServerNotFound if there is no program
 * @throws Error if it does not answer within a minute; the message names the log
 */
export async function startTemporalServer(options: ServerOptions): Promise<RunningServer> {
  const { tell = () => {} } = options;
  const program = await findServer('temporal', { progress: tell, ...options.find });
  await mkdir(dirname(options.log), { recursive: true, mode: 0o700 });
  if (options.dataDir !== undefined) await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt++) {
    const ports = await choosePorts(options, tell);
    const supervised = await supervise(
      program.path,
      serverArguments(options, ports, program.skipsTime),
      options.log,
    );
    const namespace = 'default';
    const address = `${LOOPBACK}:${ports.grpc}`;
    const problem = await ready(address, namespace, supervised, options.retentionDays);
    if (problem === undefined) {
      return {
        address,
        ...(options.ui && { ui: `http://${LOOPBACK}:${ports.ui}` }),
        http: `http://${LOOPBACK}:${ports.http}`,
        namespace,
        pid: supervised.pid,
        skipsTime: program.skipsTime,
        exited: supervised.exited,
        stop: () => supervised.stop(),
      };
    }
    await supervised.stop();
    // Between the choice of a port and the server's start, another process can take it.
    const portTaken = /address already in use|can't set \w+ port/i.test(await tail(options.log));
    if (!portTaken || attempt === 3) {
      throw new Error(`The Temporal server ${problem}. Its log is ${options.log}.`);
    }
  }
}

interface Ports {
  readonly grpc: number;
  readonly ui: number;
  readonly http: number;
  readonly metrics: number;
}

async function choosePorts(options: ServerOptions, tell: (line: string) => void): Promise<Ports> {
  const choose = async (name: string, asked: number | undefined) => {
    const port = await freePort(asked);
    if (asked !== undefined && asked !== 0 && port !== asked) {
      tell(`Port ${asked} is taken; ${name} listens on ${port}.`);
    }
    return port;
  };
  return {
    grpc: await choose('the Temporal server', options.port),
    ui: await choose('the Temporal UI', options.uiPort),
    http: await choose('the HTTP API', options.httpPort),
    metrics: await freePort(),
  };
}

const dynamic = (key: string, value: string): string[] => [
  '--dynamic-config-value',
  `${key}=${value}`,
];

function serverArguments(options: ServerOptions, ports: Ports, skipsTime: boolean): string[] {
  return [
    'server',
    'start-dev',
    '--ip',
    LOOPBACK,
    '--port',
    String(ports.grpc),
    '--http-port',
    String(ports.http),
    '--metrics-port',
    String(ports.metrics),
    '--log-format',
    'json',
    '--log-level',
    'warn',
    ...(options.ui ? ['--ui-port', String(ports.ui)] : ['--headless']),
    ...(options.ui && options.codecEndpoint !== undefined
      ? ['--ui-codec-endpoint', options.codecEndpoint]
      : []),
    // Older command lines have no news feed, and refuse the flag.
    ...(options.ui && skipsTime ? ['--ui-disable-news-fetch'] : []),
    ...(options.dataDir === undefined
      ? []
      : [
          '--db-filename',
          join(options.dataDir, 'temporal.db'),
          '--sqlite-pragma',
          'journal_mode=WAL',
          '--sqlite-pragma',
          'synchronous=OFF',
        ]),
    ...Object.entries(options.searchAttributes ?? {}).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
    ...Object.entries(QUICK).flatMap(([key, value]) => dynamic(key, value)),
    ...(skipsTime ? Object.entries(SKIPPING).flatMap(([key, value]) => dynamic(key, value)) : []),
    ...(options.extraArgs ?? []),
  ];
}

/** Waits until the namespace answers. Returns what went wrong, or nothing. */
async function ready(
  address: string,
  namespace: string,
  server: Supervised,
  retentionDays: number | undefined,
): Promise<string | undefined> {
  let ended: string | undefined;
  void server.exited.then((reason) => {
    ended = reason;
  });
  // By default gRPC waits a second before it retries.
  const channelArgs = {
    'grpc.initial_reconnect_backoff_ms': 50,
    'grpc.max_reconnect_backoff_ms': 200,
  };
  const connection = Connection.lazy({ address, connectTimeout: 1_000, channelArgs });
  try {
    const until = Date.now() + READY_WITHIN;
    while (Date.now() < until) {
      if (ended !== undefined) return ended;
      try {
        await connection.withDeadline(Date.now() + 2_000, () =>
          connection.workflowService.describeNamespace({ namespace }),
        );
        if (retentionDays !== undefined) {
          await connection.workflowService.updateNamespace({
            namespace,
            config: { workflowExecutionRetentionTtl: { seconds: (retentionDays * DAY) as never } },
          });
        }
        return undefined;
      } catch {
        await sleep(50);
      }
    }
    return `did not answer on ${address} within ${READY_WITHIN / 1000} s`;
  } finally {
    await connection.close();
  }
}

async function tail(log: string): Promise<string> {
  return (await readFile(log, 'utf8').catch(() => '')).slice(-20_000);
}
