import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Receipt } from '../../src/contract/receipt.ts';
import { canonicalJson } from '../../src/storage/canonical-json.ts';
import { AT, inNewStore, individual, putTables } from '../package/sample.ts';

const file = (path: string, rows?: number) => ({
  path,
  bytes: 10,
  sha256: 'a'.repeat(64),
  mediaType: 'text/csv',
  ...(rows !== undefined && { rows }),
});
const receipt = (more: Partial<Receipt> = {}): Receipt => ({
  system: 'crm',
  connector: 'core-crm',
  name: 'crm',
  at: AT,
  outcome: 'exported',
  files: [],
  tables: [],
  provenance: {},
  withheldRows: 2,
  notes: [],
  ...more,
});

describe('a receipt in the store', () => {
  it('comes back by its reference, which counts files, bytes, and a table of two formats once', () =>
    inNewStore(async (store) => {
      const kept = receipt({
        files: [
          file('systems/crm/Case.ndjson', 7),
          file('systems/crm/Case.csv', 7),
          file('systems/crm/1/a.pdf'),
        ],
      });
      const ref = await store.putReceipt('R-1', kept);
      assert.deepEqual(
        { ...ref, sha256: '' },
        {
          name: 'crm',
          system: 'crm',
          key: 'work/R-1/receipts/crm.json',
          sha256: '',
          files: 3,
          bytes: 30,
          rows: 7,
          withheldRows: 2,
        },
      );
      assert.deepEqual(await store.getReceipt(ref), kept);
    }));

  it('says by its reference what the system refused to give', () =>
    inNewStore(async (store) => {
      const partial = [
        'Data Cloud refuses to give the field Shape (Shape__c); all others are there.',
      ];
      assert.deepEqual((await store.putReceipt('R-1', receipt({ partial }))).partial, partial);
      assert.ok(!('partial' in (await store.putReceipt('R-1', receipt()))));
    }));

  it('has one text and one hash, whatever the order of its keys', () =>
    inNewStore(async (store) => {
      const one = await store.putReceipt('R-1', receipt({ provenance: { a: 1, b: 2 } }));
      const other = await store.putReceipt('R-1', receipt({ provenance: { b: 2, a: 1 } }));
      assert.deepEqual(one, other);
      assert.equal(
        canonicalJson({ b: [{ d: 1, c: undefined }], a: 'x' }),
        '{"a":"x","b":[{"d":1}]}',
      );
    }));

  it('is refused when it was changed', () =>
    inNewStore(async (store) => {
      const ref = await store.putReceipt('R-1', receipt());
      await writeFile(join(store.directory, ref.key), canonicalJson(receipt({ withheldRows: 0 })));
      await assert.rejects(store.getReceipt(ref), { name: 'ReceiptLost', message: /was changed/ });
    }));

  it('is refused when it is missing, or when its key leads elsewhere', () =>
    inNewStore(async (store) => {
      const ref = await store.putReceipt('R-1', receipt());
      await assert.rejects(store.getReceipt({ ...ref, key: 'work/R-1/receipts/other.json' }), {
        name: 'ReceiptLost',
      });
      await assert.rejects(store.getReceipt({ ...ref, key: 'records/R-1.json' }), {
        name: 'ReceiptLost',
      });
      await assert.rejects(
        store.getReceipt({ ...ref, key: 'work/../receipts/crm.json' }),
        RangeError,
      );
    }));

  for (const name of ['data-cloud/default/ssot__Individual__dlm', '..', 'a:b c', 'é', '.x']) {
    it(`may have any name: ${name}`, () =>
      inNewStore(async (store) => {
        const ref = await store.putReceipt('R-1', receipt({ name }));
        assert.equal((await store.getReceipt(ref)).name, name);
      }));
  }

  it('names no file that could lie outside a package', () =>
    inNewStore(async (store) => {
      await assert.rejects(
        store.putReceipt('R-1', receipt({ files: [file('../x.csv')] })),
        RangeError,
      );
    }));
});

describe('the record of a request', () => {
  it('is claimed by the first run, known to it again, and taken for every other', () =>
    inNewStore(async (store) => {
      assert.equal(
        await store.claimRecord('R-1', { runId: 'run-1', at: AT, law: 'gdpr' }),
        'claimed',
      );
      assert.equal(
        await store.claimRecord('R-1', { runId: 'run-1', at: '2026-11-24T00:00:00.000Z' }),
        'same-run',
      );
      assert.equal(await store.claimRecord('R-1', { runId: 'run-2', at: AT }), 'taken');
      assert.deepEqual(await store.readRecord('R-1'), { runId: 'run-1', at: AT, law: 'gdpr' });
      assert.equal(await store.readRecord('R-2'), undefined);
    }));

  it('goes to exactly one of many runs that begin at once', () =>
    inNewStore(async (store) => {
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.claimRecord('R-1', { runId: `run-${index}`, at: AT }),
        ),
      );
      assert.equal(claims.filter((claim) => claim === 'claimed').length, 1);
      assert.equal(claims.filter((claim) => claim === 'taken').length, 19);
    }));

  it('and the deletion receipt stay when all else of the request is deleted', () =>
    inNewStore(async (store) => {
      await store.claimRecord('R-1', { runId: 'run-1', at: AT });
      await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, [individual]);
      await putTables(store, 'R-2', { name: 'data-cloud', system: 'data-cloud' }, [individual]);
      await store.writeLetter('R-1', 'acme-mail.md', '# Dear Acme\n');
      await store.inboxFolder('R-1', 'acme-mail');
      await writeFile(join(store.directory, 'inbox/R-1/acme-mail/export.zip'), 'PK');
      const removed = await store.removeRequest('R-1');
      assert.equal(removed.files, 5);
      assert.ok(removed.bytes > 0);
      const path = await store.putDeletionReceipt('R-1', { deletedAt: AT, ...removed });
      assert.equal(path, join(store.directory, 'records/R-1.deletion.json'));
      assert.deepEqual(await store.readDeletionReceipt('R-1'), { deletedAt: AT, ...removed });
      assert.equal(await store.claimRecord('R-1', { runId: 'run-2', at: AT }), 'taken');
      await assert.rejects(stat(join(store.directory, 'work/R-1')), { code: 'ENOENT' });
      await stat(join(store.directory, 'work/R-2'));
      assert.deepEqual(await store.removeRequest('R-1'), { files: 0, bytes: 0 });
    }));
});

describe('deleting', () => {
  it('takes the archives of one request and not those of another that begins alike', () =>
    inNewStore(async (store) => {
      await mkdir(join(store.directory, 'packages'), { recursive: true });
      for (const name of [
        'R-1.zip',
        'R-1.zip.sha256',
        'R-1.s1.zip',
        '.R-1.zip.abc.part',
        'R-10.zip',
        'R-1-b.zip',
      ]) {
        await writeFile(join(store.directory, 'packages', name), '12345');
      }
      assert.deepEqual(await store.removePackages('R-1'), { files: 4, bytes: 20 });
      assert.deepEqual(await store.removePackages('R-10'), { files: 1, bytes: 5 });
    }));

  it('leaves packages when only working copies go', () =>
    inNewStore(async (store) => {
      await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, [individual]);
      assert.equal((await store.removeWorking('R-1')).files, 3);
      await assert.rejects(stat(join(store.directory, 'work/R-1')), { code: 'ENOENT' });
    }));
});

describe('a letter', () => {
  it('lies in the outbox for an operator', () =>
    inNewStore(async (store) => {
      const path = await store.writeLetter('R-1', 'acme-mail.md', '# Dear Acme\n');
      assert.equal(path, join(store.directory, 'outbox/R-1/acme-mail.md'));
      assert.equal(await readFile(path, 'utf8'), '# Dear Acme\n');
      await assert.rejects(store.writeLetter('R-1', '../x.md', ''), RangeError);
    }));
});

describe('the disk', () => {
  it('says how much may still be written', () =>
    inNewStore(async (store) => {
      assert.ok((await store.freeSpace()) > 0);
    }));
});
