import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import type { NumberedProfile } from '../../../src/connectors/data-cloud/export/split-rows.ts';
import type { ConnectorContext } from '../../../src/connectors/spi.ts';
import type { ObjectMap } from '../../../src/contract/object-map.ts';
import { profile } from '../fixture.ts';
import { AT, stand, type Stand } from '../stand.ts';

const person = (id: string, source: string, qualifier?: string) => ({
  ssot__Id__c: id,
  ssot__DataSourceId__c: source,
  ...(qualifier && { KQ_Id__c: qualifier }),
});
const order = (id: string, party: string, source: string, more: object = {}) => ({
  ssot__Id__c: id,
  ssot__SoldToCustomerId__c: party,
  ssot__DataSourceId__c: source,
  ...more,
});
const line = (id: string, of: string, more: object = {}) => ({
  ssot__Id__c: id,
  ssot__SalesOrderId__c: of,
  ...more,
});

const seed = JSON.stringify({
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        person('P-1', 'CRM_1', 'crm'),
        person('P-2', 'WEB_1'),
        person('880', 'MAIL_1', 'mail'),
        person('880', 'WEB_1', 'web'),
        person('TWIN', 'CRM_1'),
        person('TWIN', 'WEB_1'),
        person('P-9', 'WEB_1'),
        person('P-4', 'WEB_1'),
        person('77', 'WEB_1'),
        person('77', 'MAIL_1', 'mail'),
      ],
      ssot__SalesOrder__dlm: [
        order('O-1', 'P-1', 'CRM_1', {
          KQ_SoldToCustomerId__c: 'crm',
          ssot__GrandTotalAmount__c: '@BIG@',
          ssot__ConfirmationRecipientEmailtext__c: '=HYPERLINK("x")',
        }),
        order('O-2', 'P-2', 'POS_1', {
          ssot__GrandTotalAmount__c: -5.5,
          ssot__ConfirmationRecipientEmailtext__c: 'a "b",\nc',
        }),
        order('O-3', '880', 'MAIL_1', { KQ_SoldToCustomerId__c: 'mail' }),
        order('O-4', '880', 'WEB_1', { KQ_SoldToCustomerId__c: 'web' }),
        order('O-5', '880', 'MAIL_1'),
        order('O-6', '880', 'POS_1'),
        order('O-7', '880', 'MAIL_1', { KQ_SoldToCustomerId__c: 'other' }),
        order('O-8', 'TWIN', 'CRM_1'),
        order('O-9', 'TWIN', 'WEB_1'),
        order('O-10', 'TWIN', 'POS_1'),
        order('O-11', 'P-9', 'WEB_1'),
        order('O-12', 'P-1', 'CRM_1', { KQ_SoldToCustomerId__c: 'wrong' }),
        order('O-13', '77', 'WEB_1'),
        order('O-14', '77', 'MAIL_1'),
        order('O-15', '77', ''),
        order('O-16', '77', 'MAIL_1', { KQ_SoldToCustomerId__c: 'mail' }),
        order('DUP', 'P-2', 'WEB_1'),
        order('DUP', 'P-9', 'CRM_1'),
        order('HALF', 'P-4', 'WEB_1'),
        order('HALF', 'P-9', 'MAIL_1', { KQ_Id__c: 'mail' }),
      ],
      ssot__SalesOrderProduct__dlm: [
        line('L-1', 'O-1'),
        line('L-2', 'O-2'),
        line('L-3', 'O-11'),
        line('L-4', 'O-10'),
        line('L-5', 'DUP', { ssot__DataSourceId__c: 'WEB_1' }),
        line('L-6', 'DUP', { ssot__DataSourceId__c: 'CRM_1' }),
        line('L-7', 'DUP', { ssot__DataSourceId__c: 'POS_1' }),
        line('L-8', 'HALF', { ssot__DataSourceId__c: 'WEB_1' }),
        line('L-9', 'HALF', { ssot__DataSourceId__c: 'MAIL_1' }),
        line('L-10', 'HALF'),
        line('L-11', 'HALF', { ssot__DataSourceId__c: 'MAIL_1', KQ_SalesOrderId__c: 'mail' }),
      ],
    },
  },
  paging: { firstPage: 3, page: 4 },
}).replace('"@BIG@"', '12345678901234567890.125');

describe('exporting an object', () => {
  let at: Stand;
  let map: ObjectMap;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-seed-'));
    await writeFile(join(folder, 'seed.json'), seed);
    at = await stand(join(folder, 'seed.json'));
    map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
  });
  after(async () => {
    await at.stop();
    await rm(folder, { recursive: true });
  });

  const exporting = async (
    name: string,
    profiles: readonly NumberedProfile[],
    more: Partial<ConnectorContext> = {},
  ) => {
    const object = map.objects.find((it) => it.name === name);
    assert.ok(object);
    const receipt = await exportObject(
      at.salesforce,
      {
        object,
        dataSpace: 'default',
        profiles,
        siblings: await siblings(at.salesforce, map, profiles),
      },
      at.context('data-cloud', more),
    );
    const ids: Record<number, unknown[]> = {};
    for (const { number } of profiles) {
      const path = `profiles/${number}/${name}.ndjson`;
      if (receipt.files.some((file) => file.path === path)) {
        ids[number] = (await at.rows(path)).map((row) => row.ssot__Id__c).toSorted();
      }
    }
    return { receipt, ids };
  };
  const numbered = (
    number: number,
    partyId: string,
    dataSource: string,
    keyQualifier = '',
  ): NumberedProfile => ({ ...profile({ partyId, dataSource, keyQualifier }), number });

  it(
    'gives each row to its profile by party ID and key qualifier, then by data source, and ' +
      'withholds what cannot be told',
    async () => {
      const { receipt, ids } = await exporting('ssot__SalesOrder__dlm', [
        numbered(1, 'P-1', 'CRM_1', 'crm'),
        numbered(2, 'P-2', 'WEB_1'),
        numbered(3, '880', 'MAIL_1', 'mail'),
        numbered(4, 'TWIN', 'CRM_1'),
      ]);
      assert.deepEqual(ids, { 1: ['O-1'], 2: ['DUP', 'O-2'], 3: ['O-3', 'O-5'], 4: ['O-8'] });
      assert.equal(receipt.withheldRows, 4);
      assert.deepEqual(receipt.rowsPerProfile, { 1: 1, 2: 2, 3: 2, 4: 1 });
    },
  );

  it('does not count rows of other people as withheld', async () => {
    const { receipt, ids } = await exporting('ssot__SalesOrder__dlm', [
      numbered(1, '880', 'WEB_1', 'web'),
    ]);
    assert.deepEqual([ids, receipt.withheldRows], [{ 1: ['O-4'] }, 2]);
  });

  it(
    'gives rows of a second step to the profile of their parent, and by data source where ' +
      'parents share a key',
    async () => {
      const { receipt, ids } = await exporting('ssot__SalesOrderProduct__dlm', [
        numbered(1, 'P-1', 'CRM_1', 'crm'),
        numbered(2, 'P-2', 'WEB_1'),
      ]);
      assert.deepEqual(ids, { 1: ['L-1'], 2: ['L-2', 'L-5'] });
      assert.equal(receipt.withheldRows, 1);
    },
  );

  it('withholds rows without key qualifier that may be from the source of another person, who has one', async () => {
    const orders = await exporting('ssot__SalesOrder__dlm', [numbered(1, '77', 'WEB_1')]);
    assert.deepEqual([orders.ids, orders.receipt.withheldRows], [{ 1: ['O-13'] }, 2]);
    const lines = await exporting('ssot__SalesOrderProduct__dlm', [numbered(1, 'P-4', 'WEB_1')]);
    assert.deepEqual([lines.ids, lines.receipt.withheldRows], [{ 1: ['L-8'] }, 2]);
  });

  it('keeps the names and the digits of the system', async () => {
    const profiles = [numbered(1, 'P-1', 'CRM_1', 'crm')];
    await exporting('ssot__SalesOrder__dlm', profiles);
    const text = await at.text('profiles/1/ssot__SalesOrder__dlm.ndjson');
    assert.ok(text.includes('"ssot__GrandTotalAmount__c":12345678901234567890.125000000000000000'));
    assert.ok(text.includes('"ssot__OrderStartDate__c":null'));
  });

  it('writes a table for spreadsheets that runs no formula', async () => {
    await exporting('ssot__SalesOrder__dlm', [
      numbered(1, 'P-1', 'CRM_1', 'crm'),
      numbered(2, 'P-2', 'WEB_1'),
    ]);
    const [first, second] = [
      await at.text('profiles/1/ssot__SalesOrder__dlm.csv'),
      await at.text('profiles/2/ssot__SalesOrder__dlm.csv'),
    ];
    assert.ok(first.startsWith('\uFEFFssot__Id__c,'));
    assert.ok(
      first.includes('"\'=HYPERLINK(""x"")"') && first.includes(',12345678901234567890.125,'),
    );
    assert.ok(
      second.includes('"a ""b"",\nc"') && second.includes(',-5.5,') && second.endsWith('\r\n'),
    );
  });

  it('opens no file for a profile without rows, and says that nothing is held', async () => {
    const { receipt } = await exporting('ssot__ContactPointPhone__dlm', [
      numbered(1, 'P-1', 'CRM_1', 'crm'),
    ]);
    assert.deepEqual(
      [receipt.outcome, receipt.files, receipt.rowsPerProfile],
      ['nothing-held', [], { 1: 0 }],
    );
  });

  it('gives a receipt with provenance and the description of its table', async () => {
    const { receipt } = await exporting('ssot__Individual__dlm', [
      numbered(1, 'P-1', 'CRM_1', 'crm'),
    ]);
    const { tables, provenance, ...rest } = receipt;
    assert.deepEqual(
      {
        ...rest,
        files: rest.files.map(({ path, rows, mediaType, table }) => ({
          path,
          rows,
          mediaType,
          table,
        })),
      },
      {
        system: 'data-cloud',
        connector: 'data-cloud',
        name: 'data-cloud-default-ssot__Individual__dlm',
        at: AT,
        outcome: 'exported',
        dataSpace: 'default',
        withheldRows: 0,
        notes: [],
        rowsPerProfile: { 1: 1 },
        files: [
          ['ndjson', 'application/x-ndjson'],
          ['csv', 'text/csv'],
        ].map(([ending, mediaType]) => ({
          path: `profiles/1/ssot__Individual__dlm.${ending}`,
          rows: 1,
          mediaType,
          table: 'ssot__Individual__dlm',
        })),
      },
    );
    assert.deepEqual(
      tables[0]?.fields.find(({ name }) => name === 'ssot__FirstName__c'),
      { name: 'ssot__FirstName__c', label: 'First Name', type: 'STRING' },
    );
    assert.equal(provenance.api, '/services/data/v67.0/ssot/query-sql');
    assert.ok(String(provenance.queryId).length > 5 && !JSON.stringify(provenance).includes('P-1'));
  });

  it('asks once for hundreds of profiles, and goes on in pieces beyond', async () => {
    const many = Array.from({ length: 450 }, (_, index) =>
      numbered(index + 1, index === 449 ? 'P-2' : `NONE-${index}`, 'WEB_1'),
    );
    const key = 'core POST /services/data/:version/ssot/query-sql';
    const before = (await at.calls())[key] ?? 0;
    const { receipt, ids } = await exporting('ssot__SalesOrder__dlm', many);
    assert.deepEqual(ids, { 450: ['DUP', 'O-2'] });
    assert.equal(receipt.rowsPerProfile[450], 2);
    assert.equal(((await at.calls())[key] ?? 0) - before, 3 + 1);
  });

  it('starts anew where the result or the files of the last attempt are gone', async () => {
    const profiles = [numbered(1, 'P-1', 'CRM_1', 'crm'), numbered(2, 'P-2', 'WEB_1')];
    const whole = await exporting('ssot__SalesOrder__dlm', profiles);
    const beats: { query: { queryId: string } | null; tables: { ndjson: number }[] }[] = [];
    await exporting('ssot__SalesOrder__dlm', profiles, {
      heartbeat: (details) => {
        beats.push(structuredClone(details) as (typeof beats)[number]);
      },
    });
    const last = beats.findLast(({ query }) => query !== null);
    for (const resume of [
      { ...last, query: { ...last?.query, queryId: 'gone' } },
      { ...last, tables: last?.tables.map((table) => ({ ...table, ndjson: 1_000_000 })) },
      { nonsense: true },
    ]) {
      assert.deepEqual(
        (await exporting('ssot__SalesOrder__dlm', profiles, { resume })).receipt.files,
        whole.receipt.files,
      );
    }
  });

  it('heartbeats hold no personal data', async () => {
    const beats: unknown[] = [];
    await exporting('ssot__SalesOrder__dlm', [numbered(1, 'P-1', 'CRM_1', 'crm')], {
      heartbeat: (details) => {
        beats.push(structuredClone(details));
      },
    });
    assert.ok(beats.length > 0 && !JSON.stringify(beats).includes('P-1'));
  });
});
