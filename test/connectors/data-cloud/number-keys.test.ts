import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import { locate } from '../../../src/connectors/data-cloud/locate/locate.ts';
import type { NumberedProfile } from '../../../src/connectors/data-cloud/export/split-rows.ts';
import type { Salesforce } from '../../../src/salesforce/create-salesforce.ts';
import type { QueryWay } from '../../../src/salesforce/data-cloud-query.ts';
import { profile } from '../fixture.ts';
import { AT, stand, type Stand } from '../stand.ts';

const source = (dataSource: string) => ({ ssot__DataSourceId__c: dataSource });
const person = (id: string, dataSource: string) => ({ ssot__Id__c: id, ...source(dataSource) });
const WIDE = `W_${'x'.repeat(70)}`;

const seed = {
  dataCloud: {
    default: {
      ssot__Individual__dlm: [
        person('P-1', 'WEB_1'),
        person('P-2', 'CRM_1'),
        person('880', 'WEB_1'),
        person('0042', 'WEB_1'),
        person('42', 'CRM_1'),
      ],
      ssot__ContactPointEmail__dlm: [
        ['T', 'ana@example.com\t', 'P-1'],
        ['R', 'ana@example.com\r', 'P-2'],
        ['N', '\u00a0ana@example.com', '880'],
        ['I', '\u0130PEK@EXAMPLE.COM', '42'],
        ['S', '\u039c\u0391\u03a1\u0399\u0391\u03a3@example.com', '0042'],
      ].map(([id, address, party]) => ({
        ssot__Id__c: id,
        ssot__PartyId__c: party,
        ssot__EmailAddress__c: address,
      })),
      ssot__ContactPointPhone__dlm: [
        {
          ssot__Id__c: 'C1',
          ssot__PartyId__c: 'P-1',
          ssot__TelephoneNumber__c: '\u00a0+49 (30) 555-01\r',
        },
      ],
      ssot__PartyIdentification__dlm: [
        {
          ssot__Id__c: 'I1',
          ssot__PartyId__c: 'P-2',
          ssot__IdentificationNumber__c: '\u2003L-77\r\n',
          ssot__IdentificationName__c: 'Loyalty Number',
        },
      ],
      Order__dlm: [
        { OrderNo__c: 5, BuyerId__c: 'P-1', ...source('WEB_1') },
        { OrderNo__c: 5, BuyerId__c: 'P-2', ...source('CRM_1') },
        { OrderNo__c: 6, BuyerId__c: 'P-1', ...source('WEB_1') },
      ],
      Line__dlm: [
        { LineId__c: 'L1', OrderNo__c: 5, Quantity__c: -5.5, ...source('WEB_1') },
        { LineId__c: 'L2', OrderNo__c: 5, Quantity__c: 100, ...source('CRM_1') },
        { LineId__c: 'L3', OrderNo__c: 6, Quantity__c: 1.25, ...source('WEB_1') },
      ],
      Note__dlm: [
        { NoteId__c: 'N1', OrderText__c: '6' },
        { NoteId__c: 'N2', OrderText__c: '5' },
        { NoteId__c: 'N3', OrderText__c: '06' },
      ],
      Visit__dlm: [
        { VisitId__c: 'V1', CustomerNo__c: 880, [WIDE]: 'a', [`${WIDE}_b`]: 'b' },
        { VisitId__c: 'V2', CustomerNo__c: 42 },
        { VisitId__c: 'V3', CustomerNo__c: 7 },
      ].map((row) => ({ ...row, ...source('WEB_1') })),
    },
  },
  metadata: {
    Order__dlm: {
      primaryKey: 'OrderNo__c',
      relationships: [{ field: 'BuyerId__c', to: 'ssot__Individual__dlm' }],
    },
    Line__dlm: {
      primaryKey: 'LineId__c',
      relationships: [{ field: 'OrderNo__c', to: 'Order__dlm' }],
    },
    Note__dlm: {
      primaryKey: 'NoteId__c',
      relationships: [{ field: 'OrderText__c', to: 'Order__dlm' }],
    },
    Visit__dlm: {
      primaryKey: 'VisitId__c',
      relationships: [{ field: 'CustomerNo__c', to: 'ssot__Individual__dlm' }],
    },
  },
};

describe('keys that are numbers', () => {
  let at: Stand;
  before(async () => {
    at = await stand(seed);
  });
  after(() => at.stop());

  const connected = new Map<QueryWay, Salesforce>();
  const by = (query: QueryWay): Salesforce => {
    const salesforce = connected.get(query) ?? at.connect({ query, ca: at.simulator.ca });
    connected.set(query, salesforce);
    return salesforce;
  };

  const numbered = (number: number, partyId: string, dataSource: string): NumberedProfile => ({
    ...profile({ partyId, dataSource }),
    number,
  });
  const exporting = async (
    name: string,
    profiles: readonly NumberedProfile[],
    { query = 'connect', untold = false }: { query?: QueryWay; untold?: boolean } = {},
  ) => {
    const salesforce = by(query);
    const map = await discover(salesforce, 'default', { exclude: [], rulesets: 'auto' });
    const told = map.objects.find((it) => it.name === name);
    assert.ok(told);
    const object = untold
      ? {
          ...told,
          personFields: told.personFields.map(({ field, keyQualifier }) => ({
            field,
            keyQualifier,
          })),
        }
      : told;
    const receipt = await exportObject(
      salesforce,
      {
        object,
        dataSpace: 'default',
        profiles,
        siblings: await siblings(salesforce, map, profiles),
      },
      at.context('data-cloud'),
    );
    const ids: Record<number, unknown[]> = {};
    for (const { number } of profiles) {
      if (receipt.files.some(({ path }) => path.startsWith(`profiles/${number}/`))) {
        ids[number] = (await at.rows(`profiles/${number}/${name}.ndjson`))
          .map((row) => Object.values(row).find((value) => /^[A-Z]\d$/.test(String(value))))
          .toSorted();
      }
    }
    return { ids, receipt };
  };

  for (const query of ['connect', 'v3', 'v2'] as const) {
    it(`never give another person's rows of a parent whose key both have, by ${query}`, async () => {
      const { ids, receipt } = await exporting('Line__dlm', [numbered(1, 'P-1', 'WEB_1')], {
        query,
      });
      assert.deepEqual([ids, receipt.withheldRows], [{ 1: ['L1', 'L3'] }, 0]);
    });

    it(
      'give the rows of a person by a field of numbers, and do not fail for an ID that is ' +
        `none, by ${query}`,
      async () => {
        const { ids, receipt } = await exporting(
          'Visit__dlm',
          [numbered(1, '880', 'WEB_1'), numbered(2, 'P-1', 'WEB_1')],
          { query },
        );
        assert.deepEqual(
          [ids, receipt.withheldRows, receipt.partial],
          [{ 1: ['V1'] }, 0, undefined],
        );
      },
    );

    it(`are numbers in all files, by ${query}`, async () => {
      await exporting('Line__dlm', [numbered(1, 'P-1', 'WEB_1')], { query });
      const ndjson = await at.text('profiles/1/Line__dlm.ndjson');
      assert.ok(
        ndjson.includes('"Quantity__c":-5.500000000000000000') &&
          ndjson.includes('"Quantity__c":1.250000000000000000'),
        ndjson,
      );
      const csv = await at.text('profiles/1/Line__dlm.csv');
      assert.ok(csv.includes(',-5.5,') && csv.includes(',1.25,') && !csv.includes('000'), csv);
    });
  }

  it('withhold what may be of either of two people whose IDs are one number', async () => {
    for (const own of [numbered(1, '0042', 'WEB_1'), numbered(1, '42', 'CRM_1')]) {
      const { ids, receipt } = await exporting('Visit__dlm', [
        own,
        numbered(2, own.partyId === '42' ? '0042' : '42', 'MAIL_1'),
      ]);
      assert.deepEqual([ids, receipt.withheldRows], [{}, 1]);
    }
  });

  it('do not fail where metadata call the field a text: IDs that are no numbers are named', async () => {
    const { ids, receipt } = await exporting(
      'Visit__dlm',
      [numbered(1, '880', 'WEB_1'), numbered(2, 'P-1', 'WEB_1')],
      { untold: true },
    );
    assert.deepEqual(ids, { 1: ['V1'] });
    assert.deepEqual(receipt.partial, [
      'Its people are told by numbers, and 1 party ID(s) are none: Data Cloud refuses to look for these.',
    ]);
  });

  it('fail by name where a query is refused once, whatever the IDs are: a retry reads all', async () => {
    const profiles = [numbered(1, '880', 'WEB_1'), numbered(2, 'P-1', 'WEB_1')];
    const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
    const object = map.objects.find(({ name }) => name === 'Order__dlm');
    assert.ok(object);
    const all = await siblings(at.salesforce, map, profiles);
    await at.fault('^core POST .*query-sql', 'bad-request', { times: 1 });
    await assert.rejects(
      exportObject(
        at.salesforce,
        { object, dataSpace: 'default', profiles, siblings: all },
        at.context('data-cloud'),
      ),
      { name: 'SystemFailure' },
    );
    await at.clear();
    const { ids, receipt } = await exporting('Order__dlm', profiles);
    assert.deepEqual(
      [receipt.partial, receipt.rowsPerProfile, Object.keys(ids)],
      [undefined, { 1: 0, 2: 2 }, ['2']],
    );
  });

  it('are compared with texts that refer to them', async () => {
    const { ids, receipt } = await exporting('Note__dlm', [numbered(1, 'P-1', 'WEB_1')]);
    assert.deepEqual([ids, receipt.withheldRows], [{ 1: ['N1'] }, 1]);
  });

  it('have fields of any length beside them', async () => {
    await exporting('Visit__dlm', [numbered(1, '880', 'WEB_1')]);
    const [row] = await at.rows('profiles/1/Visit__dlm.ndjson');
    assert.deepEqual([row?.[WIDE], row?.[`${WIDE}_b`]], ['a', 'b']);
  });

  it('leave a field out that is refused, and name it', async () => {
    const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
    const told = map.objects.find(({ name }) => name === 'Visit__dlm');
    assert.ok(told);
    const object = {
      ...told,
      fields: [
        ...told.fields.slice(0, 2),
        { name: 'Shape__c', label: 'Shape', type: 'STRING' },
        ...told.fields.slice(2),
      ],
    };
    const profiles = [numbered(1, '880', 'WEB_1')];
    const receipt = await exportObject(
      at.salesforce,
      {
        object,
        dataSpace: 'default',
        profiles,
        siblings: await siblings(at.salesforce, map, profiles),
      },
      at.context('data-cloud'),
    );
    assert.deepEqual(receipt.partial, [
      'Data Cloud refuses to give the field Shape (Shape__c); all others are there.',
    ]);
    assert.deepEqual(
      receipt.tables[0]?.fields.map(({ name }) => name),
      told.fields.map(({ name }) => name),
    );
    assert.equal((await at.rows('profiles/1/Visit__dlm.ndjson')).length, 1);
  });

  const finding = async (
    identifiers: Readonly<Record<string, string>>,
    query: QueryWay = 'connect',
  ) => {
    const kinds = {
      emails: 'email',
      phones: 'phone',
      externalIds: 'external-id',
      partyIds: 'party-id',
    } as const;
    const checked = Object.entries(identifiers).map(([name, value]) => ({
      name,
      value,
      kind: kinds[name.split(/[.[]/)[0] as keyof typeof kinds],
      confirmed: true,
    }));
    const { profiles } = await locate(by(query), {
      identifiers: checked,
      dataSpaces: ['default'],
      rulesets: 'auto',
      maxProfiles: 20,
      at: AT,
    });
    return profiles.map(({ partyId }) => partyId).toSorted();
  };

  const spelled: readonly [string, Readonly<Record<string, string>>, readonly string[]][] = [
    [
      'an e-mail address with a tab, a carriage return or a no-break space',
      { 'emails[0]': 'ana@example.com' },
      ['880', 'P-1', 'P-2'],
    ],
    ['a phone number among blanks', { 'phones[0]': '+49 30 55501' }, ['P-1']],
    [
      'a phone number that is given in full-width digits',
      { 'phones[0]': '\uff0b\uff14\uff19 \uff13\uff10 \uff15\uff15\uff15\uff10\uff11' },
      ['P-1'],
    ],
    [
      'a phone number that is given in Arabic digits',
      { 'phones[0]': '\u0664\u0669\u0663\u0660\u0665\u0665\u0665\u0660\u0661' },
      ['P-1'],
    ],
    ['an external ID among blanks', { 'externalIds.loyaltyNumber': 'L-77' }, ['P-2']],
    ['a dotted capital I', { 'emails[0]': '\u0130pek@example.com' }, ['42']],
    [
      'a final sigma',
      { 'emails[0]': '\u03bc\u03b1\u03c1\u03b9\u03b1\u03c2@example.com' },
      ['0042'],
    ],
  ];
  for (const [what, identifiers, parties] of spelled) {
    it(`finds by ${what}`, async () => {
      for (const query of ['connect', 'v3', 'v2'] as const) {
        assert.deepEqual(await finding(identifiers, query), parties);
      }
    });
  }
});
