import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulated } from './start.ts';
import { tenantClient, type TenantClient } from './tenant-client.ts';

const link = (source: string, unified: string, dataSource: string, object: string) => ({
  SourceRecordId__c: source,
  UnifiedRecordId__c: unified,
  ssot__DataSourceId__c: dataSource,
  ssot__DataSourceObjectId__c: object,
});
let client: TenantClient;
const stage = simulated(
  {
    dataCloud: {
      default: {
        ssot__Individual__dlm: [
          { ssot__Id__c: 'P-1', ssot__FirstName__c: 'Ana' },
          { ssot__Id__c: 'P-2', ssot__FirstName__c: 'Bo' },
          { ssot__Id__c: 'P-HIDDEN', ssot__FirstName__c: 'Noor' },
        ],
        ssot__EmailEngagement__dlm: [
          { ssot__Id__c: 'E-1', ssot__IndividualId__c: 'P-1' },
          { ssot__Id__c: 'E-2', ssot__IndividualId__c: 'P-1' },
          { ssot__Id__c: 'E-3', ssot__IndividualId__c: 'P-2' },
        ],
        IndividualIdentityLink__dlm: [
          link('P-1', 'U-1', 'SFMC', 'Email Profile/1'),
          link('P-2', 'U-1', 'CRM', 'Contact'),
          link('P-3', 'U-2', 'CRM', 'Contact'),
        ],
        LifetimeValue__cio: [{ IndividualId__c: 'P-1', Orders__c: 3, Total__c: 99.5 }],
        Newsletter_Import__dll: [
          { Id__c: 'N-1', Email__c: 'ana@example.com', DataSource__c: 'Newsletter_Tool' },
        ],
      },
    },
    restricted: { default: ['P-HIDDEN'] },
  },
  async ({ simulator }) => {
    client = await tenantClient(simulator);
  },
);
const get = (path: string) => client.call('GET', `/api/v1/${path}`);

describe('the Profile API', () => {
  it('finds rows by equality, with the fields that are asked for', async () => {
    const answer = await get(
      'profile/ssot__Individual__dlm?filters=%5Bssot__FirstName__c%3DBo%5D&fields=ssot__Id__c',
    );
    assert.deepEqual(answer.body, { data: [{ ssot__Id__c: 'P-2' }], done: true });
  });

  it('gives ten fields at most where none is asked for', async () => {
    const [row = {}] = (await get('profile/ssot__Individual__dlm/P-1')).body.data as object[];
    assert.equal(Object.keys(row).length, 10);
  });

  it('answers an unknown ID, and one that is hidden, with an empty list', async () => {
    for (const id of ['nobody', 'P-HIDDEN']) {
      assert.deepEqual((await get(`profile/ssot__Individual__dlm/${id}`)).body, {
        data: [],
        done: true,
      });
    }
  });

  it('looks up by another field, reads children, and insights', async () => {
    const byName = await get(
      'profile/ssot__Individual__dlm/Bo?searchKey=ssot__FirstName__c&fields=ssot__Id__c',
    );
    assert.deepEqual(byName.body.data, [{ ssot__Id__c: 'P-2' }]);
    const children = await get(
      'profile/ssot__Individual__dlm/P-1/ssot__EmailEngagement__dlm?fields=ssot__Id__c&limit=1',
    );
    assert.deepEqual(children.body, { data: [{ ssot__Id__c: 'E-1' }], done: false });
    const insight = await get(
      'profile/ssot__Individual__dlm/P-1/calculated-insights/LifetimeValue__cio',
    );
    assert.deepEqual(insight.body.data, [{ IndividualId__c: 'P-1', Orders__c: 3, Total__c: 99.5 }]);
  });

  it('refuses what it does not know', async () => {
    assert.equal((await get('profile/ssot__Individual__dlm')).status, 400);
    assert.equal((await get('profile/Nothing__dlm/1')).status, 404);
    assert.equal((await get('profile/ssot__Individual__dlm/P-1?fields=Nope__c')).status, 422);
  });

  it('tells metadata of profile objects', async () => {
    const { metadata } = (await get('profile/metadata/ssot__Individual__dlm')).body as {
      metadata: { name: string }[];
    };
    assert.deepEqual(
      metadata.map(({ name }) => name),
      ['ssot__Individual__dlm'],
    );
  });
});

describe('the Universal ID lookup', () => {
  const lookup = (...parts: string[]) =>
    get(['universalIdLookup', ...parts.map(encodeURIComponent)].join('/'));

  it('gives every source record behind the unified record of one', async () => {
    const { body } = await lookup('IndividualIdentityLink__dlm', 'SFMC', 'Email Profile/1', 'P-1');
    assert.deepEqual(body.data, [
      link('P-1', 'U-1', 'SFMC', 'Email Profile/1'),
      link('P-2', 'U-1', 'CRM', 'Contact'),
    ]);
  });

  it('knows nobody by a wrong source, and no link object of another name', async () => {
    assert.deepEqual(
      (await lookup('IndividualIdentityLink__dlm', 'CRM', 'Contact', 'P-1')).body.data,
      [],
    );
    assert.equal((await lookup('ssot__Individual__dlm', 'CRM', 'Contact', 'P-1')).status, 404);
  });
});

describe('metadata of what is not of the model', () => {
  const names = async (query: string) =>
    ((await get(`metadata?${query}`)).body.metadata as { name: string }[]).map(({ name }) => name);

  it('gives a calculated insight dimensions and measures, and edges without attributes', async () => {
    const answer = await stage.client.get('/ssot/metadata?entityType=CalculatedInsight');
    const part = (name: string, displayName: string, type: string) => ({ name, displayName, type });
    assert.deepEqual((answer.body as unknown as { metadata: object[] }).metadata, [
      {
        name: 'LifetimeValue__cio',
        displayName: 'Lifetime Value',
        category: 'Related',
        dimensions: [part('IndividualId__c', 'Individual', 'STRING')],
        measures: [part('Orders__c', 'Orders', 'NUMBER'), part('Total__c', 'Total', 'NUMBER')],
        relationships: [
          {
            fromEntity: 'LifetimeValue__cio',
            toEntity: 'ssot__Individual__dlm',
            cardinality: 'NTOONE',
          },
        ],
      },
    ]);
  });

  it('lists lake objects only where they are asked for, mapped or not', async () => {
    assert.ok(
      !(await names('entityType=DataModelObject')).some((name) => /__(dll|cio)$/.test(name)),
    );
    assert.deepEqual(await names('entityType=DataLakeObject'), ['Newsletter_Import__dll']);
    assert.equal(
      (
        await stage.client.get(
          '/ssot/data-model-object-mappings?dmoDeveloperName=Newsletter_Import__dll',
        )
      ).status,
      404,
    );
    const { dataStreams } = (await stage.client.get('/ssot/data-streams')).body;
    assert.deepEqual(
      dataStreams.map(({ name }) => name),
      ['Newsletter_Import'],
    );
    const rows = await stage.client.sql('SELECT "Email__c" FROM "Newsletter_Import__dll"');
    assert.deepEqual(rows.body.data, [['ana@example.com']]);
  });
});
