import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import { locateProfiles } from '../../src/activities/locate-profiles.ts';
import { modelOf } from '../../src/activities/model-of.ts';
import type { LocateInput } from '../../src/activities/inputs.ts';
import type { SpaceModel } from '../../src/connectors/data-cloud/model/space-model.ts';
import type { Located } from '../../src/contract/profile.ts';
import { openStore } from '../../src/storage/filesystem.ts';
import { ANA } from '../connectors/fixture.ts';
import { AT, stand, type Stand } from '../connectors/stand.ts';

const renamed = (model: SpaceModel, from: string, to: string) =>
  JSON.parse(JSON.stringify(model).replaceAll(from, to)) as SpaceModel;

describe('finding a person by what was read of the data model', () => {
  let at: Stand;
  before(async () => {
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: [
            { ssot__Id__c: 'P-1', ssot__DataSourceId__c: 'CRM_1' },
            { ssot__Id__c: 'P-2', ssot__DataSourceId__c: 'CRM_1' },
          ],
          ssot__ContactPointEmail__dlm: [
            {
              ssot__Id__c: 'E-1',
              ssot__PartyId__c: 'P-1',
              ssot__EmailAddress__c: ANA,
              ssot__DataSourceId__c: 'CRM_1',
            },
          ],
          UnifiedLinkssotIndividualIr02__dlm: ['P-1', 'P-2'].map((id) => ({
            SourceRecordId__c: id,
            UnifiedRecordId__c: 'U-1',
            ssot__DataSourceId__c: 'CRM_1',
          })),
        },
      },
    });
  });
  after(() => at.stop());

  for (const rulesets of ['auto', ['Ir02']] as const) {
    it(`reads it anew where a ruleset has gone and another has come (${String(rulesets)})`, async () => {
      const { salesforce } = at;
      const parts = {
        config: { systems: [], salesforce: { rulesets, exclude: [] } },
        salesforce,
        store: openStore(join(at.folder, `store-${String(rulesets)}`)),
      } as unknown as Dependencies;
      const model = await modelOf({ ...parts, salesforce }, 'default');
      await parts.store.keep(`model ${salesforce.host} default`, {
        version: 1,
        model: renamed(model, 'IndividualIr02', 'IndividualIr01'),
      });
      const order = {
        request: {
          requestId: 'R-1',
          subject: { emails: [ANA], phones: [], partyIds: [], externalIds: {} },
        },
        confirmed: ['emails[0]'],
        dataSpaces: ['default'],
        maxProfiles: 20,
        at: AT,
      } as unknown as LocateInput;
      const { profiles, lookups } = (await new MockActivityEnvironment().run(
        locateProfiles(parts),
        order,
      )) as Located;
      assert.deepEqual(
        profiles.map(({ partyId }) => partyId),
        ['P-1', 'P-2'],
      );
      assert.deepEqual(
        lookups.map(({ ruleset, partyIds }) => [ruleset, partyIds]),
        [['Ir02', 2]],
      );
    });
  }
});
