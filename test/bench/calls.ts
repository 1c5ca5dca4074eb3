import { join } from 'node:path';
import { mapObjects } from '../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../src/connectors/data-cloud/locate/individuals.ts';
import { locate } from '../../src/connectors/data-cloud/locate/locate.ts';
import { readRestricted } from '../../src/connectors/data-cloud/export/restricted.ts';
import { readModel } from '../../src/connectors/data-cloud/model/space-model.ts';
import { createSalesforce } from '../../src/salesforce/create-salesforce.ts';
import { metered } from '../../src/http/meter.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { sinkIn } from '../../src/storage/file-sink.ts';
import { withSimulator } from './with-simulator.ts';

/** API calls that one request of so many profiles takes in Data Cloud. */
export interface CallCost {
  readonly profiles: number;
  readonly objects: number;
  /** To read the model, once for all requests of a day. */
  readonly model: number;
  /** To find the profiles. */
  readonly locate: number;
  /** To read the consent flag: one for each party ID. */
  readonly consent: number;
  /** To export all objects. */
  readonly exported: number;
  readonly perObject: number;
}

const EMAIL = 'vera@example.com';

/** One person of so many profiles in one unified individual, each with an order and a visit. */
function personOf(profiles: number): Seed {
  const ids = Array.from({ length: profiles }, (_, index) => `P-${index}`);
  const row = (id: string, more: object) => ({
    ssot__Id__c: id,
    ssot__DataSourceId__c: 'Shop',
    ...more,
  });
  return {
    dataCloud: {
      default: {
        ssot__Individual__dlm: ids.map((id) =>
          row(id, { ssot__FirstName__c: 'Vera', ssot__LastName__c: 'Test' }),
        ),
        ssot__ContactPointEmail__dlm: [
          row('E-1', { ssot__PartyId__c: 'P-0', ssot__EmailAddress__c: EMAIL }),
        ],
        UnifiedLinkssotIndividualIr01__dlm: ids.map((id) => ({
          SourceRecordId__c: id,
          UnifiedRecordId__c: 'U-1',
          ssot__DataSourceId__c: 'Shop',
        })),
        UnifiedssotIndividualIr01__dlm: [{ ssot__Id__c: 'U-1' }],
        ssot__SalesOrder__dlm: ids.map((id) => row(`O-${id}`, { ssot__SoldToCustomerId__c: id })),
        ssot__WebsiteEngagement__dlm: ids.map((id) =>
          row(`V-${id}`, { ssot__IndividualId__c: id }),
        ),
      },
    },
  };
}

/** Counts the calls of one request, for each number of profiles. */
export async function measureCalls(numbers: readonly number[]): Promise<CallCost[]> {
  const costs: CallCost[] = [];
  for (const profiles of numbers) {
    costs.push(
      await withSimulator(personOf(profiles), (simulator, folder) =>
        callsOf(profiles, { ...simulator, folder }),
      ),
    );
  }
  return costs;
}

async function callsOf(
  wanted: number,
  {
    core,
    clientId,
    clientSecret,
    folder,
  }: {
    core: string;
    clientId: string;
    clientSecret: string;
    folder: string;
  },
): Promise<CallCost> {
  const salesforce = createSalesforce({
    loginUrl: core,
    clientId,
    clientSecret,
    apiVersion: '67.0',
  });
  const counting = <Result>(work: () => Promise<Result>) =>
    metered(async (spent) => ({ result: await work(), calls: spent().calls }));
  try {
    await salesforce.dataSpaces();
    const model = await counting(() => readModel(salesforce, 'default'));
    const map = mapObjects(model.result, { exclude: [], rulesets: 'auto' });
    const located = await counting(() =>
      locate(salesforce, {
        identifiers: [{ name: 'emails[0]', kind: 'email', value: EMAIL, confirmed: true }],
        dataSpaces: ['default'],
        rulesets: 'auto',
        maxProfiles: 1000,
        at: '2026-11-24T00:00:00.000Z',
        mapOf: async () => map,
      }),
    );
    const profiles = located.result.profiles.map((profile, index) => ({
      ...profile,
      number: index + 1,
    }));
    if (profiles.length !== wanted) {
      throw new Error(`${profiles.length} profiles of ${wanted} were found.`);
    }
    const consent = await counting(() =>
      readRestricted(
        salesforce,
        profiles.map(({ partyId }) => partyId),
      ),
    );
    const exported = await counting(async () => {
      const kin = await siblings(salesforce, map, profiles);
      for (const object of map.objects) {
        await exportObject(
          salesforce,
          { object, dataSpace: 'default', profiles, siblings: kin },
          {
            requestId: 'B-1',
            system: 'data-cloud',
            at: '2026-11-24T00:00:00.000Z',
            signal: new AbortController().signal,
            sink: sinkIn(folder, join(folder, 'files')),
            heartbeat: () => undefined,
            resume: undefined,
          },
        );
      }
    });
    const objects = map.objects.length;
    return {
      profiles: wanted,
      objects,
      model: model.calls,
      locate: located.calls,
      consent: consent.calls,
      exported: exported.calls,
      perObject: exported.calls / objects,
    };
  } finally {
    await salesforce.close();
  }
}
