import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WorkflowUpdateFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { stringify } from 'yaml';
import { createActivities } from '../../src/activities/create-activities.ts';
import type { Activities } from '../../src/activities/inputs.ts';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import { assemble } from '../../src/temporal/assembly.ts';
import { createDataConverter } from '../../src/codec/data-converter.ts';
import { parseKeys, makeKey } from '../../src/codec/keys.ts';
import { loadConfig, type Config } from '../../src/config/config.ts';
import { TASK_QUEUE, WORKFLOW_TYPE, workflowIdOf } from '../../src/contract/contract.ts';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus, Stage } from '../../src/contract/status.ts';
import { fastForward, skippingTime } from '../../src/temporal/local-server/skip-time.ts';
import { startSimulator, type Seed, type Simulator } from '@dossier/salesforce-simulator';
import { Client as TemporalClient } from '@temporalio/client';
import { testServer, type TestServer } from './server.ts';

const DAY = 24 * 3600 * 1000;

/**
 * A whole Dossier for one test file: real server, real simulator, real worker, one configuration.
 */
export interface World {
  readonly server: TestServer;
  readonly simulator: Simulator;
  readonly config: Config;
  readonly folder: string;
  readonly client: Client;
  readonly codecKeys: string;
  /** Starts a request. `skip`: its time is skipped from the start. */
  start(
    input: Partial<RequestInput> & { requestId: string },
    options?: { skip?: boolean },
  ): Promise<WorkflowHandle>;
  status(requestId: string): Promise<RequestStatus>;
  /** Waits in real time until the status is as wished. */
  until(
    requestId: string,
    wished: (status: RequestStatus) => boolean,
    what?: string,
  ): Promise<RequestStatus>;
  reaches(requestId: string, stage: Stage): Promise<RequestStatus>;
  /** Lets so many days of the request's own time pass. */
  pass(requestId: string, days: number): Promise<void>;
  signal(requestId: string, name: string, message: unknown): Promise<void>;
  order(requestId: string, name: string, message: unknown): Promise<RequestStatus>;
  /** The refusal that an order meets: its type and its words. */
  refusal(
    requestId: string,
    name: string,
    message: unknown,
  ): Promise<{ type: string; message: string }>;
  /** Every text of every table file in the working files of a request. */
  stopWorker(): Promise<void>;
  /** Starts a worker, with other keys where they are given. */
  startWorker(keys?: string): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly seed: Seed | string;
  /** Entries, or what makes them from the simulator's addresses. Secrets stand in `variablesOf`. */
  readonly systems?:
    | readonly Record<string, unknown>[]
    | ((simulator: Simulator) => readonly Record<string, unknown>[]);
  readonly policy?: Record<string, unknown>;
  /** Connectors of the company's own: absolute paths by name. */
  readonly connectors?: Readonly<Record<string, string>>;
  /** More variables that the configuration refers to. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly salesforce?:
    | Record<string, unknown>
    | ((simulator: Simulator) => Record<string, unknown>);
  readonly notUsed?: Record<string, string>;
  readonly worker?: boolean;
  readonly onDisk?: boolean;
  /** The codec's keys; a new one by default. */
  readonly codecKeys?: string;
  /** More arguments of the Temporal server. */
  readonly serverArgs?: readonly string[];
  /** Puts something else in the place of activities. */
  readonly sabotage?: (activities: Activities) => Activities;
  /** Puts something else in the place of a part that activities work with. */
  readonly change?: (parts: Dependencies) => Dependencies;
}

const OTHER_CLOUDS = {
  'marketing-cloud': 'no licence; test',
  'account-engagement': 'no licence; test',
  'b2c-commerce': 'no licence; test',
  personalization: 'no licence; test',
};

/** Opens a world around a seed. */
export async function openWorld({
  seed,
  systems: given = [],
  policy = {},
  connectors = {},
  variables: more = {},
  salesforce = {},
  notUsed,
  worker = true,
  onDisk = false,
  serverArgs = [],
  codecKeys = makeKey(),
  change = (parts) => parts,
  sabotage = (activities) => activities,
}: WorldOptions): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-world-'));
  await mkdir(join(folder, 'simulator'));
  const [server, simulator] = await Promise.all([
    testServer({ onDisk, extraArgs: serverArgs }),
    startSimulator({ seed, folder: join(folder, 'simulator') }),
  ]);
  const systems = typeof given === 'function' ? given(simulator) : given;
  const yaml = stringify({
    version: 1,
    salesforce: {
      loginUrl: simulator.core,
      clientId: simulator.clientId,
      clientSecret: '${SF_SECRET}',
      ...(typeof salesforce === 'function' ? salesforce(simulator) : salesforce),
    },
    connectors,
    systems,
    policies: { default: policy },
    storage: { directory: './data' },
    temporal: { address: server.address },
    notUsed: notUsed ?? {
      ...OTHER_CLOUDS,
      ...(systems.some(({ connector }) => connector === 'core-crm')
        ? {}
        : { 'core-crm': 'no licence; test' }),
    },
  });
  await writeFile(join(folder, 'dossier.yaml'), yaml);
  const variables = { ...variablesOf(simulator, codecKeys), ...more };
  await writeFile(
    join(folder, '.env'),
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const config = loadConfig(join(folder, 'dossier.yaml'), variables);
  const dataConverter = createDataConverter(parseKeys(codecKeys));
  const client = new TemporalClient({
    connection: server.connection,
    namespace: server.namespace,
    dataConverter,
  });
  const skipping = new TemporalClient({
    connection: skippingTime(server.connection),
    namespace: server.namespace,
    dataConverter,
  });
  const parts = change(await assemble(config, server.connection, server.namespace));
  let running: { worker: Worker; done: Promise<void> } | undefined;
  const startWorker = async (keys = codecKeys) => {
    const ring = parseKeys(keys);
    const made = await Worker.create({
      connection: server.nativeConnection,
      namespace: server.namespace,
      taskQueue: TASK_QUEUE,
      dataConverter: createDataConverter(ring, { keepSealed: true }),
      debugMode: true,
      maxHeartbeatThrottleInterval: '1 second',
      activities: sabotage(createActivities({ ...parts, ring })),
      workflowBundle: {
        codePath: fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url)),
      },
    });
    running = { worker: made, done: made.run() };
  };
  const stopWorker = async () => {
    running?.worker.shutdown();
    await running?.done;
    running = undefined;
  };
  if (worker) await startWorker();
  const handleOf = (requestId: string) => client.workflow.getHandle(workflowIdOf(requestId));
  const status = (requestId: string) => handleOf(requestId).query<RequestStatus>('status');
  const world: World = {
    server,
    simulator,
    config,
    folder,
    client,
    codecKeys,
    status,
    startWorker,
    stopWorker,
    async start(input, { skip = false } = {}) {
      const { requestId } = input;
      await (skip ? skipping : client).workflow.start(WORKFLOW_TYPE, {
        workflowId: workflowIdOf(requestId),
        taskQueue: TASK_QUEUE,
        args: [
          {
            type: 'access',
            law: 'gdpr',
            residence: { country: 'DE' },
            receivedAt: new Date().toISOString(),
            identity: 'confirmed',
            subject: {},
            ...input,
          },
        ],
      });
      return handleOf(requestId);
    },
    async until(requestId, wished, what = 'the status that was wished') {
      let last: RequestStatus | undefined;
      for (let tries = 0; tries < 600; tries += 1) {
        last = await status(requestId);
        if (wished(last)) return last;
        await sleep(50);
      }
      throw new Error(
        `${requestId} did not come to ${what}; it is at ${last?.stage}, waits for ` +
          `${last?.waitingOn.join(', ')}, notes: ${last?.notes.join(' | ')}`,
      );
    },
    reaches: (requestId, stage) => world.until(requestId, (it) => it.stage === stage, stage),
    pass: (requestId, days) =>
      fastForward(
        server.connection,
        { namespace: server.namespace, workflowId: workflowIdOf(requestId) },
        days * DAY,
      ),
    signal: (requestId, name, message) => handleOf(requestId).signal(name, message),
    order: (requestId, name, message) =>
      handleOf(requestId).executeUpdate<RequestStatus, [unknown]>(name, { args: [message] }),
    async refusal(requestId, name, message) {
      try {
        await world.order(requestId, name, message);
      } catch (error) {
        if (
          error instanceof WorkflowUpdateFailedError &&
          error.cause instanceof ApplicationFailure
        ) {
          return { type: error.cause.type ?? '', message: error.cause.message };
        }
        throw error;
      }
      throw new Error(`${name} was not refused.`);
    },
    async stop() {
      await stopWorker();
      await parts.salesforce?.close();
      await simulator.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** What configurations refer to. */
const variablesOf = (simulator: Simulator, codecKeys: string): Record<string, string> => ({
  SF_SECRET: simulator.clientSecret,
  VENDORS: simulator.vendors,
  VENDOR_TOKEN: simulator.vendorToken,
  DOSSIER_CODEC_KEYS: codecKeys,
  MARKETING_SECRET: simulator.marketingCloud?.clientSecret ?? 'none',
  COMMERCE_SECRET: simulator.b2cCommerce?.clientSecret ?? 'none',
  PERSONALIZATION_SECRET: simulator.personalization?.keySecret ?? 'none',
  DROP_SECRET: 'drop-secret',
});

/** Every file below a folder, by its path in it. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .sort();
}
