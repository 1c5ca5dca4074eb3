import assert from 'node:assert/strict';
import { it } from 'node:test';
import { metered } from '../../src/http/meter.ts';
import { withServer } from './plain-server.ts';

it('what a piece of work costs is counted apart from all other work', () =>
  withServer(
    ({ url }) => ({
      body: url.includes('query?')
        ? { totalSize: 2, done: true, records: [{ Id: '1' }, { Id: '2' }] }
        : { dataSpaces: [] },
    }),
    async ({ salesforce }) => {
      await salesforce.dataSpaces();
      const [many, one] = await Promise.all([
        metered(async (spent) => {
          for await (const _ of salesforce.soql('SELECT Id FROM Contact', { system: 'crm' })) {
            await salesforce.dataSpaces();
          }
          return spent();
        }),
        metered(async (spent) => {
          await salesforce.dataSpaces();
          return spent();
        }),
      ]);
      assert.deepEqual(
        [many, one],
        [
          { calls: 2, rows: 2, bytes: 78 },
          { calls: 1, rows: 0, bytes: 17 },
        ],
      );
    },
  ));
