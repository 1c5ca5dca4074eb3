import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type ClientOptions } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../../src/contract/contract.ts';
import { skippingTime } from '../../src/temporal/local-server/skip-time.ts';
import {
  startTemporalServer,
  type RunningServer,
} from '../../src/temporal/local-server/start-server.ts';

/** A real server for one test file, its search attributes registered. */
export interface TestServer extends RunningServer {
  readonly connection: Connection;
  readonly nativeConnection: NativeConnection;
  /** The server's folder: `temporal.db` if it was asked for, `temporal.log`. */
  readonly folder: string;
  /** A client; with `timeSkipping` its workflows skip time. */
  client(dataConverter?: ClientOptions['dataConverter']): Client;
  /**
   * Kills the server and starts it anew at the same port, with what its database holds; `onDisk`
   * alone survives it.
   */
  crash(): Promise<void>;
}

export interface TestServerOptions {
  readonly timeSkipping?: boolean;
  /** Whether it keeps `temporal.db`. */
  readonly onDisk?: boolean;
  readonly ui?: boolean;
  readonly extraArgs?: readonly string[];
}

/** A server of its own for a test file. `timeSkipping`: what its clients start skips time. */
export async function testServer({
  timeSkipping = false,
  onDisk = false,
  ui = false,
  extraArgs = [],
}: TestServerOptions = {}): Promise<TestServer> {
  quietRuntime();
  const folder = await mkdtemp(join(tmpdir(), 'dossier-test-'));
  const start = (port?: number) =>
    startTemporalServer({
      ui,
      port,
      log: join(folder, 'temporal.log'),
      ...(onDisk && { dataDir: folder }),
      searchAttributes: SEARCH_ATTRIBUTES,
      extraArgs,
      find: { atLeast: '1.32' },
    });
  let server = await start();
  const connection = await Connection.connect({ address: server.address });
  const nativeConnection = await NativeConnection.connect({ address: server.address });
  const started = timeSkipping ? skippingTime(connection) : connection;
  return {
    ...server,
    connection,
    nativeConnection,
    folder,
    client: (dataConverter) =>
      new Client({
        connection: started,
        namespace: server.namespace,
        ...(dataConverter && { dataConverter }),
      }),
    crash: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      server = await start(Number(server.address.split(':')[1]));
    },
    stop: async () => {
      await nativeConnection.close();
      await connection.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Workers of a test log errors only, and leave signals to the test runner. */
export function quietRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  } catch (error) {
    if (!(error instanceof Error) || !/already/i.test(error.message)) throw error;
  }
}
