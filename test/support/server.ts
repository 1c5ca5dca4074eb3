import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type ClientOptions } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../../src/domain/contract.ts';
import { skippingTime } from '../../src/server/skip-time.ts';
import { startTemporalServer, type RunningServer } from '../../src/server/start-server.ts';

/** A real server for one test file, its search attributes registered. */
export interface TestServer extends RunningServer {
  readonly connection: Connection;
  readonly nativeConnection: NativeConnection;
  /** The server's folder: `temporal.db` if it was asked for, `temporal.log`. */
  readonly folder: string;
  /** A client; with `timeSkipping` its workflows skip time. */
  client(dataConverter?: ClientOptions['dataConverter']): Client;
}

/** A server of its own for a test file. `timeSkipping`: what its clients start skips time. `onDisk`: it keeps `temporal.db`. */
export async function testServer({ timeSkipping = false, onDisk = false, ui = false }: { timeSkipping?: boolean; onDisk?: boolean; ui?: boolean } = {}): Promise<TestServer> {
  quietRuntime();
  const folder = await mkdtemp(join(tmpdir(), 'dossier-test-'));
  const server = await startTemporalServer({
    ui,
    log: join(folder, 'temporal.log'),
    ...(onDisk && { dataDir: folder }),
    searchAttributes: SEARCH_ATTRIBUTES,
    find: { atLeast: '1.32' },
  });
  const connection = await Connection.connect({ address: server.address });
  const nativeConnection = await NativeConnection.connect({ address: server.address });
  const started = timeSkipping ? skippingTime(connection) : connection;
  return {
    ...server,
    connection,
    nativeConnection,
    folder,
    client: (dataConverter) => new Client({ connection: started, namespace: server.namespace, ...(dataConverter && { dataConverter }) }),
    stop: async () => {
      await nativeConnection.close();
      await connection.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Workers of a test log errors only, and leave signals to the test runner. */
function quietRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  } catch (error) {
    if (!(error instanceof Error) || !/already/i.test(error.message)) throw error;
  }
}
