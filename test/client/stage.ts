import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../../src/activities/create-activities.ts';
import { assemble } from '../../src/temporal/assembly.ts';
import { DEPLOYMENT } from '../../src/client/releases.ts';
import { Dossier } from '../../src/client/index.ts';
import type { RequestInput } from '../../src/client/index.ts';
import { createDataConverter } from '../../src/codec/data-converter.ts';
import { makeKey, parseKeys } from '../../src/codec/keys.ts';
import { loadConfig } from '../../src/config/config.ts';
import { TASK_QUEUE } from '../../src/contract/contract.ts';
import { testServer, type TestServer } from '../support/server.ts';

/**
 * A real server, a data directory with one vendor that an operator asks, and a worker that is
 * started when a test wants it.
 */
export interface Stage {
  readonly server: TestServer;
  readonly dossier: Dossier;
  readonly codecKeys: string;
  readonly folder: string;
  readonly config: string;
  /** Starts a worker, of a named release where one is given. */
  startWorker(release?: string): Promise<void>;
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStage({
  serverArgs = [],
}: { readonly serverArgs?: readonly string[] } = {}): Promise<Stage> {
  const server = await testServer({ extraArgs: serverArgs });
  const folder = await mkdtemp(join(tmpdir(), 'dossier-stage-'));
  const config = join(folder, 'dossier.yaml');
  const codecKeys = makeKey();
  await writeFile(
    config,
    [
      'version: 1',
      'systems:',
      '  - { id: acme-mail, connector: manual, instructions: "Ask privacy@acme.example." }',
      'notUsed: { data-cloud: "test", core-crm: "test", marketing-cloud: "test", ' +
        'account-engagement: "test", b2c-commerce: "test", personalization: "test" }',
      'policies: { default: { systems: [acme-mail] } }',
      'storage: { directory: ./data }',
      `temporal: { address: "${server.address}" }`,
    ].join('\n'),
  );
  await writeFile(join(folder, '.env'), `DOSSIER_CODEC_KEYS=${codecKeys}\n`);
  const dataConverter = createDataConverter(parseKeys(codecKeys));
  const activities = createActivities(
    await assemble(loadConfig(config, {}), server.connection, server.namespace),
  );
  let running: { worker: Worker; run: Promise<void> } | undefined;
  const stopWorker = async () => {
    running?.worker.shutdown();
    await running?.run;
    running = undefined;
  };
  const dossier = await Dossier.connect({ address: server.address, codecKeys, environment: {} });
  return {
    server,
    codecKeys,
    folder,
    config,
    stopWorker,
    dossier,
    async startWorker(release) {
      const worker = await Worker.create({
        connection: server.nativeConnection,
        taskQueue: TASK_QUEUE,
        dataConverter,
        activities,
        debugMode: true,
        workflowBundle: {
          codePath: fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url)),
        },
        ...(release !== undefined && {
          workerDeploymentOptions: {
            version: { deploymentName: DEPLOYMENT, buildId: release },
            useWorkerVersioning: true,
            defaultVersioningBehavior: 'PINNED',
          },
        }),
      });
      running = { worker, run: worker.run() };
    },
    async stop() {
      await stopWorker();
      await dossier.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The smallest request that waits for the vendor. */
export const request = (requestId: string, more: Partial<RequestInput> = {}): RequestInput => ({
  requestId,
  type: 'access',
  subject: { emails: ['ana@example.com'] },
  law: 'gdpr',
  residence: { country: 'DE' },
  receivedAt: new Date().toISOString().slice(0, 10),
  identity: 'confirmed',
  ...more,
});
