import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import {
  fastForward,
  switchTimeSkipping,
  timeOf,
} from '../../../src/temporal/local-server/skip-time.ts';
import { testServer, type TestServer } from '../../support/server.ts';
import type { diarist, month, months, retries, workBesideTimer } from './skipping-workflows.ts';

const DAY = 24 * 60 * 60 * 1000;
const taskQueue = 'skipping';

describe('a workflow that skips time, on a real server', { timeout: 120_000 }, () => {
  let server: TestServer;
  let client: Client;
  let worker: Worker;
  let running: Promise<void>;
  let attempts = 0;
  before(async () => {
    server = await testServer({ timeSkipping: true });
    client = server.client();
    worker = await Worker.create({
      connection: server.nativeConnection,
      taskQueue,
      debugMode: true,
      workflowsPath: fileURLToPath(new URL('./skipping-workflows.js', import.meta.url)),
      activities: {
        work: (milliseconds: number) =>
          new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
        failTwice: async () => {
          if (++attempts < 3) throw new Error('not yet');
          return attempts;
        },
      },
    });
    running = worker.run();
  });
  after(async () => {
    worker.shutdown();
    await running;
    await server.stop();
  });

  it('passes a month of daily timers and activities, day by day', async () => {
    const passed = await client.workflow.execute<typeof month>('month', {
      taskQueue,
      workflowId: 'month',
    });
    assert.deepEqual(
      passed,
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
    const { startTime, closeTime } = await client.workflow.getHandle('month').describe();
    assert.equal(Math.floor(((closeTime?.getTime() ?? 0) - startTime.getTime()) / DAY), 30);
  });

  it('lets time stand still while an activity works', async () => {
    assert.deepEqual(
      await client.workflow.execute<typeof workBesideTimer>('workBesideTimer', {
        taskQueue,
        workflowId: 'beside',
      }),
      ['work', 'timer'],
    );
  });

  it("skips the wait between an activity's attempts", async () => {
    assert.deepEqual(
      await client.workflow.execute<typeof retries>('retries', {
        taskQueue,
        workflowId: 'retries',
      }),
      {
        attempts: 3,
        days: 2,
      },
    );
  });

  it('goes on skipping after it continued as new', async () => {
    const began = Date.now();
    assert.equal(
      await client.workflow.execute<typeof months>('months', {
        taskQueue,
        workflowId: 'months',
        args: [4, began],
      }),
      120,
    );
  });

  it('is moved to a day, receives a message there, and is moved on', async () => {
    const ref = { namespace: server.namespace, workflowId: 'diarist' };
    const handle = await new Client({ connection: server.connection }).workflow.start<
      typeof diarist
    >('diarist', {
      taskQueue,
      workflowId: 'diarist',
    });
    const began = (await handle.describe()).startTime.getTime();
    await fastForward(server.connection, ref, 10 * DAY);
    const time = await timeOf(server.connection, ref);
    assert.equal(Math.floor((time.now - began) / DAY), 10);
    assert.equal(time.enabled, false);
    await handle.signal('note', 'hello');
    await fastForward(server.connection, ref, 5 * DAY);
    assert.deepEqual(await handle.query<string[]>('diary'), [
      '7: a week has passed',
      '10: hello',
      '14: a week has passed',
    ]);
    await handle.signal('note', 'end');
    assert.deepEqual((await handle.result()).at(-1), '15: end');
  });

  it('begins to skip when it is told to', async () => {
    const ref = { namespace: server.namespace, workflowId: 'later' };
    const handle = await new Client({ connection: server.connection }).workflow.start('months', {
      taskQueue,
      workflowId: 'later',
      args: [1, Date.now()],
    });
    assert.equal((await timeOf(server.connection, ref)).enabled, false);
    await switchTimeSkipping(server.connection, ref, true);
    assert.equal(await handle.result(), 30);
    assert.equal((await timeOf(server.connection, ref)).running, false);
  });

  it('skips when it is started by a signal', async () => {
    const handle = await client.workflow.signalWithStart<typeof diarist, [string]>('diarist', {
      taskQueue,
      workflowId: 'signalled',
      signal: 'note',
      signalArgs: ['first'],
    });
    assert.equal(
      (await timeOf(server.connection, { namespace: server.namespace, workflowId: 'signalled' }))
        .enabled,
      true,
    );
    await handle.signal('note', 'end');
    assert.equal((await handle.result())[0], '0: first');
  });
});
