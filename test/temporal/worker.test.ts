import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { Client, WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure } from '@temporalio/common';
import { bundleWorkflowCode, type Worker } from '@temporalio/worker';
import { createDataConverter, failureConverterPath } from '../../src/codec/data-converter.ts';
import { startCodecEndpoint } from '../../src/codec/endpoint.ts';
import { makeKey, parseKeys } from '../../src/codec/keys.ts';
import { TASK_QUEUE } from '../../src/contract/contract.ts';
import { createWorker } from '../../src/temporal/worker.ts';
import { testServer, type TestServer } from '../support/server.ts';
import type { failing, greeting, waiting } from './worker-workflows.ts';

const subject = 'ana.lima@example.com';
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

describe('a worker', { timeout: 120_000 }, () => {
  const ring = parseKeys(makeKey('k1'));
  let server: TestServer;
  let bundle: string;
  let worker: Worker;
  let running: Promise<void>;
  let client: Client;
  const activities = {
    greet: async (email: string) => `hello ${email}`,
    fail: async (email: string) => {
      throw new Error(`no record of ${email}`);
    },
  };
  before(async () => {
    server = await testServer({ onDisk: true });
    const { code } = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./worker-workflows.js', import.meta.url)),
      failureConverterPath,
      logger: quiet,
    });
    bundle = join(server.folder, 'bundle.js');
    await writeFile(bundle, code);
    worker = await createWorker({
      connection: server.nativeConnection,
      namespace: server.namespace,
      activities,
      ring,
      workflowBundlePath: bundle,
      overrides: { debugMode: true },
    });
    running = worker.run();
    client = server.client(createDataConverter(ring));
  });
  after(async () => {
    worker.shutdown();
    await running;
    await server.stop();
  });

  it("serves the task queue of the contract, under a name that is no host's", () => {
    assert.equal(worker.options.taskQueue, TASK_QUEUE);
    assert.match(worker.options.identity, /^dossier-worker-\d+-[0-9a-f]{6}$/);
  });

  it('reads and writes encrypted payloads', async () => {
    assert.equal(
      await client.workflow.execute<typeof greeting>('greeting', {
        taskQueue: TASK_QUEUE,
        workflowId: 'dsar-1',
        args: [subject],
      }),
      `hello ${subject}`,
    );
  });

  it('gives a client that holds the key the whole failure', async () => {
    const error = await client.workflow
      .execute<typeof failing>('failing', {
        taskQueue: TASK_QUEUE,
        workflowId: 'dsar-2',
        args: [subject],
      })
      .catch((it: unknown) => it);
    assert.ok(error instanceof WorkflowFailedError && error.cause instanceof ActivityFailure);
    assert.equal(error.cause.cause?.message, `no record of ${subject}`);
  });

  it('gives a client without the key the kind of the failure alone', async () => {
    const { events = [] } = await server.client().workflow.getHandle('dsar-2').fetchHistory();
    const failure = events
      ?.map((event) => event.activityTaskFailedEventAttributes?.failure)
      .find((it) => it != null);
    assert.equal(failure?.message, 'Encoded failure');
    assert.equal(failure?.stackTrace, '');
    assert.equal(failure?.applicationFailureInfo?.type, 'Error');
  });

  it('takes messages in clear from callers in other languages', async () => {
    await client.workflow.start<typeof waiting>('waiting', {
      taskQueue: TASK_QUEUE,
      workflowId: 'dsar-3',
    });
    const response = await fetch(
      `${server.http}/api/v1/namespaces/${server.namespace}/workflows/dsar-3/signal/proceed`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ input: [{ by: 'a shell script' }] }),
      },
    );
    assert.equal(response.status, 200);
    assert.deepEqual(await client.workflow.getHandle('dsar-3').result(), { by: 'a shell script' });
  });

  it('takes messages that were encoded at a codec endpoint first', async () => {
    const endpoint = await startCodecEndpoint({ ring, origin: 'http://127.0.0.1:8233' });
    const clear = {
      metadata: { encoding: Buffer.from('json/plain').toString('base64') },
      data: Buffer.from(JSON.stringify({ note: subject })).toString('base64'),
    };
    const encoded: unknown = await (
      await fetch(`${endpoint.url}/encode`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ payloads: [clear] }),
      })
    ).json();
    await endpoint.stop();
    await client.workflow.start<typeof waiting>('waiting', {
      taskQueue: TASK_QUEUE,
      workflowId: 'dsar-6',
    });
    const response = await fetch(
      `${server.http}/api/v1/namespaces/${server.namespace}/workflows/dsar-6/signal/proceed`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json+no-payload-shorthand' },
        body: JSON.stringify({ input: encoded }),
      },
    );
    assert.equal(response.status, 200, await response.text());
    assert.deepEqual(await client.workflow.getHandle('dsar-6').result(), { note: subject });
  });

  it('goes on where a message was encrypted by an unknown key', async () => {
    const stranger = server.client(createDataConverter(parseKeys(makeKey('k9'))));
    await client.workflow.start<typeof waiting>('waiting', {
      taskQueue: TASK_QUEUE,
      workflowId: 'dsar-4',
    });
    await stranger.workflow.getHandle('dsar-4').signal('proceed', { by: 'a stranger' });
    assert.equal(
      ((await client.workflow.getHandle('dsar-4').result()) as { unreadable?: string }).unreadable,
      'k9',
    );
  });

  it("leaves no trace of the subject in the server's database and log", async () => {
    const stored = await Promise.all(
      ['temporal.db', 'temporal.db-wal'].map((file) => readFile(join(server.folder, file))),
    );
    assert.ok(stored.some((bytes) => bytes.includes('Encoded failure')));
    for (const file of ['temporal.db', 'temporal.db-wal', 'temporal.log']) {
      const bytes = await readFile(join(server.folder, file));
      assert.equal(bytes.includes(subject), false, file);
      assert.equal(
        bytes.includes(Buffer.from(subject).toString('base64').slice(0, 20)),
        false,
        file,
      );
    }
  });

  it('keeps requests with the release that they began with, where releases are named', async () => {
    const taskQueue = 'released';
    const released = await createWorker({
      connection: server.nativeConnection,
      namespace: server.namespace,
      activities,
      ring,
      workflowBundlePath: bundle,
      variables: { DOSSIER_BUILD_ID: 'r1' },
      overrides: { debugMode: true, taskQueue },
    });
    await released.runUntil(async () => {
      const { workflowService } = server.connection;
      const makeCurrent = () =>
        workflowService.setWorkerDeploymentCurrentVersion({
          namespace: server.namespace,
          deploymentName: 'dossier',
          buildId: 'r1',
        });
      while (
        !(await makeCurrent().then(
          () => true,
          () => false,
        ))
      ) {
        await sleep(100);
      }
      const handle = await client.workflow.start<typeof greeting>('greeting', {
        taskQueue,
        workflowId: 'dsar-5',
        args: [subject],
      });
      assert.equal(await handle.result(), `hello ${subject}`);
      const { workflowExecutionInfo } = await workflowService.describeWorkflowExecution({
        namespace: server.namespace,
        execution: { workflowId: 'dsar-5' },
      });
      assert.equal(workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId, 'r1');
      assert.equal(workflowExecutionInfo?.versioningInfo?.behavior, 1);
    });
  });

  it('does not start in a namespace that lacks a search attribute, and names it', async () => {
    await server.connection.operatorService.removeSearchAttributes({
      namespace: server.namespace,
      searchAttributes: ['DossierLaw'],
    });
    await assert.rejects(
      createWorker({
        connection: server.nativeConnection,
        namespace: server.namespace,
        activities,
        ring,
        workflowBundlePath: bundle,
      }),
      (error: Error) => {
        assert.equal(error.name, 'NotSetUp');
        assert.equal(
          error.message,
          'The namespace "default" is not set up: search attributes are missing: DossierLaw ' +
            '(Keyword). Register them by `dossier setup`.',
        );
        return true;
      },
    );
  });

  it('does not start without the workflow bundle, and says how to make it', async () => {
    await assert.rejects(
      createWorker({
        connection: server.nativeConnection,
        namespace: server.namespace,
        activities,
        ring,
        workflowBundlePath: join(server.folder, 'none.js'),
      }),
      /There is no workflow bundle at .*none\.js; run `npm run build`\./,
    );
  });
});
