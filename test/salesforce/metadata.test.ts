import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withServer } from './plain-server.ts';

const edge = (from: string, status = 'ACTIVE') => ({
  name: 'x',
  cardinality: 'ManyToOne',
  status,
  sourceObject: { name: from, label: from },
  sourceField: { name: 'ssot__PartyId__c', type: 'MktDataModelField' },
  targetObject: { name: 'ssot__Individual__dlm' },
  targetField: { name: 'ssot__Id__c' },
});

describe('relationships of an object', () => {
  it('may be none at all, as 204 without a body', () =>
    withServer(
      () => ({ status: 204 }),
      async ({ salesforce }) => {
        assert.deepEqual(await salesforce.relationships('default', 'X__dlm'), []);
      },
    ));

  it('are read page by page, and a link never leads to another host', () =>
    withServer(
      ({ url, calls }) => ({
        body:
          calls === 1
            ? {
                relationships: [edge('A__dlm')],
                nextPageUrl: `http://elsewhere.example${url}&page=2`,
              }
            : { relationships: [edge('B__dlm', 'INACTIVE')] },
      }),
      async ({ salesforce, seen }) => {
        const found = await salesforce.relationships('default', 'ssot__Individual__dlm');
        assert.deepEqual(
          found.map(({ from, active, cardinality }) => [from, active, cardinality]),
          [
            ['A__dlm', true, 'NTOONE'],
            ['B__dlm', false, 'NTOONE'],
          ],
        );
        assert.equal(seen.length, 2);
      },
    ));

  it('end where a server links to the same page for ever', () =>
    withServer(
      ({ url }) => ({ body: { relationships: [], nextPageUrl: url } }),
      async ({ salesforce }) => {
        await assert.rejects(salesforce.relationships('default', 'X__dlm'), /ENDLESS_PAGES/);
      },
    ));
});

describe('objects of a data space', () => {
  it(
    'come with labels, keys, key qualifiers and edges of both directions; an edge without ' +
      'attributes is left out',
    () =>
      withServer(
        () => ({
          body: {
            metadata: [
              {
                name: 'A__dlm',
                displayName: 'A',
                category: 'Profile',
                fields: [
                  { name: 'Id__c', displayName: 'Id', type: 'STRING', keyQualifier: 'KQ_Id__c' },
                ],
                primaryKeys: [
                  { name: 'Second__c', indexOrder: '2' },
                  { name: 'Id__c', indexOrder: '1' },
                ],
                relationships: [
                  {
                    fromEntity: 'B__dlm',
                    toEntity: 'A__dlm',
                    fromEntityAttribute: 'AId__c',
                    toEntityAttribute: 'Id__c',
                    cardinality: 'NTOONE',
                  },
                  { fromEntity: 'C__cio', toEntity: 'A__dlm' },
                ],
              },
              {
                name: 'C__cio',
                dimensions: [{ name: 'D__c' }],
                measures: [],
                relationships: [{ fromEntity: 'C__cio', toEntity: 'A__dlm' }],
              },
            ],
          },
        }),
        async ({ salesforce }) => {
          assert.deepEqual(await salesforce.entities('default'), [
            {
              name: 'A__dlm',
              label: 'A',
              category: 'Profile',
              fields: [{ name: 'Id__c', label: 'Id', type: 'STRING', keyQualifier: 'KQ_Id__c' }],
              primaryKey: 'Id__c',
              edges: [
                {
                  from: 'B__dlm',
                  fromField: 'AId__c',
                  to: 'A__dlm',
                  toField: 'Id__c',
                  cardinality: 'NTOONE',
                },
              ],
            },
            {
              name: 'C__cio',
              label: 'C__cio',
              category: '',
              fields: [{ name: 'D__c', label: 'D__c', type: 'STRING', keyQualifier: null }],
              primaryKey: null,
              edges: [],
              dimensions: ['D__c'],
              relatesTo: ['A__dlm'],
            },
          ]);
        },
      ),
  );
});
