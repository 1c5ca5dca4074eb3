import assert from 'node:assert/strict';
import { it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import { profile } from '../fixture.ts';
import { stand } from '../stand.ts';

const link = (party: string, unified: string) => ({
  SourceRecordId__c: party,
  UnifiedRecordId__c: unified,
  ssot__DataSourceId__c: 'CRM_1',
});

it(
  'a unified individual goes to each of its profiles, and to none where it is also made of a ' +
    'profile outside the package',
  async () => {
    const at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: ['P-1', 'P-2', 'P-3', 'P-4'].map((id) => ({
            ssot__Id__c: id,
            ssot__DataSourceId__c: 'CRM_1',
          })),
          UnifiedLinkssotIndividualIr01__dlm: [
            link('P-1', 'U-1'),
            link('P-1', 'U-1'),
            link('P-2', 'U-1'),
            link('P-3', 'U-3'),
            link('P-4', 'U-3'),
          ],
          UnifiedssotIndividualIr01__dlm: ['U-1', 'U-3'].map((id) => ({
            ssot__Id__c: id,
            ssot__FirstName__c: `name of ${id}`,
          })),
        },
      },
    });
    try {
      const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
      const object = map.objects.find(({ reach }) => reach === 'unified');
      assert.ok(object);
      const profiles = ['P-1', 'P-2', 'P-3'].map((partyId, index) => ({
        ...profile({ partyId }),
        number: index + 1,
      }));
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
      assert.deepEqual(
        [receipt.rowsPerProfile, receipt.withheldRows, receipt.notes],
        [
          { 1: 1, 2: 1, 3: 0 },
          0,
          [
            '1 unified records are left out, for they are made of profiles outside this package too.',
          ],
        ],
      );
      assert.deepEqual(
        (await at.rows(`profiles/2/${object.name}.ndjson`)).map((row) => row.ssot__FirstName__c),
        ['name of U-1'],
      );
    } finally {
      await at.stop();
    }
  },
);
