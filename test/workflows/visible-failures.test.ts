import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { showOwnFailures, visible } from '../../src/workflows/beside/own-failures.ts';
import { asInWorkflow } from './in-workflow.ts';

type Given = Parameters<ReturnType<typeof visible>['pollVendor']['executeWithOptions']>;
const failure = (type: string) =>
  new ActivityFailure(
    'failed',
    'pollVendor',
    undefined,
    'MAXIMUM_ATTEMPTS_REACHED',
    undefined,
    ApplicationFailure.create({ type, message: 'x' }),
  );

/**
 * How an order is given that fails once so: the retries of each time, and whether it was carried
 * out.
 */
async function given(type: string, options: object) {
  const retries: { maximumAttempts?: number; maximumInterval?: string }[] = [];
  const executeWithOptions = ({ retry }: { retry: object }) => {
    retries.push(retry);
    return retries.length === 1 ? Promise.reject(failure(type)) : Promise.resolve('done');
  };
  showOwnFailures(() => () => undefined);
  const orders = visible({ pollVendor: { executeWithOptions } } as unknown as Parameters<
    typeof visible
  >[0]);
  const outcome = await asInWorkflow(() =>
    orders.pollVendor
      .executeWithOptions(options as Given[0], [] as unknown as Given[1])
      .then(String, (error: unknown) => error),
  );
  return { retries, outcome };
}

describe('an order of ours that fails', () => {
  for (const type of ['storage', 'own-fault']) {
    it(`${type}: is not given without end where its attempts are bounded`, async () => {
      const { retries, outcome } = await given(type, { retry: { maximumAttempts: 3 } });
      assert.equal(retries.length, 1);
      assert.ok(outcome instanceof ActivityFailure);
    });
  }

  it('is given again each minute for the storage, and each hour for a fault of ours', async () => {
    for (const [type, longest] of [
      ['storage', '1 minute'],
      ['own-fault', '1 hour'],
    ] as const) {
      const { retries, outcome } = await given(type, {});
      assert.deepEqual([retries[1]?.maximumInterval, outcome], [longest, 'done']);
    }
  });
});
