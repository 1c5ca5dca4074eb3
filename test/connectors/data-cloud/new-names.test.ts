import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover, mapObjects } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import { locate } from '../../../src/connectors/data-cloud/locate/locate.ts';
import type { Edge, Entity } from '../../../src/salesforce/metadata.ts';
import { identifier } from '../fixture.ts';
import { AT, stand, type Stand } from '../stand.ts';

/**
 * Every spelling of a standard object's name and of its fields.
 *
 * @see Data 360 DMO and Mapping Guide: "SSOT DMOs" (c360dm-datamodelobjects.md), "Ai Agent Session
 *   DMO" (`std__AiAgentSessionDmo__dlm`, `std__IndividualId__c`), "AI Agent Session Attachment DMO"
 *   (`AiAgentSessionAttachment_std__dlm`, `AiAgentSessionId__c`, `KQ_Id__c`); read 2026-11
 */
const SPELLINGS = {
  legacy: [
    (object: string) => `ssot__${object}__dlm`,
    (field: string) => `ssot__${field}__c`,
    (key: string) => `KQ_${key}__c`,
  ],
  standard: [
    (object: string) => `std__${object}Dmo__dlm`,
    (field: string) => `std__${field}__c`,
    (key: string) => `std__KQ_${key}__c`,
  ],
  suffixed: [
    (object: string) => `${object}_std__dlm`,
    (field: string) => `${field}__c`,
    (key: string) => `KQ_${key}__c`,
  ],
  'in other letters': [
    (object: string) => `std__${object.toLowerCase()}dmo__dlm`,
    (field: string) => `std__${field.toLowerCase()}__c`,
    (key: string) => `KQ_${key.toLowerCase()}__c`,
  ],
  plain: [
    (object: string) => `${object}__dlm`,
    (field: string) => `${field}__c`,
    (key: string) => `KQ_${key}__c`,
  ],
} as const;

/** Objects, their fields, and `field > object` for their edges. */
const MODEL = {
  Individual: [
    'FirstName',
    'LastName',
    'BirthDate',
    'DataSourceId',
    'HomeShopId > Shop',
    'PrimaryAccountId > Account',
  ],
  ContactPointEmail: ['PartyId > Individual', 'EmailAddress', 'DataSourceId'],
  ContactPointPhone: ['PartyId > Individual', 'TelephoneNumber', 'DataSourceId'],
  PartyIdentification: [
    'PartyId > Individual',
    'IdentificationNumber',
    'IdentificationName',
    'DataSourceId',
  ],
  SalesOrder: ['SoldToCustomerId > Individual', 'DataSourceId'],
  SalesOrderProduct: ['SalesOrderId > SalesOrder'],
  Account: ['ContactId > Individual'],
  Invoice: ['AccountId > Account'],
  User: ['IndividualId > Individual'],
  UserNote: ['AuthorId > User'],
  Campaign: ['ManagerId > Individual'],
  CampaignStep: ['CampaignId > Campaign'],
  MessageTemplate: ['MakerId > Individual'],
  TemplateUse: ['TemplateId > MessageTemplate'],
  Shop: ['ManagerId > Individual'],
  ShopVisit: ['ShopId > Shop'],
  Survey: ['IndividualId'],
} as const;

function modelIn([object, field, qualifier]: (typeof SPELLINGS)[keyof typeof SPELLINGS]): {
  entities: Entity[];
  edges: Edge[];
} {
  const edges: Edge[] = [];
  const entities = Object.entries(MODEL).map(([name, fields]): Entity => {
    const names = fields.map((line) => {
      const [own = '', to] = line.split(' > ');
      if (to !== undefined) {
        edges.push({
          from: object(name),
          fromField: field(own),
          to: object(to),
          toField: field('Id'),
          cardinality: 'NTOONE',
        });
      }
      return own;
    });
    const all = [
      field('Id'),
      qualifier('Id'),
      ...names.map(field),
      ...(names.includes('PartyId') ? [qualifier('PartyId')] : []),
    ];
    return {
      name: object(name),
      label: name,
      category: '',
      primaryKey: null,
      edges: [],
      fields: all.map((it) => ({ name: it, label: it, type: 'STRING', keyQualifier: null })),
    };
  });
  return {
    entities: entities.map((entity) => ({
      ...entity,
      edges: edges.filter(({ from, to }) => from === entity.name || to === entity.name),
    })),
    edges,
  };
}

const mapIn = (spelling: keyof typeof SPELLINGS) =>
  mapObjects(
    {
      dataSpace: 'default',
      readAt: AT,
      entities: modelIn(SPELLINGS[spelling]).entities,
      insights: [],
      moreEdges: [],
      mappings: {},
      streams: [],
      lakes: [],
      notes: [],
    },
    { exclude: [], rulesets: 'auto' },
  );

for (const [spelling, [object, field, qualifier]] of Object.entries(SPELLINGS)) {
  describe(`names that are ${spelling}`, () => {
    const map = mapIn(spelling as keyof typeof SPELLINGS);

    it('tell the individual, its fields and key qualifiers', () => {
      assert.deepEqual(map.individual, {
        object: object('Individual'),
        key: { field: field('Id'), keyQualifier: qualifier('Id') },
        dataSourceField: field('DataSourceId'),
        dataSourceObjectField: null,
        givenName: field('FirstName'),
        familyName: field('LastName'),
        birthDate: field('BirthDate'),
      });
    });

    it('tell contact points and identifications', () => {
      const party = { field: field('PartyId'), keyQualifier: qualifier('PartyId') };
      const points = (name: string, value: string) => ({
        object: object(name),
        party,
        values: [field(value)],
        dataSourceField: field('DataSourceId'),
      });
      assert.deepEqual(
        [map.emails, map.phones, map.identifications],
        [
          points('ContactPointEmail', 'EmailAddress'),
          points('ContactPointPhone', 'TelephoneNumber'),
          {
            ...points('PartyIdentification', 'IdentificationNumber'),
            names: [field('IdentificationName')],
          },
        ],
      );
    });

    it("lead through what is a person's own, and never through what many people share", () => {
      const reached = map.objects
        .filter(({ reach }) => reach === 'through')
        .map(({ label }) => label);
      assert.deepEqual(reached, ['SalesOrderProduct']);
    });

    it('say of everything that is left out why', () => {
      assert.deepEqual(
        [
          map.shared.map(({ label }) => label),
          map.guessed.map(({ label }) => label),
          map.unreachable.map(({ label }) => label),
        ],
        [['Invoice'], ['Survey'], ['UserNote', 'CampaignStep', 'TemplateUse', 'ShopVisit']],
      );
    });
  });
}

describe('an individual object', () => {
  const { entities } = modelIn(SPELLINGS.standard);
  const mapOf = (given: readonly Entity[]) =>
    mapObjects(
      {
        dataSpace: 'default',
        readAt: AT,
        entities: given,
        insights: [],
        moreEdges: [],
        mappings: {},
        streams: [],
        lakes: [],
        notes: [],
      },
      { exclude: [], rulesets: 'auto' },
    );

  it('beside another one is that which the edges lead to, and the other one is named', () => {
    const empty = { ...(modelIn(SPELLINGS.legacy).entities[0] as Entity), edges: [] };
    const map = mapOf([empty, ...entities]);
    assert.equal(map.individual.object, 'std__IndividualDmo__dlm');
    assert.deepEqual(map.notes, [
      'The data space default holds people in std__IndividualDmo__dlm and in ' +
        'ssot__Individual__dlm; those that only ssot__Individual__dlm holds are not looked for.',
    ]);
  });

  it('of another name is what the parties of e-mail addresses are', () => {
    const renamed = JSON.parse(
      JSON.stringify(entities).replaceAll('std__IndividualDmo__dlm', 'Guest__dlm'),
    ) as Entity[];
    assert.deepEqual(
      [mapOf(renamed).individual.object, mapOf(renamed).objects.length],
      ['Guest__dlm', mapIn('standard').objects.length],
    );
  });
});

describe('links between profiles', () => {
  const link = (name: string, prefix = ''): Entity => ({
    name,
    label: name,
    category: '',
    primaryKey: `${prefix}SourceRecordId__c`,
    edges: [],
    fields: ['SourceRecordId__c', 'UnifiedRecordId__c'].map((it) => ({
      name: `${prefix}${it}`,
      label: it,
      type: 'STRING',
      keyQualifier: null,
    })),
  });
  const plainEntity = (name: string): Entity => ({
    ...link(name),
    fields: [{ name: 'std__Id__c', label: 'Id', type: 'STRING', keyQualifier: null }],
    primaryKey: 'std__Id__c',
  });
  const rulesetsWith = (...more: Entity[]) =>
    mapObjects(
      {
        dataSpace: 'default',
        readAt: AT,
        entities: [...modelIn(SPELLINGS.standard).entities, ...more],
        insights: [],
        moreEdges: [],
        mappings: {},
        streams: [],
        lakes: [],
        notes: [],
      },
      { exclude: [], rulesets: 'auto' },
    ).rulesets.map(({ id, link: name, linkSource, unified }) => [id, name, linkSource, unified]);

  for (const [name, unified, ruleset] of [
    ['UnifiedLinkssotIndividualIr01__dlm', 'UnifiedssotIndividualIr01__dlm', 'Ir01'],
    ['UnifiedLinkstdIndividualIr01__dlm', 'UnifiedstdIndividualIr01__dlm', 'Ir01'],
    ['IndividualIdentityLink_std__dlm', 'UnifiedIndividual_std__dlm', 'default'],
    ['std__IndividualIdentityLinkDmo__dlm', 'std__UnifiedIndividualDmo__dlm', 'default'],
    ['IndividualIdentityLink__dlm', 'UnifiedIndividual__dlm', 'default'],
  ] as const) {
    it(`are found by the name ${name}`, () =>
      assert.deepEqual(rulesetsWith(link(name, 'std__'), plainEntity(unified)), [
        [ruleset, name, 'std__SourceRecordId__c', unified],
      ]));
  }

  it('are found by their edges whatever their name', () => {
    const edges: Edge[] = [
      {
        from: 'std__IndividualDmo__dlm',
        fromField: 'std__Id__c',
        to: 'Bridge__dlm',
        toField: 'SourceRecordId__c',
        cardinality: 'ONETOONE',
      },
      {
        from: 'Bridge__dlm',
        fromField: 'UnifiedRecordId__c',
        to: 'OnePerson__dlm',
        toField: 'std__Id__c',
        cardinality: 'NTOONE',
      },
    ];
    assert.deepEqual(
      rulesetsWith({ ...link('Bridge__dlm'), edges }, plainEntity('OnePerson__dlm')),
      [['Bridge', 'Bridge__dlm', 'SourceRecordId__c', 'OnePerson__dlm']],
    );
  });
});

describe('a person in data spaces of every generation of names', () => {
  const wired = ['legacy', 'standard', 'suffixed'] as const;
  let at: Stand;
  const spaceIn = (spelling: (typeof wired)[number]) => {
    const [object, field] = SPELLINGS[spelling];
    const row = (values: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name.startsWith('KQ_') ? `${name}__c` : field(name),
          value,
        ]),
      );
    const both = (make: (who: string, letter: string) => Record<string, unknown>) =>
      [
        ['P-1', 'A'],
        ['P-9', 'B'],
      ].map(([who = '', letter = '']) => row({ DataSourceId: 'CRM_1', ...make(who, letter) }));
    return {
      [object('Individual')]: both((who, letter) => ({
        Id: who,
        KQ_Id: 'CRM',
        FirstName: letter,
        HomeShopId: 'S-1',
      })),
      [object('ContactPointEmail')]: both((who, letter) => ({
        Id: `E-${letter}`,
        PartyId: who,
        KQ_PartyId: 'CRM',
        EmailAddress: `${letter}@example.com`,
      })),
      [object('SalesOrder')]: both((who, letter) => ({ Id: `O-${letter}`, SoldToCustomerId: who })),
      [object('SalesOrderProduct')]: both((_who, letter) => ({
        Id: `L-${letter}`,
        SalesOrderId: `O-${letter}`,
      })),
      [object('Shop')]: [row({ Id: 'S-1', IndividualId: 'P-1', DataSourceId: 'CRM_1' })],
      [object('ShopVisit')]: [row({ Id: 'VISIT-OF-B', ShopId: 'S-1', DataSourceId: 'CRM_1' })],
      [object('User')]: [row({ Id: 'U-1', IndividualId: 'P-1', DataSourceId: 'CRM_1' })],
      [object('UserTask')]: [row({ Id: 'TASK-ABOUT-B', UserId: 'U-1', DataSourceId: 'CRM_1' })],
    };
  };
  before(async () => {
    at = await stand({
      dataCloud: Object.fromEntries(wired.map((spelling) => [spelling, spaceIn(spelling)])),
      metadata: Object.fromEntries(
        wired.map((spelling) => [
          SPELLINGS[spelling][0]('Individual'),
          {
            relationships: [
              { field: SPELLINGS[spelling][1]('HomeShopId'), to: SPELLINGS[spelling][0]('Shop') },
            ],
          },
        ]),
      ),
    });
  });
  after(() => at.stop());

  for (const spelling of wired) {
    it(`gets what is theirs where names are ${spelling}, and nothing by way of a shop or a user`, async () => {
      const located = await locate(at.salesforce, {
        identifiers: [identifier('a@example.com')],
        dataSpaces: [spelling],
        rulesets: 'auto',
        maxProfiles: 20,
        at: AT,
      });
      assert.deepEqual(
        located.profiles.map(({ partyId, keyQualifier, dataSource }) => [
          partyId,
          keyQualifier,
          dataSource,
        ]),
        [['P-1', 'CRM', 'CRM_1']],
      );
      const profiles = located.profiles.map((profile) => ({ ...profile, number: 1 }));
      const map = await discover(at.salesforce, spelling, { exclude: [], rulesets: 'auto' });
      const kin = await siblings(at.salesforce, map, profiles);
      const keys: string[] = [];
      const files: string[] = [];
      for (const object of map.objects) {
        files.push(
          ...(
            await exportObject(
              at.salesforce,
              { object, dataSpace: spelling, profiles, siblings: kin },
              at.context('data-cloud'),
            )
          ).files.map(({ path }) => path),
        );
      }
      for (const path of files.filter((it) => it.endsWith('.ndjson'))) {
        for (const record of await at.rows(path)) {
          keys.push(String(record[SPELLINGS[spelling][1]('Id')]));
        }
      }
      assert.deepEqual(keys.toSorted(), ['E-A', 'L-A', 'O-A', 'P-1', 'S-1', 'U-1']);
    });
  }
});
