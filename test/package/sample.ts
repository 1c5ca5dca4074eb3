import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FieldDescription, Receipt, ReceiptRef } from '../../src/contract/receipt.ts';
import { openStore, type Store } from '../../src/storage/filesystem.ts';
import type { ToPackage } from '../../src/package/build.ts';

export const AT = '2026-11-23T09:15:00.000Z';

export async function inNewStore<Result>(use: (store: Store) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'dossier-store-'));
  try {
    return await use(openStore(directory));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

export interface SampleTable {
  readonly path: string;
  readonly label: string;
  readonly fields: readonly FieldDescription[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export const text = (name: string, label: string): FieldDescription => ({
  name,
  label,
  type: 'text',
});

const cell = (value: unknown) => {
  const given = value ?? '';
  const plain = typeof given === 'string' ? given : JSON.stringify(given);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

export async function putTables(
  store: Store,
  requestId: string,
  receipt: Partial<Receipt> & { name: string; system: string },
  tables: readonly SampleTable[],
): Promise<ReceiptRef> {
  const sink = store.sink(requestId);
  const files: Receipt['files'][number][] = [];
  for (const { path, fields, rows } of tables) {
    const table = path.split('/').at(-1) ?? path;
    const ndjson = await sink.open(`${path}.ndjson`, { mediaType: 'application/x-ndjson', table });
    const csv = await sink.open(`${path}.csv`, { mediaType: 'text/csv', table });
    await csv.write(`${fields.map(({ name }) => cell(name)).join(',')}\r\n`);
    for (const row of rows) {
      await ndjson.write(`${JSON.stringify(row)}\n`);
      await csv.write(`${fields.map(({ name }) => cell(row[name])).join(',')}\r\n`);
    }
    files.push(await ndjson.finish(rows.length), await csv.finish(rows.length));
  }
  return store.putReceipt(requestId, {
    connector: receipt.system,
    at: AT,
    outcome: 'exported',
    provenance: {},
    withheldRows: 0,
    notes: [],
    ...receipt,
    files,
    tables: tables.map(({ path, label, fields }) => ({
      name: path.split('/').at(-1) ?? path,
      label,
      fields,
    })),
  });
}

export async function putFile(
  store: Store,
  requestId: string,
  receipt: {
    name: string;
    system: string;
    answerId: string;
  },
  path: string,
  content: string | Uint8Array,
  mediaType: string,
): Promise<ReceiptRef> {
  const file = await store.sink(requestId).open(path, { mediaType });
  await file.write(content);
  return store.putReceipt(requestId, {
    connector: 'manual',
    at: AT,
    outcome: 'delivered',
    provenance: {},
    withheldRows: 0,
    notes: [],
    tables: [],
    ...receipt,
    files: [await file.finish()],
  });
}

export function order(
  store: Store,
  receipts: readonly ReceiptRef[],
  more: Partial<ToPackage> = {},
): ToPackage {
  return {
    store,
    receipts,
    withheld: [],
    gaps: [],
    lookups: [],
    notIncluded: [],
    notes: [],
    at: AT,
    profiles: [{ number: 1, dataSpace: 'default', dataSource: 'CRM_1' }],
    request: {
      requestId: 'R-1',
      type: 'access',
      law: 'gdpr',
      lawTitle: 'General Data Protection Regulation (EU) 2016/679',
      receivedOn: '2026-11-20',
      answerBy: '2026-12-20',
    },
    ...more,
  };
}

export const individual: SampleTable = {
  path: 'profiles/1/ssot__Individual__dlm',
  label: 'Individual',
  fields: [
    text('ssot__Id__c', 'Individual ID'),
    text('ssot__FirstName__c', 'First name'),
    text('ssot__Note__c', 'Note'),
  ],
  rows: [
    { ssot__Id__c: 'P-1', ssot__FirstName__c: 'Ana', ssot__Note__c: 'said "hello",\nand left' },
  ],
};

export async function smallPackage(store: Store, more: Partial<ToPackage> = {}) {
  const receipts = [
    await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, [individual]),
    await putFile(
      store,
      'R-1',
      { name: 'acme-1', system: 'acme-mail', answerId: 'acme-mail-1' },
      'systems/acme-mail/acme-mail-1/mails.txt',
      'Hello Ana\n'.repeat(20),
      'text/plain',
    ),
  ];
  return order(store, receipts, more);
}
