import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Client } from '@temporalio/client';
import { listRequests } from '../../src/client/list-requests.ts';

it('a request that stands still waits for an operator, besides what it waits for itself', async () => {
  const searchAttributes = {
    DossierStage: ['collecting'],
    DossierWaitingOn: ['acme-mail'],
    TemporalReportedProblems: ['category=WorkflowTaskFailed'],
  };
  const workflow = {
    async *list() {
      yield { workflowId: 'dsar-R-1', status: { name: 'RUNNING' }, searchAttributes };
    },
  };
  const [line] = await listRequests({ workflow } as unknown as Client, {});
  assert.deepEqual(line?.waitingOn, ['operator:workflow-task-failed', 'acme-mail']);
  assert.equal(line?.willBeLate, null);
});

it('says who will be late, and from which day on', async () => {
  const dueAt = '2026-11-30T23:00:00.000Z';
  const searchAttributes = {
    DossierStage: ['collecting'],
    DossierWaitingOn: ['acme-mail'],
    DossierDueBy: [dueAt],
    DossierLateOn: [dueAt],
  };
  const workflow = {
    async *list() {
      yield { workflowId: 'dsar-R-1', status: { name: 'RUNNING' }, searchAttributes };
    },
  };
  const [line] = await listRequests({ workflow } as unknown as Client, {});
  assert.deepEqual(
    [line?.answerBy, line?.willBeLate],
    ['2026-11-30', { on: '2026-12-01', because: 'waits for acme-mail' }],
  );
});

const pinned = {
  workflowId: 'dsar-R-2',
  runId: 'r',
  status: { name: 'RUNNING' },
  startTime: new Date(),
  searchAttributes: {
    DossierStage: ['collecting'],
    DossierWaitingOn: [],
    TemporalWorkerDeploymentVersion: ['dossier:r1'],
  },
};
const served = (buildId: string) =>
  ({
    options: { namespace: 'default' },
    workflow: {
      async *list() {
        yield pinned;
      },
    },
    workflowService: {
      describeTaskQueue: async () => ({
        pollers: [
          {
            lastAccessTime: { seconds: Date.now() / 1000 },
            deploymentOptions: { workerVersioningMode: 2, buildId },
          },
        ],
      }),
    },
  }) as unknown as Client;

it('a request that stays with a named release is named where no worker of the release asks for work', async () => {
  assert.deepEqual((await listRequests(served('r2'), {}))[0]?.waitingOn, [
    'operator:release-without-worker',
  ]);
  assert.deepEqual((await listRequests(served('r1'), {}))[0]?.waitingOn, []);
});

it('a request that was ended and begun anew is its newest run', async () => {
  const runs = [new Date(1), new Date(3), new Date(2)].map((startTime, index) => ({
    workflowId: 'dsar-R-3',
    runId: String(index),
    startTime,
    status: { name: index === 1 ? 'RUNNING' : 'TERMINATED' },
    searchAttributes: {},
  }));
  const workflow = {
    async *list() {
      yield* runs;
    },
  };
  assert.deepEqual(
    (await listRequests({ workflow } as unknown as Client, {})).map(({ waitingOn }) => waitingOn),
    [[]],
  );
});

it('both of two requests of one person name the other', async () => {
  const line = (id: string, other?: string) => ({
    workflowId: `dsar-${id}`,
    runId: id,
    startTime: new Date(),
    status: { name: 'RUNNING' },
    searchAttributes: other === undefined ? {} : { DossierSamePerson: [other] },
  });
  const workflow = {
    async *list() {
      yield* [line('R-1'), line('R-2', 'R-1'), line('R-3')];
    },
  };
  assert.deepEqual(
    (await listRequests({ workflow } as unknown as Client, {})).map(({ samePerson }) => samePerson),
    [['R-2'], ['R-1'], undefined],
  );
});
