import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { RequestStatus } from '../../src/contract/status.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { inInbox, letterOf, manifestOf, opened, shownAlike } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const LEAD = '00Qxx0000000A01AAA';
const { ssot__Individual__dlm: people, ssot__ContactPointEmail__dlm: addresses } = (seed.dataCloud
  ?.default ?? {}) as Record<string, object[]>;
people?.push({
  ssot__Id__c: LEAD,
  ssot__FirstName__c: 'Lea',
  ssot__DataSourceId__c: 'Salesforce_Home',
});
addresses?.push({
  ssot__Id__c: 'E-LEA',
  ssot__PartyId__c: LEAD,
  ssot__EmailAddress__c: 'lea@example.com',
  ssot__DataSourceId__c: 'Salesforce_Home',
});
const dana = { emails: ['dana.kerr@example.com'] };

describe('a data source that nobody is known to run', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed,
      systems: [
        { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] },
        { id: 'einstein', connector: 'support-case', about: 'einstein-lead-history' },
      ],
    });
  });
  after(() => world?.stop());

  it('it is an operator’s task until the cut-off, and then a gap', async () => {
    await world.start({ requestId: 'U-1', subject: dana });
    const waiting = await world.until(
      'U-1',
      ({ systems, waitingOn }) =>
        systems.every(({ state }) => state === 'done') &&
        waitingOn.includes('data-source:Web_Shop'),
    );
    const wait = waiting.waits.find(({ on }) => on === 'data-source:Web_Shop');
    assert.deepEqual(
      [wait?.owner, wait?.then, wait?.until],
      ['operator', 'gap unmapped-source', waiting.timetable?.cutOffAt],
    );
    assert.equal(
      waiting.notices.filter(
        ({ kind, note }) => kind === 'escalation' && /data-source:Web_Shop/.test(note),
      ).length,
      1,
    );
    await world.pass('U-1', 29);
    await world.reaches('U-1', 'delivered');
    const status = await shownAlike(world, 'U-1');
    assert.deepEqual(
      status.gaps.map(({ system, because }) => `${system} ${because}`),
      ['data-source:Web_Shop unmapped-source'],
    );
    assert.deepEqual(
      manifestOf(await opened(status.package)).gaps.map(
        ({ system, because }) => `${system} ${because}`,
      ),
      ['data-source:Web_Shop unmapped-source'],
    );
  });

  it('an operator can close it, take that back, and give its data', async () => {
    await world.start({ requestId: 'U-2', subject: dana, policy: { reviewPackage: true } });
    const source = 'data-source:Web_Shop';
    const gaps = ({ gaps: all }: RequestStatus) => all.map(({ because }) => because);
    await world.until('U-2', ({ waitingOn }) => waitingOn.includes(source));
    assert.match(
      (await world.refusal('U-2', 'retrySystem', { system: source, by: 'operator' })).message,
      /respondForVendor.*skipSystem/,
    );
    assert.deepEqual(
      gaps(
        await world.order('U-2', 'skipSystem', {
          system: source,
          reason: 'it was closed',
          by: 'operator',
        }),
      ),
      ['skipped'],
    );
    await world.until('U-2', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    await world.order('U-2', 'retrySystem', { system: source, by: 'operator' });
    assert.deepEqual(
      gaps(
        await world.until(
          'U-2',
          ({ stage, waitingOn }) => stage === 'collecting' && waitingOn.includes(source),
        ),
      ),
      ['unmapped-source'],
    );
    await world.order('U-2', 'respondForVendor', {
      system: source,
      outcome: 'delivered',
      files: [await inInbox(world, 'U-2', source, 'shop.csv', 'SHOP\n')],
      by: 'operator',
    });
    const { revision, gaps: left } = await world.until('U-2', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    assert.deepEqual(left, []);
    await world.order('U-2', 'approvePackage', { revision, by: 'operator' });
    const entries = await opened((await world.reaches('U-2', 'delivered')).package);
    assert.ok([...entries.keys()].some((name) => name.endsWith('/shop.csv')));
  });

  it(
    'is not why a support case that the policy names must do without the leads: it is opened ' +
      'once they are found',
    async () => {
      await world.start({
        requestId: 'U-3',
        subject: { emails: ['lea@example.com'] },
        policy: { systems: ['einstein'] },
      });
      assert.match(await letterOf(world, 'U-3', 'question'), new RegExp(`Lead IDs: ${LEAD}`));
    },
  );
});
