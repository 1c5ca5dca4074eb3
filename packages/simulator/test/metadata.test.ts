import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { simulated, type Body } from './start.ts';

const stage = simulated({
  dataCloud: {
    default: {
      ssot__Individual__dlm: [{ ssot__Id__c: 'P-1', ssot__DataSourceId__c: 'Web_Shop' }],
      ssot__ContactPointEmail__dlm: [
        { ssot__Id__c: 'E-1', ssot__PartyId__c: 'P-1', ssot__DataSourceId__c: 'Web_Shop' },
      ],
      ssot__SalesOrder__dlm: [{ ssot__Id__c: 'SO-1', ssot__SoldToCustomerId__c: 'P-1' }],
      ssot__SalesOrderProduct__dlm: [{ ssot__Id__c: 'SO-1-1', ssot__SalesOrderId__c: 'SO-1' }],
      ssot__EmailEngagement__dlm: [],
      UnifiedLinkssotIndividualIr01__dlm: [{ SourceRecordId__c: 'P-1', UnifiedRecordId__c: 'U-1' }],
      UnifiedssotIndividualIr01__dlm: [{ ssot__Id__c: 'U-1' }],
      UnifiedLinkssotIndividualProd__dlm: [],
      Warranty__dlm: [
        {
          WarrantyId__c: 'W-1',
          OwnerIndividualId__c: 'P-1',
          ValidUntil__c: '2028-01-01',
          Paid__c: 12.5,
          Extended__c: false,
        },
      ],
      Claim__dlm: [{ ClaimId__c: 'C-1', WarrantyId__c: 'W-1' }],
      Weather__dlm: [{ City__c: 'Berlin' }],
    },
    old: {
      Individual__dlm: [{ Id__c: 'P-1' }],
      ContactPointEmail__dlm: [{ Id__c: 'E-1', PartyId__c: 'P-1', KQ_PartyId__c: 'crm' }],
      IndividualIdentityLink__dlm: [{ SourceRecordId__c: 'P-1', UnifiedRecordId__c: 'U-1' }],
      UnifiedIndividual__dlm: [{ Id__c: 'U-1' }],
    },
  },
  metadata: {
    Warranty__dlm: {
      label: 'Warranty',
      fields: { Paid__c: 'Price paid', ValidUntil__c: { label: 'Valid until' } },
    },
    Weather__dlm: { enabled: false },
  },
});

let entities: Body['metadata'];
const entity = (name: string) =>
  entities.find((it) => it.name === name) ?? assert.fail(`${name} is not listed`);
const edgesOf = (name: string) =>
  entity(name).relationships.map(
    (it) =>
      `${it.fromEntity}.${it.fromEntityAttribute} > ${it.toEntity}.${it.toEntityAttribute} ${it.cardinality}`,
  );

describe('metadata', () => {
  before(async () => {
    entities = (
      await stage.client.get('/ssot/metadata?entityType=DataModelObject&dataspace=default')
    ).body.metadata;
  });

  it('shows an edge at both of its ends', () => {
    const edge =
      'ssot__SalesOrder__dlm.ssot__SoldToCustomerId__c > ssot__Individual__dlm.ssot__Id__c NTOONE';
    assert.ok(edgesOf('ssot__SalesOrder__dlm').includes(edge));
    assert.ok(edgesOf('ssot__Individual__dlm').includes(edge));
    assert.deepEqual(edgesOf('ssot__SalesOrderProduct__dlm'), [
      'ssot__SalesOrderProduct__dlm.ssot__SalesOrderId__c > ssot__SalesOrder__dlm.ssot__Id__c NTOONE',
    ]);
  });

  it('names labels, key qualifiers and primary keys', () => {
    const email = entity('ssot__ContactPointEmail__dlm');
    assert.equal(email.displayName, 'Contact Point Email');
    assert.deepEqual(
      email.fields.find(({ name }) => name === 'ssot__PartyId__c'),
      {
        name: 'ssot__PartyId__c',
        displayName: 'Party',
        type: 'STRING',
        businessType: 'TEXT',
        keyQualifier: 'KQ_PartyId__c',
      },
    );
    assert.deepEqual(email.primaryKeys, [
      { name: 'ssot__Id__c', displayName: 'Id', indexOrder: '1' },
    ]);
  });

  it('infers what the seed does not say of an object of its own', () => {
    const { displayName, fields, primaryKeys } = entity('Warranty__dlm');
    assert.equal(displayName, 'Warranty');
    assert.equal(primaryKeys[0]?.name, 'WarrantyId__c');
    assert.deepEqual(
      fields.map((field) => [field.displayName, field.type]),
      [
        ['Warranty', 'STRING'],
        ['Owner Individual', 'STRING'],
        ['Valid until', 'DATE'],
        ['Price paid', 'NUMBER'],
        ['Extended', 'BOOLEAN'],
      ],
    );
    assert.deepEqual(edgesOf('Claim__dlm'), [
      'Claim__dlm.WarrantyId__c > Warranty__dlm.WarrantyId__c NTOONE',
    ]);
    assert.ok(
      edgesOf('Warranty__dlm').includes(
        'Warranty__dlm.OwnerIndividualId__c > ssot__Individual__dlm.ssot__Id__c NTOONE',
      ),
    );
  });

  it('leads from the individual over the link of each ruleset to the unified individual', () => {
    assert.deepEqual(edgesOf('UnifiedLinkssotIndividualIr01__dlm'), [
      'ssot__Individual__dlm.ssot__Id__c > UnifiedLinkssotIndividualIr01__dlm.SourceRecordId__c ONETOONE',
      'UnifiedLinkssotIndividualIr01__dlm.UnifiedRecordId__c > ' +
        'UnifiedssotIndividualIr01__dlm.ssot__Id__c NTOONE',
    ]);
    assert.equal(edgesOf('UnifiedLinkssotIndividualProd__dlm').length, 1);
  });

  it('can be narrowed by name and category', async () => {
    assert.deepEqual(
      (await stage.client.get('/ssot/metadata-entities?entityName=Claim__dlm')).body.metadata.map(
        ({ name }) => name,
      ),
      ['Claim__dlm'],
    );
    assert.ok(
      (await stage.client.get('/ssot/metadata?entityCategory=Engagement')).body.metadata.every(
        ({ category }) => category === 'Engagement',
      ),
    );
    assert.equal((await stage.client.get('/ssot/metadata?dataspace=nowhere')).status, 400);
  });

  it('knows an org from before the names had a prefix', async () => {
    const old = (await stage.client.get('/ssot/metadata?dataspace=old')).body.metadata;
    const edges = old.flatMap(({ relationships }) =>
      relationships.map(
        (it) =>
          `${it.fromEntity}.${it.fromEntityAttribute} > ${it.toEntity}.${it.toEntityAttribute}`,
      ),
    );
    assert.deepEqual([...new Set(edges)].toSorted(), [
      'ContactPointEmail__dlm.PartyId__c > Individual__dlm.Id__c',
      'IndividualIdentityLink__dlm.UnifiedRecordId__c > UnifiedIndividual__dlm.Id__c',
      'Individual__dlm.Id__c > IndividualIdentityLink__dlm.SourceRecordId__c',
    ]);
    const unified = old.find(({ name }) => name === 'UnifiedIndividual__dlm');
    assert.ok(unified?.fields.every(({ name }) => !name?.startsWith('ssot__')));
  });
});

describe('the list of data model objects', () => {
  it("comes in pages by offset, without a next page's address", async () => {
    const names: string[] = [];
    for (let page = await objects(0); page.length > 0; page = await objects(names.length)) {
      names.push(...page);
    }
    assert.deepEqual(
      names,
      entities.map(({ name }) => name),
    );
  });
  const objects = async (offset: number) =>
    (
      await stage.client.get(`/ssot/data-model-objects?limit=4&offset=${offset}`)
    ).body.dataModelObject.map(({ name }) => name);

  it('tells which were made here and which are switched on', async () => {
    const { body } = await stage.client.get('/ssot/data-model-objects');
    assert.deepEqual(
      body.dataModelObject
        .filter(({ creationType }) => creationType === 'Custom')
        .map(({ name, isEnabled }) => [name, isEnabled]),
      [
        ['Claim__dlm', true],
        ['Warranty__dlm', true],
        ['Weather__dlm', false],
      ],
    );
  });
});

describe('relationships and mappings of one object', () => {
  it('list edges that nobody switched on', async () => {
    const { body } = await stage.client.get(
      '/ssot/data-model-objects/ssot__EmailEngagement__dlm/relationships',
    );
    assert.deepEqual(
      body.relationships.map(({ status, cardinality }) => [status, cardinality]),
      [
        ['ACTIVE', 'ManyToOne'],
        ['INACTIVE', 'ManyToOne'],
      ],
    );
  });

  it('are 204 without a body where there is no edge, and 404 where there is no mapping', async () => {
    const edges = await stage.client.get('/ssot/data-model-objects/Weather__dlm/relationships');
    assert.deepEqual([edges.status, edges.text], [204, '']);
    assert.equal(
      (await stage.client.get('/ssot/data-model-object-mappings?dmoDeveloperName=Weather__dlm'))
        .status,
      404,
    );
    const { body } = await stage.client.get(
      '/ssot/data-model-object-mappings?dmoDeveloperName=ssot__Individual__dlm',
    );
    assert.deepEqual(
      body.objectSourceTargetMaps.map(({ sourceEntityDeveloperName }) => sourceEntityDeveloperName),
      ['Individual_Web_Shop__dll'],
    );
  });
});

describe('data spaces and data streams', () => {
  it('name every space, over Connect and over SOQL', async () => {
    assert.deepEqual(
      (await stage.client.get('/ssot/data-spaces')).body.dataSpaces.map(({ name }) => name),
      ['default', 'old'],
    );
    assert.deepEqual(
      (await stage.client.soql('SELECT name FROM Dataspace ORDER BY Name')).body.records.map(
        ({ Name }) => Name,
      ),
      ['default', 'old'],
    );
  });

  it('name the source that feeds each object, over all pages', async () => {
    const { body } = await stage.client.get('/ssot/data-streams?limit=1');
    const { nextPageUrl } = body as unknown as { nextPageUrl: string };
    const second = (await stage.client.call('GET', nextPageUrl)).body;
    assert.deepEqual(
      [...body.dataStreams, ...second.dataStreams].map(({ name, connectorInfo }) => [
        name,
        (connectorInfo as { connectorDetails: { name: string } }).connectorDetails.name,
      ]),
      [
        ['ContactPointEmail_Web_Shop', 'Web_Shop'],
        ['Individual_Web_Shop', 'Web_Shop'],
      ],
    );
  });
});
