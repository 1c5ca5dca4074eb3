import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Client, type Connection } from '@temporalio/client';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { askedVendors, tellVendors } from '../leftovers/asked-vendors.ts';
import { createDataConverter } from '../codec/data-converter.ts';
import { KEYS_VARIABLE, parseKeys, type KeyRing } from '../codec/keys.ts';
import type { Config } from '../config/config.ts';
import { connectClient, connectionOptions } from './client-connection.ts';
import { connectNative } from './worker-connection.ts';
import { TASK_QUEUE } from '../contract/contract.ts';
import { probeStorage } from '../storage/probe.ts';
import { checkSearchAttributes, notSetUp } from './namespace.ts';
import { openStore } from '../storage/filesystem.ts';
import { createSweeper, SWEEP_VARIABLE, sweepAfter, sweepHourly } from '../leftovers/sweeper.ts';
import { scrub } from '../contract/scrub.ts';
import { installRuntime, type LogSink } from './log.ts';
import { packageFile } from '../package-files.ts';
import { writeLine } from './write-line.ts';

/** The workflow code that `npm run build` bundled. */
const BUNDLE = packageFile('dist/workflow-bundle.js');

/** Set it to the name of a release. Then requests stay on the release that they started with. */
const BUILD_ID_VARIABLE = 'DOSSIER_BUILD_ID';

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** The result of `createActivities`. */
  readonly activities: object;
  readonly ring: KeyRing;
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** The default is the built bundle. */
  readonly workflowBundlePath?: string;
  /** For tests and tuning: another task queue, `debugMode`, other limits. */
  readonly overrides?: Partial<WorkerOptions>;
}

/**
 * A worker for requests, on the task queue `dossier`. To start it, call `run()`.
 *
 * @throws NotSetUp if the namespace lacks a search attribute
 * @throws Error if the workflow bundle was not built
 */
export async function createWorker({
  connection,
  namespace,
  activities,
  ring,
  variables = {},
  workflowBundlePath = BUNDLE,
  overrides,
}: WorkerParts): Promise<Worker> {
  if (!existsSync(workflowBundlePath)) {
    throw new Error(`There is no workflow bundle at ${workflowBundlePath}; run \`npm run build\`.`);
  }
  const missing = await checkSearchAttributes(connection, namespace);
  if (missing.length > 0) throw notSetUp(namespace, missing);
  const buildId = variables[BUILD_ID_VARIABLE];
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: workflowBundlePath },
    activities,
    dataConverter: createDataConverter(ring, { keepSealed: true }),
    identity: workerIdentity(),
    // Each export streams one system. More of them would only share the same bandwidth.
    maxConcurrentActivityTaskExecutions: 25,
    // By default the SDK reports the progress of an export every 48 seconds. After a crash, that
    // much would be read again.
    maxHeartbeatThrottleInterval: '5 seconds',
    shutdownGraceTime: '15 seconds',
    shutdownForceTime: '25 seconds',
    ...(buildId && {
      workerDeploymentOptions: {
        version: { deploymentName: 'dossier', buildId },
        useWorkerVersioning: true,
        defaultVersioningBehavior: 'PINNED',
      },
    }),
    ...overrides,
  });
}

/**
 * The identity of a worker in the UI. The SDK's default is the host's name, which may be a
 * person's.
 */
const workerIdentity = (): string =>
  `dossier-worker-${process.pid}-${randomBytes(3).toString('hex')}`;

/** The parts of a worker process. */
export interface WorkerProcessOptions {
  readonly config: Config;
  /** The variables of the process, and of `.env` beside the configuration. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** From the command line; stronger than variables. */
  readonly address?: string;
  readonly namespace?: string;
  readonly activitiesFor: (
    connection: Connection,
    namespace: string,
    ring: KeyRing,
  ) => Promise<object>;
  /** The default is standard error. */
  readonly log?: LogSink;
  /** Called when the worker starts to poll. */
  readonly ready?: (facts: {
    readonly address: string;
    readonly namespace: string;
    readonly taskQueue: string;
  }) => void;
}

/**
 * Runs a worker until SIGINT or SIGTERM. Then it lets its activities finish for 15 seconds, and
 * cancels the rest.
 *
 * @throws CodecKeyError without a key, because payloads are never stored in clear
 * @throws StorageUnusable if the storage cannot be written: it would accept requests and end none
 * @throws TemporalUnreachable, NotSetUp, ConfigError
 */
export async function runWorkerProcess({
  config,
  variables,
  address,
  namespace,
  activitiesFor,
  log = toStandardError,
  ready,
}: WorkerProcessOptions): Promise<void> {
  const ring = parseKeys(variables[KEYS_VARIABLE]);
  await probeStorage(config.storage.directory);
  const choice = connectionOptions({
    address,
    namespace,
    environment: variables,
    config: config.temporal,
  });
  const client = await connectClient(choice);
  try {
    const activities = await activitiesFor(client, choice.namespace, ring);
    // Not earlier, because a runtime without a worker keeps the process alive and takes its
    // signals.
    installRuntime({
      log,
      ...(variables.DOSSIER_METRICS && { metrics: variables.DOSSIER_METRICS }),
    });
    const native = await connectNative(choice);
    try {
      const worker = await createWorker({
        connection: native,
        namespace: choice.namespace,
        activities,
        ring,
        variables,
      });
      const sweeping = await sweep({
        connection: client,
        namespace: choice.namespace,
        ring,
        config,
        variables,
        log,
      });
      const running = worker.run();
      ready?.({
        address: choice.address,
        namespace: choice.namespace,
        taskQueue: worker.options.taskQueue,
      });
      await running.finally(() => sweeping?.stop());
    } finally {
      await native.close();
    }
  } finally {
    await client.close();
  }
}

/** In milliseconds. */
const VENDORS_TOLD_WITHIN = 60_000;

/** Starts the hourly search for files of ended requests, unless it is switched off. */
async function sweep({
  connection,
  namespace,
  ring,
  config,
  variables,
  log,
}: {
  readonly connection: Connection;
  readonly namespace: string;
  readonly ring: KeyRing;
  readonly config: Config;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: LogSink;
}): Promise<{ stop(): void } | undefined> {
  const days = sweepAfter(variables[SWEEP_VARIABLE]);
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
  if (days === null || !namespaceInfo?.id) return undefined;
  const client = new Client({ connection, namespace, dataConverter: createDataConverter(ring) });
  const store = openStore(config.storage.directory);
  const say = (message: string): void =>
    log(JSON.stringify({ at: new Date().toISOString(), level: 'INFO', message: scrub(message) }));
  const toldOf = async (requestId: string): Promise<void> => {
    try {
      const { told, untold } = await tellVendors({
        config,
        store,
        requestId,
        asked: await askedVendors(client, requestId),
        signal: AbortSignal.timeout(VENDORS_TOLD_WITHIN),
      });
      if (told.length > 0) {
        say(`${requestId}: told that the request has ended: ${told.join(', ')}.`);
      }
      if (untold.length > 0) {
        say(
          `${requestId}: to be told by hand that the request has ended: ` +
            `${untold.map(({ system }) => system).join(', ')}.`,
        );
      }
    } catch {
      say(
        `${requestId}: whom it had asked could not be found out; tell its vendors by hand ` +
          'that the request has ended.',
      );
    }
  };
  return sweepHourly(
    createSweeper({ client, store, namespaceId: namespaceInfo.id, days, tellVendors: toldOf }),
    say,
  );
}

const toStandardError: LogSink = (line) => {
  writeLine(line);
};
