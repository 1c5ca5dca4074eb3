import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReceiptRef } from '../../src/contract/receipt.ts';
import { requestInput } from '../../src/contract/request.ts';
import { COMMAND_HANDLERS } from '../../src/workflows/commands/index.ts';
import type { RequestRun } from '../../src/workflows/state/request-run.ts';
import {
  addGap,
  addReceipt,
  addTask,
  newState,
  taskOf,
  type State,
} from '../../src/workflows/state/state.ts';
import { asInWorkflow } from './in-workflow.ts';

const receipt = (system: string, name = system) =>
  ({
    requestId: 'R-1',
    system,
    name,
    sha256: 'a'.repeat(64),
    files: 2,
    withheldRows: 0,
  }) as unknown as ReceiptRef;

/** A request of which a system gave a part, and refused another. */
function partlyRefused(
  system: Parameters<typeof addTask>[1],
  ...names: string[]
): { state: State; run: RequestRun } {
  const state = newState(
    requestInput.parse({
      requestId: 'R-1',
      type: 'access',
      subject: { emails: ['ana@example.com'] },
      receivedAt: '2026-11-23',
    }) as unknown as State['request'],
  );
  Object.assign(state, { located: { profiles: [] }, profiles: [], systemsKnown: true });
  Object.assign(state.status, { stage: 'collecting' });
  addTask(state, system);
  addTask(state, { id: 'acme-mail', connector: 'manual', kind: 'vendor', dataSources: [] });
  const task = taskOf(state, system.id);
  assert.ok(task);
  for (const name of names) {
    addReceipt(state, receipt(system.id, name));
  }
  addReceipt(state, receipt('acme-mail'));
  Object.assign(task.status, { state: 'gap', files: 2 });
  return { state, run: { state, scopes: new Map() } as unknown as RequestRun };
}
const names = (state: State) => state.receipts.map(({ name }) => name);

describe('a system that refused a part and is tried again', () => {
  it('is vouched for by no receipt until its files are there anew', async () => {
    const { state, run } = partlyRefused(
      { id: 'crm', connector: 'core-crm', kind: 'cloud', dataSources: [] },
      'crm',
    );
    addGap(state, { system: 'crm', because: 'denied', note: 'Case: no access' });
    const { revision } = state.status;
    await asInWorkflow(() =>
      COMMAND_HANDLERS.retrySystem.apply(run, { system: 'crm', by: 'operator' }),
    );
    assert.deepEqual([names(state), taskOf(state, 'crm')?.status.files], [['acme-mail'], 0]);
    assert.ok(state.status.revision > revision);
  });

  it('keeps the receipts of objects of Data Cloud that are not read anew, and no others', async () => {
    const cloud = {
      id: 'data-cloud',
      connector: 'data-cloud',
      kind: 'data-cloud',
      dataSources: [],
    } as const;
    for (const [restricted, kept] of [
      [false, ['orders', 'acme-mail']],
      [true, ['acme-mail']],
    ] as const) {
      const { state, run } = partlyRefused(cloud, 'orders');
      state.exported = { 'default/Order': receipt('data-cloud', 'orders') };
      addGap(state, {
        system: 'data-cloud',
        because: restricted ? 'restricted' : 'denied',
        note: 'x',
        ...(restricted && { profile: 1 }),
      });
      await asInWorkflow(() =>
        COMMAND_HANDLERS.retrySystem.apply(run, { system: 'data-cloud', by: 'operator' }),
      );
      assert.deepEqual(names(state), kept);
    }
  });
});
