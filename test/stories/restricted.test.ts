import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { manifestOf, opened } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const NOOR = '003xx0000000N01';

describe('a person whose processing is restricted', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed: {
        dataCloud: {
          default: {
            ssot__Individual__dlm: [NOOR, 'P-1', 'P-2'].map((id) => ({
              ssot__Id__c: id,
              ssot__DataSourceId__c: 'CRM_1',
              ssot__FirstName__c: 'Noor',
              ssot__LastName__c: 'Haddad',
            })),
            ssot__ContactPointEmail__dlm: [
              {
                ssot__Id__c: 'E-1',
                ssot__PartyId__c: 'P-1',
                ssot__EmailAddress__c: 'free@example.com',
                ssot__DataSourceId__c: 'CRM_1',
              },
              {
                ssot__Id__c: 'E-2',
                ssot__PartyId__c: 'P-2',
                ssot__EmailAddress__c: 'second@example.com',
                ssot__DataSourceId__c: 'CRM_1',
              },
            ],
          },
        },
        core: {
          Contact: [{ Id: NOOR, FirstName: 'Noor', LastName: 'Haddad', Email: 'noor@example.com' }],
        },
        restricted: { default: [NOOR] },
      },
      systems: [{ id: 'crm', connector: 'core-crm', dataSources: ['CRM_1'] }],
    });
  });
  after(() => world?.stop());

  it('is never told that nothing is held: an operator hears of it, and the package names the gap', async () => {
    await world.start({ requestId: 'R-1', subject: { emails: ['noor@example.com'] } });
    const waiting = await world.until('R-1', ({ waits }) =>
      waits.some(({ on, owner }) => on === 'data-cloud' && owner === 'operator'),
    );
    assert.deepEqual(
      waiting.lookups.map(({ outcome }) => outcome),
      ['withheld'],
    );
    assert.deepEqual(waiting.systems.find(({ id }) => id === 'data-cloud')?.outcome, null);
    await world.order('R-1', 'skipSystem', {
      system: 'data-cloud',
      reason: 'exported by hand',
      by: 'privacy team',
    });
    const { gaps, package: archive } = await world.reaches('R-1', 'delivered');
    assert.deepEqual(
      gaps.map(({ system, because }) => [system, because]),
      [
        ['data-cloud', 'restricted'],
        ['data-cloud', 'skipped'],
      ],
    );
    assert.match(
      gaps[0]?.note ?? '',
      /^emails\[0\] leads to nothing\. Processing of this person's data is restricted, and searches hide what there is\.$/,
    );
    assert.match(gaps[0]?.advice ?? '', /processing=optout/);
    assert.deepEqual(
      manifestOf(await opened(archive)).gaps.map(({ because }) => because),
      ['restricted', 'skipped'],
    );
  });

  it('is a gap of the profile where the restriction comes after it was found', async () => {
    await world.start({
      requestId: 'R-2',
      subject: { emails: ['free@example.com', 'second@example.com'] },
      identity: { confirmed: ['emails[0]'] },
    });
    await world.reaches('R-2', 'reviewing-match');
    const restrict = (partyIds: readonly string[]) =>
      fetch(`${world.simulator.control}/restricted`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ dataSpace: 'default', partyIds }),
      });
    await restrict([NOOR, 'P-1']);
    await world.order('R-2', 'decideMatch', {
      decisions: [
        { partyId: 'P-2', dataSpace: 'default', include: false, reason: 'another person' },
      ],
      by: 'privacy team',
    });
    const { gaps } = await world.until('R-2', ({ gaps: found }) =>
      found.some(({ because }) => because === 'restricted'),
    );
    assert.deepEqual(
      gaps.map(({ because, profile }) => [because, profile]),
      [['restricted', 1]],
    );
    await restrict([NOOR]);
    await world.order('R-2', 'retrySystem', { system: 'data-cloud', by: 'privacy team' });
    assert.deepEqual((await world.reaches('R-2', 'delivered')).gaps, []);
  });
});

describe('what a request costs', () => {
  it('stands in the status, the package and its receipts, by system', async () => {
    const world = await openWorld({
      seed: {
        dataCloud: {
          default: {
            ssot__Individual__dlm: [{ ssot__Id__c: 'P-1', ssot__DataSourceId__c: 'CRM_1' }],
            ssot__ContactPointEmail__dlm: [
              {
                ssot__Id__c: 'E-1',
                ssot__PartyId__c: 'P-1',
                ssot__EmailAddress__c: 'free@example.com',
                ssot__DataSourceId__c: 'CRM_1',
              },
            ],
          },
        },
        core: { Contact: [{ Id: 'P-1', Email: 'free@example.com' }] },
      },
      systems: [{ id: 'crm', connector: 'core-crm', dataSources: ['CRM_1'] }],
    });
    try {
      await world.start({ requestId: 'R-1', subject: { emails: ['free@example.com'] } });
      const { cost = {}, package: archive } = await world.reaches('R-1', 'delivered');
      const manifest = manifestOf(await opened(archive));
      assert.deepEqual(
        [Object.keys(cost).toSorted(), manifest.cost],
        [['crm', 'data-cloud'], cost],
      );
      for (const { calls, rows, bytes } of Object.values(cost)) {
        assert.ok(calls > 0 && rows > 0 && bytes > 0);
      }
      const receipts = manifest.receipts.map(
        ({ provenance }) => provenance as Record<string, number>,
      );
      assert.ok(receipts.length > 1 && receipts.every(({ calls }) => Number(calls) > 0));
      assert.ok(
        receipts.reduce((sum, { calls }) => sum + Number(calls), 0) <
          Object.values(cost).reduce((sum, { calls }) => sum + calls, 0),
      );
    } finally {
      await world.stop();
    }
  });
});
