import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover, mapObjects } from '../../../src/connectors/data-cloud/model/discover.ts';
import type { Edge, Entity } from '../../../src/salesforce/metadata.ts';
import type { SpaceModel } from '../../../src/connectors/data-cloud/model/space-model.ts';
import { AT, stand, type Stand } from '../stand.ts';

const entity = (
  name: string,
  fields: readonly string[],
  primaryKey = 'ssot__Id__c',
  edges: readonly Edge[] = [],
): Entity => ({
  name,
  label: name,
  category: '',
  primaryKey,
  edges,
  fields: [primaryKey, ...fields].map((field) => ({
    name: field,
    label: field,
    type: 'STRING',
    keyQualifier: null,
  })),
});
const edge = (from: string, to: string, cardinality = 'NTOONE'): Edge => {
  const [fromObject = '', fromField = ''] = from.split('.');
  const [toObject = '', toField = 'ssot__Id__c'] = to.split('.');
  return { from: fromObject, fromField, to: toObject, toField, cardinality };
};
const INDIVIDUAL = entity('ssot__Individual__dlm', [
  'ssot__FirstName__c',
  'KQ_Id__c',
  'ssot__DataSourceId__c',
  'ssot__PrimaryAccountId__c',
]);
const modelOf = (
  entities: readonly Entity[],
  moreEdges: readonly Edge[],
  more: Partial<SpaceModel> = {},
): SpaceModel => ({
  dataSpace: 'default',
  readAt: AT,
  entities: [INDIVIDUAL, ...entities],
  insights: [],
  moreEdges,
  mappings: {},
  streams: [],
  lakes: [],
  notes: [],
  ...more,
});
const mapOf = (entities: readonly Entity[], edges: readonly Edge[], more = {}) =>
  mapObjects(modelOf(entities, edges), { exclude: [], rulesets: 'auto', ...more });
const reachOf = (map: ReturnType<typeof mapOf>) =>
  Object.fromEntries(map.objects.map(({ name, reach }) => [name, reach]));

describe('objects that relate to a person', () => {
  it('are those with an edge to the individual, and those with an edge to one of these', () => {
    const map = mapOf(
      [
        entity('Order__dlm', ['BuyerId__c', 'KQ_BuyerId__c']),
        entity('OrderLine__dlm', ['OrderId__c']),
        entity('LineNote__dlm', ['LineId__c']),
      ],
      [
        edge('Order__dlm.BuyerId__c', 'ssot__Individual__dlm'),
        edge('OrderLine__dlm.OrderId__c', 'Order__dlm'),
        edge('LineNote__dlm.LineId__c', 'OrderLine__dlm'),
      ],
    );
    assert.deepEqual(reachOf(map), {
      ssot__Individual__dlm: 'self',
      Order__dlm: 'direct',
      OrderLine__dlm: 'through',
    });
    assert.deepEqual(map.objects[1]?.personFields, [
      { field: 'BuyerId__c', keyQualifier: 'KQ_BuyerId__c' },
    ]);
    assert.deepEqual(
      map.unreachable.map(({ object }) => object),
      ['LineNote__dlm'],
    );
  });

  it('are reached by every edge that they have to the individual', () => {
    const map = mapOf(
      [entity('Gift__dlm', ['GiverId__c', 'TakerId__c'])],
      [
        edge('Gift__dlm.GiverId__c', 'ssot__Individual__dlm'),
        edge('Gift__dlm.TakerId__c', 'ssot__Individual__dlm'),
      ],
    );
    assert.deepEqual(
      map.objects[1]?.personFields.map(({ field }) => field),
      ['GiverId__c', 'TakerId__c'],
    );
  });

  it('are not reached by way of what many people share', () => {
    const map = mapOf(
      [
        entity('ssot__Account__dlm', ['ssot__OwnerPersonId__c']),
        entity('Invoice__dlm', ['AccountId__c']),
        entity('ssot__Campaign__dlm', ['ManagerId__c']),
        entity('CampaignStep__dlm', ['CampaignId__c']),
      ],
      [
        edge('ssot__Individual__dlm.ssot__PrimaryAccountId__c', 'ssot__Account__dlm'),
        edge('Invoice__dlm.AccountId__c', 'ssot__Account__dlm'),
        edge('ssot__Campaign__dlm.ManagerId__c', 'ssot__Individual__dlm'),
        edge('CampaignStep__dlm.CampaignId__c', 'ssot__Campaign__dlm'),
      ],
    );
    assert.deepEqual(Object.keys(reachOf(map)), ['ssot__Individual__dlm', 'ssot__Campaign__dlm']);
    assert.deepEqual(
      map.shared.map(({ object }) => object),
      ['ssot__Account__dlm', 'Invoice__dlm'],
    );
    assert.deepEqual(
      map.unreachable.map(({ object }) => object),
      ['CampaignStep__dlm'],
    );
  });

  it('are not guessed by the name of a field, but listed', () => {
    const map = mapOf([entity('Survey__dlm', ['PartyId__c'])], []);
    assert.deepEqual(
      map.guessed.map(({ object, why }) => [object, why]),
      [['Survey__dlm', 'its field PartyId__c may hold a person, but no relationship says so']],
    );
    assert.deepEqual(Object.keys(reachOf(map)), ['ssot__Individual__dlm']);
  });

  it('are left out where the configuration says so, and listed', () => {
    const map = mapOf(
      [entity('Order__dlm', ['BuyerId__c'])],
      [edge('Order__dlm.BuyerId__c', 'ssot__Individual__dlm')],
      { exclude: ['Order__dlm'] },
    );
    assert.deepEqual(
      [Object.keys(reachOf(map)), map.excluded.map(({ object }) => object)],
      [['ssot__Individual__dlm'], ['Order__dlm']],
    );
  });

  it('hold the links of every ruleset, or of those that the configuration names', () => {
    const link = (name: string) =>
      entity(name, ['UnifiedRecordId__c', 'KQ_SourceRecordId__c'], 'SourceRecordId__c');
    const links = [
      link('UnifiedLinkssotIndividualIr01__dlm'),
      link('UnifiedLinkssotIndividualProd__dlm'),
      link('IndividualIdentityLink__dlm'),
      entity('UnifiedssotIndividualIr01__dlm', []),
    ];
    assert.deepEqual(
      mapOf(links, []).rulesets.map(({ id, unified }) => [id, unified]),
      [
        ['Ir01', 'UnifiedssotIndividualIr01__dlm'],
        ['Prod', null],
        ['default', null],
      ],
    );
    const chosen = mapOf(links, [], { rulesets: ['Prod', 'Gone'] });
    assert.deepEqual(
      [chosen.rulesets.map(({ id }) => id), chosen.notes],
      [['Prod'], ['The data space default has no ruleset Gone.']],
    );
  });
});

describe('calculated insights', () => {
  const insight = (
    name: string,
    dimensions: readonly string[],
    relatesTo: readonly string[],
    edges: readonly Edge[] = [],
  ): Entity => ({
    name,
    label: name,
    category: '',
    primaryKey: null,
    edges,
    dimensions,
    relatesTo,
    fields: [...dimensions, 'Total__c'].map((field) => ({
      name: field,
      label: field,
      type: 'STRING',
      keyQualifier: null,
    })),
  });
  const link = entity(
    'UnifiedLinkssotIndividualIr01__dlm',
    ['UnifiedRecordId__c', 'ssot__DataSourceId__c'],
    'SourceRecordId__c',
  );
  const unified = entity('UnifiedssotIndividualIr01__dlm', []);
  const map = mapObjects(
    modelOf([link, unified, entity('ssot__Account__dlm', [])], [], {
      insights: [
        insight(
          'Told__cio',
          ['A__c', 'B__c'],
          [],
          [edge('Told__cio.B__c', 'ssot__Individual__dlm')],
        ),
        insight('Single__cio', ['Who__c'], ['ssot__Individual__dlm']),
        insight('Named__cio', ['Month__c', 'CustomerId__c'], ['ssot__Individual__dlm']),
        insight('Unclear__cio', ['X__c', 'Y__c'], ['ssot__Individual__dlm']),
        insight('ByUnified__cio', ['UnifiedIndividualId__c'], ['UnifiedssotIndividualIr01__dlm']),
        insight('Guessed__cio', ['IndividualId__c'], []),
        insight('Shared__cio', ['AccountId__c'], ['ssot__Account__dlm']),
        insight('Sales__cio', ['Month__c'], []),
      ],
    }),
    { exclude: [], rulesets: 'auto' },
  );

  it('are exported where the individual is their dimension, told or the only one that can be', () => {
    const found = map.objects
      .filter(({ name }) => name.endsWith('__cio'))
      .map(({ name, reach, personFields, parent }) => [
        name,
        reach,
        parent?.childField.field ?? personFields[0]?.field,
      ]);
    assert.deepEqual(found, [
      ['Told__cio', 'direct', 'B__c'],
      ['Single__cio', 'direct', 'Who__c'],
      ['Named__cio', 'direct', 'CustomerId__c'],
      ['ByUnified__cio', 'unified', 'UnifiedIndividualId__c'],
    ]);
  });

  it('are listed with the reason where they are not', () => {
    const listed = (list: readonly { object: string }[]) =>
      list.map(({ object }) => object).filter((name) => name.endsWith('__cio'));
    assert.deepEqual(
      [listed(map.guessed), listed(map.shared), listed(map.unreachable)],
      [['Guessed__cio', 'Unclear__cio'], ['Shared__cio'], ['Sales__cio']],
    );
    assert.equal(
      map.guessed.find(({ object }) => object === 'Unclear__cio')?.why,
      'it is counted by person, but its metadata do not tell by which dimension',
    );
  });
});

describe('lake objects and sources', () => {
  const stream = (lake: string, source: string, connector = 'IngestApi') => ({
    name: lake,
    lake,
    label: lake,
    source,
    connector,
  });
  const model = modelOf(
    [entity('Order__dlm', ['BuyerId__c'])],
    [edge('Order__dlm.BuyerId__c', 'ssot__Individual__dlm')],
    {
      mappings: {
        ssot__Individual__dlm: [{ lake: 'Person__dll', label: 'Person', fields: [] }],
        Order__dlm: [{ lake: 'Order__dll', label: 'Order', fields: [] }],
      },
      streams: [
        stream('Person__dll', 'Shop'),
        stream('Order__dll', 'Shop'),
        stream('Chat__dll', 'Desk'),
        stream('Chat__dll', ''),
      ],
      lakes: [
        { name: 'Export__dll', label: 'Export' },
        { name: 'Person__dll', label: 'Person' },
      ],
    },
  );

  it('are listed as not reachable by identity where they are mapped to no object of people', () => {
    const map = mapObjects(model, { exclude: ['Order__dlm'], rulesets: 'auto' });
    assert.deepEqual(map.unreachable, [
      {
        object: 'Chat__dll',
        label: 'Chat__dll',
        why: 'a lake object of Desk that is mapped to no object of people: no identity leads there',
      },
      {
        object: 'Export__dll',
        label: 'Export',
        why: 'a lake object that is mapped to no object of people: no identity leads there',
      },
    ]);
  });

  it('tell which source feeds what', () => {
    assert.deepEqual(mapObjects(model, { exclude: [], rulesets: 'auto' }).sources, [
      { source: 'Desk', connector: 'IngestApi', lakes: ['Chat__dll'], objects: [] },
      {
        source: 'Shop',
        connector: 'IngestApi',
        lakes: ['Order__dll', 'Person__dll'],
        objects: ['Order__dlm', 'ssot__Individual__dlm'],
      },
    ]);
  });
});

describe('discovering', () => {
  it('works in an org from before the prefix, where the link is told from its other side', async () => {
    const at = await stand({
      dataCloud: {
        default: {
          Individual__dlm: [{ Id__c: 'P-1', FirstName__c: 'Ana' }],
          ContactPointEmail__dlm: [
            { Id__c: 'E-1', PartyId__c: 'P-1', EmailAddress__c: 'a@example.com' },
          ],
          IndividualIdentityLink__dlm: [{ SourceRecordId__c: 'P-1', UnifiedRecordId__c: 'U-1' }],
        },
      },
    });
    try {
      const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
      assert.deepEqual(
        [
          map.individual.object,
          map.individual.key.field,
          map.emails?.values,
          map.rulesets.map(({ id }) => id),
        ],
        ['Individual__dlm', 'Id__c', ['EmailAddress__c'], ['default']],
      );
      assert.deepEqual(reachOf(map), {
        Individual__dlm: 'self',
        IndividualIdentityLink__dlm: 'direct',
        ContactPointEmail__dlm: 'direct',
      });
    } finally {
      await at.stop();
    }
  });

  it('counts an edge that nobody switched on, if a source fills its field', async () => {
    const at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: [{ ssot__Id__c: 'P-1' }],
          Ticket__dlm: [{ TicketId__c: 'T-1', OwnerKey__c: 'P-1', DataSource__c: 'DESK_1' }],
        },
      },
      metadata: {
        Ticket__dlm: {
          primaryKey: 'TicketId__c',
          relationships: [{ field: 'OwnerKey__c', to: 'ssot__Individual__dlm', active: false }],
        },
      },
    });
    try {
      const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
      assert.equal(reachOf(map).Ticket__dlm, 'direct');
    } finally {
      await at.stop();
    }
  });

  it('counts such an edge at the second step too', async () => {
    const at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: [{ ssot__Id__c: 'P-1' }],
          Ticket__dlm: [{ TicketId__c: 'T-1', IndividualId__c: 'P-1' }],
          Reply__dlm: [{ ReplyId__c: 'R-1', OfTicket__c: 'T-1', DataSource__c: 'DESK_1' }],
          Draft__dlm: [{ DraftId__c: 'D-1', OfTicket__c: 'T-1' }],
        },
      },
      metadata: {
        Ticket__dlm: { primaryKey: 'TicketId__c' },
        Reply__dlm: {
          primaryKey: 'ReplyId__c',
          relationships: [{ field: 'OfTicket__c', to: 'Ticket__dlm', active: false }],
        },
        Draft__dlm: {
          primaryKey: 'DraftId__c',
          relationships: [{ field: 'OfTicket__c', to: 'Ticket__dlm', active: false }],
        },
      },
    });
    try {
      const { Reply__dlm, Draft__dlm } = reachOf(
        await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' }),
      );
      assert.deepEqual([Reply__dlm, Draft__dlm], ['through', undefined]);
    } finally {
      await at.stop();
    }
  });

  describe('with less than all rights', () => {
    let at: Stand;
    before(async () => {
      at = await stand({
        dataCloud: {
          default: {
            ssot__Individual__dlm: [{ ssot__Id__c: 'P-1', ssot__DataSourceId__c: 'CRM_1' }],
          },
        },
      });
    });
    after(() => at.stop());

    it('notes what it may not read', async () => {
      await at.fault('^core GET .*data-streams', 'forbidden');
      const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
      await at.clear();
      assert.deepEqual(map.notes, [
        'The data streams of data space default could not be read (access was refused): which source feeds ' +
          'what is not known, and lake objects that no mapping reaches may not be listed.',
      ]);
    });

    it('is unavailable, and gives no shorter map, while a part of it is', async () => {
      await at.fault('^core GET .*data-streams', 'unavailable');
      await assert.rejects(
        discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' }),
        /data-cloud: unavailable/,
      );
      await at.clear();
    });
  });
});
