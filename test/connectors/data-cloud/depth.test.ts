import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import { locate } from '../../../src/connectors/data-cloud/locate/locate.ts';
import { identifier } from '../fixture.ts';
import { AT, stand, type Stand } from '../stand.ts';
import type { Seed } from '@dossier/salesforce-simulator';

const ANA = 'ana.lima@example.com';

/**
 * Every row of the person with this address, by object, as an export gives them; and the map that
 * led there.
 */
async function everything(at: Stand, email: string) {
  const { profiles: found } = await locate(at.salesforce, {
    identifiers: [identifier(email)],
    dataSpaces: ['default'],
    rulesets: 'auto',
    maxProfiles: 20,
    at: AT,
  });
  const profiles = found.map((profile, index) => ({ ...profile, number: index + 1 }));
  const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
  const kin = await siblings(at.salesforce, map, profiles);
  const rows: Record<string, Record<string, unknown>[]> = {};
  for (const object of map.objects) {
    const { files } = await exportObject(
      at.salesforce,
      { object, dataSpace: 'default', profiles, siblings: kin },
      at.context('data-cloud'),
    );
    for (const { path } of files.filter((file) => file.path.endsWith('.ndjson'))) {
      rows[object.name] = [...(rows[object.name] ?? []), ...(await at.rows(path))];
    }
  }
  return { map, profiles, rows };
}

async function withStand(seed: Seed, work: (at: Stand) => Promise<void>): Promise<void> {
  const at = await stand(seed);
  try {
    await work(at);
  } finally {
    await at.stop();
  }
}

describe('what is counted and unified about a person', () => {
  let at: Stand;
  const point = (id: string, party: string, email: string) => ({
    ssot__Id__c: id,
    ssot__PartyId__c: party,
    ssot__EmailAddress__c: email,
    ssot__DataSourceId__c: 'CRM_1',
  });
  before(async () => {
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: ['P-1', 'P-2', 'P-9'].map((id) => ({
            ssot__Id__c: id,
            ssot__DataSourceId__c: 'CRM_1',
            ssot__FirstName__c: id === 'P-9' ? 'Bo' : 'Ana',
            ssot__LastName__c: 'Lima',
          })),
          ssot__ContactPointEmail__dlm: [
            point('E-1', 'P-1', ANA),
            point('E-2', 'P-2', ANA),
            point('E-3', 'P-2', 'shared@example.com'),
            point('E-9', 'P-9', 'shared@example.com'),
          ],
          UnifiedLinkssotIndividualIr01__dlm: ['P-1', 'P-2', 'P-9'].map((id) => ({
            SourceRecordId__c: id,
            UnifiedRecordId__c: id === 'P-9' ? 'U-9' : 'U-1',
            ssot__DataSourceId__c: 'CRM_1',
          })),
          UnifiedssotIndividualIr01__dlm: ['U-1', 'U-9'].map((id) => ({
            ssot__Id__c: id,
            ssot__FirstName__c: `name of ${id}`,
          })),
          UnifiedLinkssotContactPointEmailIr01__dlm: [
            ['E-1', 'UE-1'],
            ['E-2', 'UE-1'],
            ['E-3', 'UE-2'],
            ['E-9', 'UE-2'],
          ].map(([id, unified]) => ({
            SourceRecordId__c: id,
            UnifiedRecordId__c: unified,
            ssot__DataSourceId__c: 'CRM_1',
          })),
          UnifiedssotContactPointEmailIr01__dlm: [
            { ssot__Id__c: 'UE-1', ssot__EmailAddress__c: ANA },
            { ssot__Id__c: 'UE-2', ssot__EmailAddress__c: 'shared@example.com' },
          ],
          LifetimeValue__cio: [
            { IndividualId__c: 'P-1', Total__c: 99.5 },
            { IndividualId__c: 'P-9', Total__c: 7 },
          ],
          Visits__cio: [
            { UnifiedIndividualId__c: 'U-1', Month__c: '2026-10', Count__c: 4 },
            { UnifiedIndividualId__c: 'U-9', Month__c: '2026-10', Count__c: 8 },
          ],
        },
      },
      metadata: {
        Visits__cio: {
          relationships: [
            { field: 'UnifiedIndividualId__c', to: 'UnifiedssotIndividualIr01__dlm' },
          ],
        },
      },
    });
  });
  after(() => at.stop());

  it("is exported where it is the person's alone", async () => {
    const { map, rows } = await everything(at, ANA);
    assert.deepEqual(
      rows.LifetimeValue__cio?.map(({ Total__c }) => Total__c),
      [99.5],
    );
    assert.deepEqual(
      rows.Visits__cio?.map(({ Count__c }) => Count__c),
      [4, 4],
    );
    assert.deepEqual(
      rows.UnifiedssotContactPointEmailIr01__dlm?.map(({ ssot__Id__c }) => ssot__Id__c),
      ['UE-1', 'UE-1'],
    );
    assert.deepEqual(
      map.unreachable.filter(({ object }) => object.startsWith('Unified')),
      [],
    );
  });

  it("is somebody else's too where it is made of their records", async () => {
    const { rows } = await everything(at, 'shared@example.com');
    assert.ok(!JSON.stringify(rows.UnifiedssotContactPointEmailIr01__dlm ?? []).includes('UE-9'));
  });
});

it('an org from before the prefix gives all that it holds, links, insights and unified records among it', () =>
  withStand(
    {
      dataCloud: {
        default: {
          Individual__dlm: [
            { Id__c: 'P-1', FirstName__c: 'Ana', LastName__c: 'Lima', DataSourceId__c: 'CRM_1' },
            { Id__c: 'P-9', FirstName__c: 'Bo', LastName__c: 'Berg', DataSourceId__c: 'CRM_1' },
          ],
          ContactPointEmail__dlm: [
            { Id__c: 'E-1', PartyId__c: 'P-1', EmailAddress__c: ANA, DataSourceId__c: 'CRM_1' },
            {
              Id__c: 'E-9',
              PartyId__c: 'P-9',
              EmailAddress__c: 'bo@example.com',
              DataSourceId__c: 'CRM_1',
            },
          ],
          IndividualIdentityLink__dlm: [
            { SourceRecordId__c: 'P-1', UnifiedRecordId__c: 'U-1', DataSourceId__c: 'CRM_1' },
            { SourceRecordId__c: 'P-9', UnifiedRecordId__c: 'U-9', DataSourceId__c: 'CRM_1' },
          ],
          UnifiedIndividual__dlm: [
            { Id__c: 'U-1', FirstName__c: 'Ana' },
            { Id__c: 'U-9', FirstName__c: 'Bo' },
          ],
          Visit__dlm: [
            { Id__c: 'V-1', IndividualId__c: 'P-1', DataSourceId__c: 'WEB_1' },
            { Id__c: 'V-9', IndividualId__c: 'P-9', DataSourceId__c: 'WEB_1' },
          ],
          VisitPage__dlm: [
            { Id__c: 'G-1', VisitId__c: 'V-1' },
            { Id__c: 'G-9', VisitId__c: 'V-9' },
          ],
          Value__cio: [
            { IndividualId__c: 'P-1', Total__c: 3 },
            { IndividualId__c: 'P-9', Total__c: 9 },
          ],
        },
      },
      metadata: { UnifiedIndividual__dlm: { primaryKey: 'Id__c' } },
    },
    async (at) => {
      const { rows } = await everything(at, ANA);
      const keyOf = (row: Record<string, unknown>) =>
        String(row.Id__c ?? row.SourceRecordId__c ?? row.IndividualId__c);
      assert.deepEqual(
        Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, list.map(keyOf)])),
        {
          Individual__dlm: ['P-1'],
          ContactPointEmail__dlm: ['E-1'],
          IndividualIdentityLink__dlm: ['P-1'],
          Visit__dlm: ['V-1'],
          VisitPage__dlm: ['G-1'],
          UnifiedIndividual__dlm: ['U-1'],
          Value__cio: ['P-1'],
        },
      );
    },
  ));

it('several rulesets together lead to every profile, each unified individual once', () =>
  withStand(
    {
      dataCloud: {
        default: {
          ssot__Individual__dlm: ['P-1', 'P-2', 'P-3'].map((id) => ({
            ssot__Id__c: id,
            ssot__DataSourceId__c: 'CRM_1',
            ssot__FirstName__c: 'Ana',
            ssot__LastName__c: 'Lima',
          })),
          ssot__ContactPointEmail__dlm: [
            {
              ssot__Id__c: 'E-1',
              ssot__PartyId__c: 'P-1',
              ssot__EmailAddress__c: ANA,
              ssot__DataSourceId__c: 'CRM_1',
            },
          ],
          UnifiedLinkssotIndividualIr01__dlm: ['P-1', 'P-2'].map((id) => ({
            SourceRecordId__c: id,
            UnifiedRecordId__c: 'U-1',
            ssot__DataSourceId__c: 'CRM_1',
          })),
          UnifiedLinkssotIndividualProd__dlm: ['P-1', 'P-3'].map((id) => ({
            SourceRecordId__c: id,
            UnifiedRecordId__c: 'W-1',
            ssot__DataSourceId__c: 'CRM_1',
          })),
          UnifiedssotIndividualIr01__dlm: [{ ssot__Id__c: 'U-1' }],
          UnifiedssotIndividualProd__dlm: [{ ssot__Id__c: 'W-1' }],
        },
      },
    },
    async (at) => {
      const { profiles, rows } = await everything(at, ANA);
      assert.deepEqual(
        profiles.map(({ partyId, unifiedIndividuals }) => [partyId, unifiedIndividuals]),
        [
          ['P-1', ['U-1', 'W-1']],
          ['P-2', ['U-1']],
          ['P-3', ['W-1']],
        ],
      );
      assert.deepEqual(
        [rows.UnifiedssotIndividualIr01__dlm?.length, rows.UnifiedssotIndividualProd__dlm?.length],
        [2, 2],
      );
    },
  ));
