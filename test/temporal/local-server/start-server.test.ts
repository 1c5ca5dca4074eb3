import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { Connection } from '@temporalio/client';
import { startTemporalServer } from '../../../src/temporal/local-server/start-server.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) {
    await sleep(50);
  }
}

describe('a Temporal server of our own', { timeout: 120_000 }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-server-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it(
    'answers on this machine by gRPC, HTTP and UI, knows its attributes and its retention, and ' +
      'is gone after stop',
    async () => {
      const server = await startTemporalServer({
        ui: true,
        log: join(folder, 'all.log'),
        searchAttributes: { DossierStage: 'Keyword' },
        retentionDays: 30,
      });
      assert.match(server.address, /^127\.0\.0\.1:\d+$/);
      const connection = await Connection.connect({ address: server.address });
      const { customAttributes } = await connection.operatorService.listSearchAttributes({
        namespace: server.namespace,
      });
      assert.deepEqual(Object.keys(customAttributes ?? {}), ['DossierStage']);
      await connection.close();
      const namespace = (await (
        await fetch(`${server.http}/api/v1/namespaces/default`)
      ).json()) as {
        config: { workflowExecutionRetentionTtl: string };
      };
      assert.equal(namespace.config.workflowExecutionRetentionTtl, `${30 * 24 * 60 * 60}s`);
      assert.equal((await fetch(server.ui ?? '')).status, 200);
      await server.stop();
      assert.equal(isAlive(server.pid), false);
      assert.equal(await server.exited, 'ended with code 0');
    },
  );

  it('keeps its database in the data directory and finds it again', async () => {
    const dataDir = join(folder, 'data');
    const first = await startTemporalServer({
      ui: false,
      dataDir,
      log: join(dataDir, 'temporal.log'),
    });
    const connection = await Connection.connect({ address: first.address });
    await connection.workflowService.startWorkflowExecution({
      namespace: 'default',
      workflowId: 'kept',
      requestId: 'r',
      workflowType: { name: 'any' },
      taskQueue: { name: 'any' },
    });
    await connection.close();
    await first.stop();
    assert.ok(existsSync(join(dataDir, 'temporal.db')));
    const second = await startTemporalServer({
      ui: false,
      dataDir,
      log: join(dataDir, 'temporal.log'),
    });
    const again = await Connection.connect({ address: second.address });
    const described = await again.workflowService.describeWorkflowExecution({
      namespace: 'default',
      execution: { workflowId: 'kept' },
    });
    assert.equal(described.workflowExecutionInfo?.type?.name, 'any');
    await again.close();
    await second.stop();
  });

  it('takes another port where the wanted one is taken, and says so', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as AddressInfo;
    const said: string[] = [];
    const server = await startTemporalServer({
      ui: false,
      port,
      log: join(folder, 'port.log'),
      tell: (line) => said.push(line),
    });
    assert.notEqual(server.address, `127.0.0.1:${port}`);
    assert.deepEqual(said, [
      `Port ${port} is taken; the Temporal server listens on ${server.address.split(':')[1]}.`,
    ]);
    await server.stop();
    squatter.close();
  });

  it('does not outlive a parent that is killed', async () => {
    const parent = fork(fileURLToPath(new URL('./server-parent.js', import.meta.url)), [
      join(folder, 'killed.log'),
    ]);
    const pid = await new Promise<number>((resolve) =>
      parent.once('message', (message) => resolve(message as number)),
    );
    assert.ok(isAlive(pid));
    parent.kill('SIGKILL');
    await untilGone(pid);
  });

  it('says where its log is when it does not come up', async () => {
    const log = join(folder, 'wrong.log');
    await assert.rejects(
      startTemporalServer({ ui: false, log, extraArgs: ['--no-such-flag'] }),
      (error: Error) => {
        assert.match(
          error.message,
          /^The Temporal server ended with code 1\. Its log is .*wrong\.log\.$/,
        );
        return true;
      },
    );
  });
});
