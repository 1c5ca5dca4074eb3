import assert from 'node:assert/strict';
import { it } from 'node:test';
import { WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { DossierError } from '../../src/client/index.ts';
import { statusOrBusy } from '../../src/client/read-status.ts';
import { request } from './stage.ts';

/** A server whose workers last asked for work so many seconds ago, and answer no query. */
const server = (seconds: number, attempt = 1): Client =>
  ({
    options: { namespace: 'default', loadedDataConverter: loadDataConverter({}) },
    withDeadline: () =>
      Promise.reject(new WorkflowUpdateRPCTimeoutOrCancelledError('nobody answered')),
    workflow: {
      getHandle: () => ({
        describe: async () => ({
          type: 'dataAccessRequest',
          workflowId: 'dsar-B-1',
          status: { name: 'RUNNING' },
          historyLength: 2,
          startTime: new Date(),
          searchAttributes: {},
          raw: { pendingWorkflowTask: { attempt } },
        }),
      }),
    },
    workflowService: {
      describeTaskQueue: async () => ({
        pollers: [{ lastAccessTime: { seconds: Date.now() / 1000 - seconds } }],
      }),
      getWorkflowExecutionHistory: async () => ({
        history: {
          events: [
            {
              workflowExecutionStartedEventAttributes: {
                input: {
                  payloads: [
                    {
                      metadata: {
                        encoding: Buffer.from('json/plain'),
                        'encryption-key-id': Buffer.from('k7'),
                      },
                      data: Buffer.from(JSON.stringify(request('B-1'))),
                    },
                  ],
                },
              },
            },
          ],
        },
      }),
    },
  }) as unknown as Client;
const noWorker = (error: unknown): boolean =>
  error instanceof DossierError && error.code === 'no-worker';

it('a request that was started while all workers were busy is started, and says so', async () => {
  const status = await statusOrBusy(server(2), 'B-1');
  assert.deepEqual(
    [status.requestId, status.stage, status.waitingOn],
    ['B-1', 'received', ['operator:workers-busy']],
  );
});

it('workers that are gone, or fail at it, are no busy ones', async () => {
  await assert.rejects(statusOrBusy(server(200), 'B-1'), noWorker);
  await assert.rejects(
    statusOrBusy(server(2, 3), 'B-1'),
    (error: unknown) =>
      noWorker(error) &&
      /encrypted with the key k7: a worker without that key cannot go on/.test(
        (error as Error).message,
      ),
  );
});
