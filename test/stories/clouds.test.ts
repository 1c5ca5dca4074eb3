import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CONTACT, cloudSeed, UNIT } from '../connectors/cloud-seed.ts';
import { serveDrop } from '../connectors/drop-server.ts';
import { ANA } from '../connectors/fixture.ts';
import { countsIn, findings, manifestOf, opened } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const seed = {
  ...cloudSeed, privacyCenter: { completesAfterPolls: 0 },
  dataCloud: { default: {
    ...cloudSeed.dataCloud?.default,
    ssot__Individual__dlm: [{ ssot__Id__c: 'P-1', ssot__FirstName__c: 'Ana', ssot__LastName__c: 'Lima', ssot__DataSourceId__c: 'WEB' }, { ssot__Id__c: CONTACT, ssot__FirstName__c: 'Ana', ssot__LastName__c: 'Lima', ssot__DataSourceId__c: 'CRM_1' }],
    ssot__ContactPointEmail__dlm: ['P-1', CONTACT].map((party, index) => ({ ssot__Id__c: `E-${index}`, ssot__PartyId__c: party, ssot__EmailAddress__c: ANA, ssot__DataSourceId__c: party === 'P-1' ? 'WEB' : 'CRM_1' })),
    UnifiedLinkssotIndividualIr01__dlm: ['P-1', CONTACT].map((party) => ({ SourceRecordId__c: party, UnifiedRecordId__c: 'U-1', ssot__DataSourceId__c: party === 'P-1' ? 'WEB' : 'CRM_1' })),
  } },
};

describe('a person in every cloud', () => {
  let world: World;
  let bucket: Awaited<ReturnType<typeof serveDrop>>;
  before(async () => {
    bucket = await serveDrop(() => join(world.folder, 'simulator/drops/drop'), () => new Date(0).toISOString());
    world = await openWorld({ seed, policy: { systems: ['copy'] }, systems: ({ marketingCloud, accountEngagement, b2cCommerce, personalization }) => [
      { id: 'crm', connector: 'core-crm', dataSources: ['CRM_1'] },
      { id: 'marketing', connector: 'marketing-cloud', authUrl: marketingCloud?.auth, clientId: marketingCloud?.clientId, clientSecret: '${MARKETING_SECRET}', businessUnits: marketingCloud?.businessUnits, dataExtensions: [{ key: 'orders-key', column: 'ContactKey' }, { key: 'news-key', column: 'EmailAddress', holds: 'email' }] },
      { id: 'pardot', connector: 'account-engagement', baseUrl: accountEngagement?.url, businessUnits: [UNIT], fields: { prospects: ['Size__c'] } },
      { id: 'shop', connector: 'b2c-commerce', apiUrl: b2cCommerce?.api, tokenUrl: `${b2cCommerce?.auth}/dwsso/oauth2/access_token`, clientId: b2cCommerce?.clientId, clientSecret: '${COMMERCE_SECRET}', organizationId: b2cCommerce?.organizationId, customerLists: ['Main'], sites: ['Shop'], ordersSince: '2026-01-01' },
      { id: 'personal', connector: 'personalization', baseUrl: personalization?.url, keyId: personalization?.keyId, secret: '${PERSONALIZATION_SECRET}', datasets: ['shop', 'app'] },
      { id: 'policy', connector: 'privacy-center', policy: 'ConsumerAccess', dataSources: ['CRM_1'] },
      { id: 'copy', connector: 'data-cloud-portability', bucket: 'drop', region: 'eu-central-1', endpoint: bucket.endpoint, write: { accessKeyId: 'AKIAWRITE', secretAccessKey: '${DROP_SECRET}' }, quietFor: '1h' },
      { id: 'web', connector: 'manual', dataSources: ['WEB'] },
    ] });
  });
  after(async () => {
    await world?.stop();
    await bucket?.stop();
  });

  const delivered = async (requestId: string, type: 'access' | 'portability') => {
    await world.start({ requestId, type, subject: { emails: [ANA], externalIds: { userId: 'U-1' } } });
    await world.until(requestId, ({ systems, waitingOn }) => systems.length > 5 && waitingOn.join() === 'web', 'all but the web shop');
    await world.signal(requestId, 'vendorResponded', { system: 'web', outcome: 'nothing-held', files: [], by: 'test' });
    const status = await world.reaches(requestId, 'delivered');
    return { status, entries: await opened(status.package) };
  };

  it('gets each of her rows from each of them, and nobody else\'s, with Data Cloud\'s own copy where data are to be handed over', async () => {
    const { status, entries } = await delivered('C-1', 'portability');
    assert.deepEqual(status.systems.map(({ id, outcome }) => [id, outcome]).toSorted(), [
      ['copy', 'delivered'], ['crm', 'delivered'], ['data-cloud', 'delivered'], ['marketing', 'delivered'], ['pardot', 'delivered'], ['personal', 'delivered'], ['policy', 'delivered'], ['shop', 'delivered'], ['web', 'nothing-held'],
    ]);
    assert.deepEqual(countsIn(entries, /OWN-\w+/g), {
      'OWN-V': 1, 'OWN-C': 1, 'OWN-A': 4, 'OWN-P': 1, 'OWN-W': 1, 'OWN-D': 3, 'OWN-E': 5, 'OWN-F': 1, 'OWN-N': 1, 'OWN-S': 1, 'OWN-H': 1, 'OWN-I': 1, 'OWN-O1': 1, 'OWN-O2': 1, 'OWN-U': 1,
    });
    assert.deepEqual(findings(entries, /OTHER-\w+/), []);
    assert.ok(entries.has('systems/policy/policy-1.zip'));
    assert.ok([...entries.keys()].some((name) => /^systems\/copy\/profile-\d\/.*Website/.test(name)));
    assert.deepEqual(manifestOf(entries).gaps.map(({ system, because }) => [system, because]), [['pardot', 'restricted']]);
    assert.ok(!findings(entries, /drop-secret|AKIAWRITE/).length);
  });

  it('gets no copy of Data Cloud\'s own where she asks for access', async () => {
    const { status, entries } = await delivered('C-2', 'access');
    assert.ok(!status.systems.some(({ id }) => id === 'copy'));
    assert.ok(![...entries.keys()].some((name) => name.startsWith('systems/copy/')));
  });
});
