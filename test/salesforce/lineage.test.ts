import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemFailureOf, withServer } from './plain-server.ts';

describe('lake objects that are mapped to an object', () => {
  it('are none where it has no mapping, which is 404', () =>
    withServer(
      () => ({
        status: 404,
        body: [{ errorCode: 'NOT_FOUND', message: 'Object Source Target Map not found' }],
      }),
      async ({ salesforce }) => {
        assert.deepEqual(await salesforce.mappings('default', 'A__dlm'), []);
      },
    ));

  it('tell the fields that they fill', () =>
    withServer(
      () => ({
        body: {
          objectSourceTargetMaps: [
            {
              sourceEntityDeveloperName: 'A_Home__dll',
              sourceEntityLabel: 'A',
              fieldMappings: [{ sourceFieldDeveloperName: 'a', targetFieldDeveloperName: 'A__c' }],
            },
            { sourceEntityDeveloperName: 'B__dll' },
          ],
        },
      }),
      async ({ salesforce }) =>
        assert.deepEqual(await salesforce.mappings('default', 'A__dlm'), [
          { lake: 'A_Home__dll', label: 'A', fields: ['A__c'] },
          { lake: 'B__dll', label: 'B__dll', fields: [] },
        ]),
    ));
});

describe('data streams', () => {
  const stream = (name: string, connectorInfo?: object) => ({
    name,
    label: name,
    dataLakeObjectInfo: { name: `${name}__dll` },
    connectorInfo,
  });
  const source = { name: 'S', lake: 'S__dll', label: 'S', connector: '' };

  it('name their source by whichever member there is', () =>
    withServer(
      () => ({
        body: {
          dataStreams: [
            stream('S', { connectorName: 'a', name: 'b' }),
            stream('S', { name: 'b', connectorType: 'IngestApi' }),
            stream('S', { displayName: 'd' }),
            stream('S'),
            { name: 'no lake' },
          ],
        },
      }),
      async ({ salesforce }) =>
        assert.deepEqual(await salesforce.dataStreams(), [
          { ...source, source: 'a' },
          { ...source, source: 'b', connector: 'IngestApi' },
          { ...source, source: 'd' },
          { ...source, source: '' },
        ]),
    ));

  it('are read by absolute and relative links, on our own host alone, and by offset where there is no link', () =>
    withServer(
      ({ calls }) => ({
        body: [
          {
            dataStreams: [stream('A')],
            totalSize: 4,
            nextPageUrl: 'https://elsewhere.example/services/data/v67.0/ssot/data-streams?page=2',
          },
          {
            dataStreams: [stream('B')],
            totalSize: 4,
            nextPageUrl: '/services/data/v67.0/ssot/data-streams?page=3',
          },
          { dataStreams: [stream('C')], totalSize: 4 },
          { dataStreams: [stream('D')], totalSize: 4 },
        ][calls - 1],
      }),
      async ({ salesforce, seen }) => {
        assert.deepEqual(
          (await salesforce.dataStreams()).map(({ name }) => name),
          ['A', 'B', 'C', 'D'],
        );
        assert.deepEqual(
          seen.map(({ url }) => url.split('data-streams')[1]),
          ['?limit=100', '?page=2', '?page=3', '?limit=100&offset=3'],
        );
      },
    ));

  it('are unreadable where the same page comes again', () =>
    withServer(
      () => ({
        body: {
          dataStreams: [stream('A')],
          nextPageUrl: '/services/data/v67.0/ssot/data-streams?limit=100',
        },
      }),
      async ({ salesforce }) => {
        assert.equal((await systemFailureOf(salesforce.dataStreams())).facts.code, 'ENDLESS_PAGES');
      },
    ));
});
