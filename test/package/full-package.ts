import type { GapReason } from '../../src/contract/status.ts';
import type { ToPackage } from '../../src/package/build.ts';
import { GAP_WORDS } from '../../src/package/words.ts';
import type { Store } from '../../src/storage/filesystem.ts';
import { individual, order, putFile, putTables, text, type SampleTable } from './sample.ts';

/**
 * The same kinds of records in two profiles and in a cloud: narrow, tall, wide, empty, with
 * technical columns.
 */
const tablesOf = (folder: string): SampleTable[] => {
  const wide = Array.from({ length: 9 }, (_, index) => text(`f${index}`, `Field ${index}`));
  const row = (index: number) =>
    Object.fromEntries(wide.map(({ name }) => [name, `${name}-${index}`]));
  return [
    { ...individual, path: `${folder}/Individual` },
    {
      path: `${folder}/Clicks`,
      label: 'Clicks',
      fields: [text('id', 'ID'), text('name', 'Name'), text('KQ_id__c', 'Key')],
      rows: Array.from({ length: 60 }, (_, index) => ({
        id: `${index}`,
        name: 'n',
        KQ_id__c: 'q',
      })),
    },
    {
      path: `${folder}/Orders`,
      label: 'Orders',
      fields: wide,
      rows: Array.from({ length: 14 }, (_, index) => row(index)),
    },
    { path: `${folder}/Loyalty`, label: 'Loyalty', fields: wide, rows: [] },
  ];
};

/**
 * A package in which everything stands that one can have: two profiles, a cloud, vendors' files of
 * odd names and shapes, every gap.
 */
export async function fullPackage(store: Store): Promise<ToPackage> {
  const receipts = [
    await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, [
      ...tablesOf('profiles/1'),
      ...tablesOf('profiles/2'),
    ]),
    await putTables(
      store,
      'R-1',
      { name: 'crm', system: 'crm', connector: 'core-crm' },
      tablesOf('systems/crm'),
    ),
    await putFile(
      store,
      'R-1',
      { name: 'acme-1', system: 'acme-mail', answerId: 'acme-mail-1' },
      'systems/acme-mail/acme-mail-1/report.json',
      '{"fields":[1]}',
      'application/json',
    ),
    await putFile(
      store,
      'R-1',
      { name: 'post-1', system: 'post', answerId: 'post-1' },
      'systems/post/post-1/ragged.csv',
      'a,b\n1,2,3\n4\n',
      'text/csv',
    ),
  ];
  return order(store, receipts, {
    gaps: (Object.keys(GAP_WORDS) as GapReason[]).map((because) => ({
      system: 'loyalty',
      because,
      note: 'until 2026-12-20',
    })),
    withheld: [{ path: 'systems/crm/Orders.ndjson', reason: 'third parties', cite: 'Art. 15(4)' }],
    notes: ['a remark'],
    notIncluded: [{ dataSpace: 'default', object: 'Household', label: 'Household', why: 'shared' }],
    lookups: [
      {
        identifier: 'emails[0]',
        dataSpace: 'default',
        ruleset: 'Ir01',
        partyIds: 2,
        outcome: 'found',
      },
    ],
    profiles: [1, 2].map((number) => ({
      number,
      dataSpace: 'default',
      dataSource: 'CRM_1',
      partyId: `P-${number}`,
      keyQualifier: '',
    })),
  });
}
