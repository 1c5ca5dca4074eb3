import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Client } from '@temporalio/client';
import { listRequests } from '../../src/client/list-requests.ts';

it('a request that stands still waits for an operator, besides what it waits for itself', async () => {
  const searchAttributes = { DossierStage: ['collecting'], DossierWaitingOn: ['acme-mail'], TemporalReportedProblems: ['category=WorkflowTaskFailed'] };
  const workflow = { async* list() { yield { workflowId: 'dsar-R-1', status: { name: 'RUNNING' }, searchAttributes }; } };
  const [line] = await listRequests({ workflow } as unknown as Client, {});
  assert.deepEqual(line?.waitingOn, ['operator:workflow-task-failed', 'acme-mail']);
});
