import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { checkRequests } from '../../src/cli/doctor/check-requests.ts';
import { requestPage } from '../../src/cli/output/request-page.ts';
import { purge } from '../../src/cli/purge.ts';
import { Dossier, DossierError, type RequestStatus } from '../../src/client/index.ts';
import { POLLS_WITHIN } from '../../src/client/releases.ts';
import { makeKey } from '../../src/codec/keys.ts';
import { loadConfig } from '../../src/config/config.ts';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../../src/contract/contract.ts';
import { findLeftovers } from '../../src/leftovers/leftovers.ts';
import { openStore, type Store } from '../../src/storage/filesystem.ts';
import { createSweeper } from '../../src/leftovers/sweeper.ts';
import { reset } from '../support/by-hand.ts';
import type { World } from '../support/world.ts';
import { request, startStage, type Stage } from './stage.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe('a request that was stopped, ended or replaced in Temporal', () => {
  let stage: Stage;
  let store: Store;
  let namespaceId: string;
  before(async () => {
    stage = await startStage({
      serverArgs: ['--dynamic-config-value', 'frontend.WorkflowPauseEnabled=true'],
    });
    store = openStore(join(stage.folder, 'data'));
    await stage.startWorker();
    const { namespaceInfo } = await client().workflowService.describeNamespace({
      namespace: stage.server.namespace,
    });
    namespaceId = namespaceInfo?.id ?? '';
  });
  after(() => stage.stop());

  const client = () => stage.dossier.temporal;
  const handle = (id: string) => client().workflow.getHandle(`dsar-${id}`);
  const eventually = async <Result>(
    look: () => Promise<Result | undefined | false>,
    what: string,
  ): Promise<Result> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      await sleep(50);
    }
    return assert.fail(`never came: ${what}`);
  };
  const started = async (id: string): Promise<RequestStatus> => {
    await stage.dossier.start(request(id));
    return eventually(async () => {
      const status = await stage.dossier.status(id);
      return status.waitingOn.includes('acme-mail') && status;
    }, `${id} waits for the vendor`);
  };
  const listed = (id: string, wished: (waitingOn: readonly string[]) => boolean) =>
    eventually(async () => {
      const lines = (await stage.dossier.list()).filter(({ requestId }) => requestId === id);
      return lines.length === 1 && wished(lines[0]?.waitingOn ?? []) && lines[0];
    }, `one line of ${id}`);
  const page = (status: RequestStatus) =>
    requestPage(status, { colour: false, now: Date.now() }).join('\n');
  const leave = async (...path: string[]) => {
    const file = join(store.directory, ...path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'ana@example.com');
  };
  const finding = async (check: string) =>
    (await checkRequests(client(), store)).find((it) => it.check === check);
  const purged = (
    requestId: string,
    sure: (question: string) => Promise<void> = async () => undefined,
  ) =>
    purge({
      client: client(),
      config: loadConfig(stage.config, {}),
      store,
      requestId,
      sure,
      signal: AbortSignal.timeout(10_000),
    });

  it('is one line of the list after a reset, its newest run', async () => {
    await started('L-1');
    await reset({ client: client(), server: stage.server } as unknown as World, 'L-1');
    await listed('L-1', (waitingOn) => waitingOn.includes('acme-mail'));
    const all = await eventually(async () => {
      const lines = await stage.dossier.list({ waitingOn: 'acme-mail' });
      return lines.some(({ requestId }) => requestId === 'L-1') && lines;
    }, 'the line among those that wait for the vendor');
    assert.equal(all.filter(({ requestId }) => requestId === 'L-1').length, 1);
    assert.deepEqual(await stage.dossier.list({ waitingOn: 'operator:workflow-terminated' }), []);
  });

  it('is shown as paused, wherever one looks, and can be joined', async () => {
    await started('P-1');
    const execution = {
      namespace: stage.server.namespace,
      workflowId: 'dsar-P-1',
      identity: 'test',
      reason: 'test',
    };
    await client().workflowService.pauseWorkflowExecution(execution);
    await listed('P-1', (waitingOn) => waitingOn.includes('operator:workflow-paused'));
    assert.ok(
      (await stage.dossier.list({ open: true })).some(({ requestId }) => requestId === 'P-1'),
    );
    const status = await stage.dossier.start(request('P-1'));
    assert.deepEqual(
      [status.stage, status.waitingOn],
      ['collecting', ['operator:workflow-paused']],
    );
    assert.match(page(status), /temporal workflow unpause -w dsar-P-1/);
    assert.doesNotMatch(page(status), /vendor respond|request withdraw/);
    await assert.rejects(
      stage.dossier.retrySystem('P-1', { system: 'acme-mail', by: 'test' }),
      (error: unknown) =>
        error instanceof DossierError &&
        error.code === 'not-allowed' &&
        /paused in Temporal/.test(error.message),
    );
    const { found, ok } = (await finding('requests')) ?? {};
    assert.equal(ok, false);
    assert.match(found ?? '', /P-1: paused in Temporal/);
    const told = await stage.dossier.clarificationRequested('P-1', {
      note: 'which account?',
      by: 'test',
    });
    assert.deepEqual(told.waitingOn, ['operator:workflow-paused']);
    await client().workflowService.unpauseWorkflowExecution(execution);
    await eventually(
      async () =>
        (await stage.dossier.status('P-1')).notices.some(({ note }) => note === 'which account?'),
      'the fact that was kept',
    );
    assert.ok((await stage.dossier.status('P-1')).waitingOn.includes('acme-mail'));
  });

  it('is shown with the moment at which it begins, where its start is delayed', async () => {
    await client().workflow.start(WORKFLOW_TYPE, {
      workflowId: 'dsar-D-1',
      taskQueue: TASK_QUEUE,
      args: [request('D-1')],
      startDelay: '1 hour',
    });
    const status = await stage.dossier.status('D-1');
    assert.deepEqual(
      [status.requestId, status.stage, status.waitingOn],
      ['D-1', 'received', ['operator:start-delayed']],
    );
    assert.ok(Date.parse(status.waits[0]?.until ?? '') > Date.now() + HOUR / 2);
  });

  it('offers a reset and a purge, and no order, where it was terminated; a purge deletes everything', async () => {
    await started('T-1');
    await leave('work', 'T-1', 'files', 'profiles', '1', 'a.ndjson');
    await leave('packages', 'T-1.zip');
    await assert.rejects(
      purged('T-1'),
      (error: unknown) =>
        error instanceof DossierError &&
        error.code === 'not-allowed' &&
        /withdraw T-1/.test(error.actions.join()),
    );
    await handle('T-1').terminate('by hand');
    const status = await stage.dossier.status('T-1');
    assert.deepEqual(status.waitingOn, ['operator:workflow-terminated']);
    assert.match(page(status), /temporal workflow reset -w dsar-T-1[^]*dossier purge T-1/);
    assert.doesNotMatch(page(status), /vendor respond|request (extend|withdraw)/);
    const left = await eventually(async () => await finding('left behind'), 'what is left');
    assert.match(left.found, /file\(s\) of T-1 belong to no living request \(terminated\)/);
    await assert.rejects(
      purged('T-1', async (question) => {
        throw new Error(question);
      }),
      /file\(s\) of T-1, whose workflow is terminated, are deleted, and this cannot be taken back/,
    );
    assert.ok((await store.measureHeld('T-1')).files > 0);
    const report = await purged('T-1');
    assert.deepEqual(
      [report.workflow, report.untold.map(({ system }) => system)],
      ['terminated', ['acme-mail']],
    );
    assert.equal((await store.measureHeld('T-1')).files, 0);
    assert.equal((await store.readDeletionReceipt('T-1'))?.as, 'purged');
    assert.equal((await finding('left behind'))?.ok, true);
  });

  it('is purged and swept where Temporal has forgotten it', async () => {
    await started('X-1');
    await client().workflowService.deleteWorkflowExecution({
      namespace: stage.server.namespace,
      workflowExecution: { workflowId: 'dsar-X-1' },
    });
    await eventually(
      () =>
        stage.dossier.status('X-1').then(
          () => undefined,
          (error: unknown) => error instanceof DossierError && error.code === 'not-found',
        ),
      'the deletion',
    );
    await leave('inbox', 'X-1', 'shop', 'a.csv');
    await eventually(
      async () =>
        (await findLeftovers(client(), store)).some(
          ({ requestId, as }) => requestId === 'X-1' && as === 'forgotten',
        ),
      'the leftover',
    );
    const [now, later] = [Date.now(), Date.now() + 8 * DAY];
    const sweeper = (id = namespaceId) =>
      createSweeper({ client: client(), store, namespaceId: id, days: 7 });

    await leave('inbox', 'E-1', 'shop', 'a.csv');
    await store.claimRecord('E-1', {
      runId: 'r',
      at: new Date().toISOString(),
      namespaceId: 'of another server',
    });
    assert.ok(
      !(await findLeftovers(client(), store)).some(({ requestId }) => requestId === 'E-1'),
      'what another server registered may live there',
    );
    await assert.rejects(purged('E-1'), /registered by another Temporal namespace/);
    assert.equal((await store.measureHeld('E-1')).files, 1);

    const hasty = sweeper();
    assert.deepEqual([await hasty(now), await hasty(now + HOUR)], [[], []], 'too young');
    const once = sweeper();
    assert.deepEqual(await once(later), [], 'found once');
    const foreign = sweeper('another namespace');
    assert.deepEqual(
      [await foreign(later), await foreign(later + HOUR)],
      [[], []],
      'registered by another server',
    );
    assert.deepEqual(await once(later + HOUR), ['X-1']);
    assert.equal((await store.measureHeld('X-1')).files, 0);
    assert.ok((await store.requestsHeld()).includes('L-1'), 'what lives is kept');
  });

  it(
    'is named in the list and by the doctor where it stays with a release of which no worker is ' +
      'left, and goes on once moved',
    async (t) => {
      const current = (buildId: string) =>
        client().workflowService.setWorkerDeploymentCurrentVersion({
          namespace: stage.server.namespace,
          deploymentName: 'dossier',
          buildId,
        });
      await stage.stopWorker();
      await stage.startWorker('r1');
      await eventually(
        () =>
          current('r1').then(
            () => true,
            () => false,
          ),
        'the release r1',
      );
      await started('V-1');
      await listed('V-1', (waitingOn) => waitingOn.join() === 'acme-mail');
      await stage.stopWorker();
      await stage.startWorker('r2');
      await eventually(
        () =>
          current('r2').then(
            () => true,
            () => false,
          ),
        'the release r2',
      );
      // A worker counts for a while after its last question; that while has passed on the clock
      // that is asked.
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() + POLLS_WITHIN });
      const line = await listed('V-1', (waitingOn) =>
        waitingOn.includes('operator:release-without-worker'),
      );
      const doctor = await finding('requests');
      t.mock.timers.reset();
      assert.deepEqual(line.waitingOn, ['operator:release-without-worker', 'acme-mail']);
      assert.match(
        `${doctor?.found} ${doctor?.actions?.join()}`,
        /V-1: its named release has no worker.*update-options -w dsar-V-1/,
      );

      await client().workflowService.updateWorkflowExecutionOptions({
        namespace: stage.server.namespace,
        workflowExecution: { workflowId: 'dsar-V-1' },
        workflowExecutionOptions: { versioningOverride: { autoUpgrade: true } },
        updateMask: { paths: ['versioning_override'] },
      });
      assert.equal(
        (await stage.dossier.withdraw('V-1', { reason: 'test', by: 'test' })).stage,
        'withdrawn',
      );
      await stage.stopWorker();
      await current('');
      await stage.startWorker();
    },
  );

  it('says which key is needed where the one at hand is another', async () => {
    const [id] = stage.codecKeys.split(':');
    const stranger = await Dossier.connect({
      address: stage.server.address,
      codecKeys: makeKey(id),
      environment: {},
    });
    try {
      await assert.rejects(
        stranger.status('L-1'),
        (error: unknown) =>
          error instanceof DossierError &&
          error.code === 'invalid-config' &&
          error.message.startsWith(`${id} is not the key this request was written with`),
      );
      await assert.rejects(
        stranger.retrySystem('L-1', { system: 'acme-mail', by: 'test' }),
        DossierError,
      );
    } finally {
      await stranger.close();
    }
  });
});
