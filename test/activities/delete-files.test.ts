import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { deleteFiles } from '../../src/activities/delete-files.ts';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { Deleted, DeleteInput } from '../../src/activities/inputs.ts';
import { AT, inNewStore, individual, putTables } from '../package/sample.ts';

const order: DeleteInput = {
  requestId: 'R-1',
  why: 'the request was withdrawn',
  at: AT as DeleteInput['at'],
  as: 'withdrawn',
};

describe('what a run took in that was reset after its request had ended', () => {
  for (const [how, more] of [
    ['the deletion tells', {}],
    ['the request knows', { endedBefore: true, as: 'refused' }],
  ] as const) {
    it(`is deleted, and the letters of the former run stay, where ${how}`, () =>
      inNewStore(async (store) => {
        await store.putDeletionReceipt('R-1', {
          requestId: 'R-1',
          as: 'withdrawn',
          run: 'a former run',
          files: 4,
          bytes: 40,
          at: AT,
        });
        await store.writeLetter('R-1', '001-withdrawal.md', '# Dear Ana\n');
        await store.inboxFolder('R-1', 'acme-mail');
        await writeFile(join(store.directory, 'inbox/R-1/acme-mail/export.zip'), 'PK');
        await putTables(store, 'R-1', { name: 'crm', system: 'crm' }, [individual]);
        await mkdir(join(store.directory, 'packages'), { recursive: true });
        await writeFile(join(store.directory, 'packages/R-1.zip'), 'PK');
        const deletes = () =>
          new MockActivityEnvironment().run(deleteFiles({ store } as unknown as Dependencies), {
            ...order,
            ...more,
          }) as Promise<Deleted>;
        const { files, before } = await deletes();
        assert.deepEqual([files > 3, before], [true, true]);
        const left = await readdir(store.directory, { recursive: true });
        assert.deepEqual(left.filter((path) => path.includes('R-1')).sort(), [
          'outbox/R-1',
          'outbox/R-1/001-withdrawal.md',
          'records/R-1.deletion.json',
        ]);
        const receipt = await store.readDeletionReceipt('R-1');
        assert.deepEqual([receipt?.run, receipt?.files], ['a former run', 4 + files]);
        assert.equal((await deletes()).files, 0);
      }));
  }
});
