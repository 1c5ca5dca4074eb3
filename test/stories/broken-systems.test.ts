import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { RequestInput } from '../../src/contract/request.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { countsIn, fault, mended, shownAlike } from '../support/evidence.ts';
import {
  areDone,
  deliveredInTime,
  gapsOf,
  noticed,
  packageNaming,
  systemOf,
  waitOn,
} from '../support/reading.ts';
import { openWorld, type World } from '../support/world.ts';

const DAY = 24 * 3600 * 1000;
const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const dana = { emails: ['dana.kerr@example.com'] };
const OWN_IN_CRM = ['OWN-0016', 'OWN-0017', 'OWN-0018'];

describe('a system that stays down, or does not accept us', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed: { ...seed, vendors: { 'silent-ads': { kind: 'opendsr', behaviour: 'silent' } } },
      systems: [
        { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] },
        {
          id: 'shop',
          connector: 'manual',
          dataSources: ['Web_Shop'],
          instructions: 'Ask the web shop.',
        },
        { id: 'acme-mail', connector: 'manual', instructions: 'Ask privacy@acme.example.' },
        {
          id: 'silent-ads',
          connector: 'opendsr',
          baseUrl: '${VENDORS}/opendsr/silent-ads/v2',
          token: '${VENDOR_TOKEN}',
          regulation: 'gdpr',
        },
      ],
    });
  });
  after(() => world?.stop());
  afterEach(() => mended(world));

  const start = (requestId: string, more: Partial<RequestInput> = {}) =>
    world.start({ requestId, subject: dana, ...more });
  const atTheCutOff = async (requestId: string, secondsBefore: number) => {
    await start(requestId, {
      law: 'appi',
      residence: { country: 'JP' },
      identity: 'required',
      policy: { systems: ['silent-ads'] },
    });
    const { timetable } = await world.until(requestId, ({ waitingOn }) =>
      waitingOn.includes('operator:identity'),
    );
    await world.pass(
      requestId,
      (Date.parse(timetable?.cutOffAt ?? '') - Date.now()) / DAY - secondsBefore / 86_400,
    );
  };

  it('is named at the cut-off: a cloud that cannot be read, a vendor that cannot be asked', async () => {
    await atTheCutOff('D-1', 8);
    await fault(world, 'core GET /services/data/.*/query', 'unavailable');
    await fault(world, 'vendors POST .*silent-ads', 'unavailable');
    await world.signal('D-1', 'identityConfirmed', { method: 'code', by: 'web-form' });
    await world.until('D-1', (it) => areDone(it, 'data-cloud'));
    const trying = await shownAlike(world, 'D-1');
    for (const id of ['crm', 'silent-ads']) {
      assert.deepEqual(
        [waitOn(trying, id).owner, waitOn(trying, id).then],
        ['dossier', 'gap unavailable'],
      );
    }
    const status = await deliveredInTime(world, 'D-1');
    assert.deepEqual(gapsOf(status), ['crm unavailable', 'shop overdue', 'silent-ads unavailable']);
    assert.match(
      status.gaps.find(({ system: id }) => id === 'silent-ads')?.note ?? '',
      /could not be asked/,
    );
    await packageNaming(status);
  });

  it('is named at the cut-off where nobody could be looked up, and the others are still asked', async () => {
    await atTheCutOff('D-2', 6);
    await fault(world, 'core POST .*query-sql', 'unavailable');
    await world.signal('D-2', 'identityConfirmed', { method: 'code', by: 'web-form' });
    await world.until('D-2', ({ waits }) => waits.some(({ on }) => on === 'data-cloud'));
    assert.deepEqual([waitOn(await shownAlike(world, 'D-2'), 'data-cloud').owner], ['dossier']);
    await world.until('D-2', (it) => areDone(it, 'crm'));
    await mended(world);
    await world.pass('D-2', 4);
    const status = await deliveredInTime(world, 'D-2');
    assert.deepEqual(gapsOf(status), ['data-cloud unavailable', 'silent-ads overdue']);
    const entries = await packageNaming(status);
    assert.deepEqual(Object.keys(countsIn(entries, /OWN-\d+/g)).sort(), OWN_IN_CRM);
  });

  it('is an operator’s task where it denies our credentials, and named at the cut-off', async () => {
    await fault(world, 'core GET /services/data/.*/query', 'forbidden');
    await start('C-1');
    await world.until('C-1', ({ waitingOn }) => waitingOn.includes('crm'));
    const waiting = await shownAlike(world, 'C-1');
    assert.deepEqual(
      [waitOn(waiting, 'crm').owner, waitOn(waiting, 'crm').then, waitOn(waiting, 'crm').until],
      ['operator', 'gap denied', waiting.timetable?.cutOffAt],
    );
    assert.equal(noticed(waiting, 'escalation', /^crm: denied/).length, 1);
    await world.until('C-1', (it) => areDone(it, 'data-cloud'));
    await world.pass('C-1', 29);
    await mended(world);
    const status = await deliveredInTime(world, 'C-1');
    assert.deepEqual(gapsOf(status), ['crm denied', 'shop overdue']);
    await packageNaming(status);
  });

  it('is read once an operator has mended its credentials', async () => {
    await fault(world, 'core GET /services/data/.*/query', 'forbidden');
    await start('C-2');
    await world.until('C-2', ({ waitingOn }) => waitingOn.includes('crm'));
    await mended(world);
    const retried = await world.order('C-2', 'retrySystem', { system: 'crm', by: 'operator' });
    assert.deepEqual(gapsOf(retried), []);
    const status = await world.until('C-2', (it) => systemOf(it, 'crm').state === 'done');
    assert.deepEqual(gapsOf(status), []);
    assert.equal(systemOf(status, 'crm').outcome, 'delivered');
  });

  it(
    'is an operator’s task where it denies the look-up, and named at the cut-off, never as ' +
      'nothing found',
    async () => {
      await fault(world, 'core POST .*query-sql', 'forbidden');
      await start('L-1', { policy: { systems: ['acme-mail'] } });
      await start('L-2');
      await start('L-3', { subject: { emails: ['nobody@example.com'] } });
      for (const id of ['L-1', 'L-2', 'L-3']) {
        await world.until(id, ({ waitingOn }) => waitingOn.includes('data-cloud'));
      }
      const waiting = await shownAlike(world, 'L-1');
      assert.deepEqual(
        [waiting.stage, waitOn(waiting, 'data-cloud').owner, waitOn(waiting, 'data-cloud').then],
        ['locating', 'operator', 'gap denied'],
      );
      assert.deepEqual([waiting.lookups, waiting.profiles], [[], []]);
      await mended(world);
      await world.order('L-2', 'retrySystem', { system: 'data-cloud', by: 'operator' });
      assert.deepEqual(
        gapsOf(await world.until('L-2', (it) => areDone(it, 'data-cloud', 'crm'))),
        [],
      );
      await world.pass('L-1', 27.5);
      await world.until('L-1', (it) => areDone(it, 'crm'));
      await world.pass('L-1', 2.5);
      const status = await deliveredInTime(world, 'L-1');
      assert.deepEqual(gapsOf(status), ['acme-mail overdue', 'data-cloud denied']);
      assert.equal(systemOf(status, 'acme-mail').reminders, 3);
      await packageNaming(status);
      await world.pass('L-3', 29);
      const entries = await packageNaming(await deliveredInTime(world, 'L-3'));
      assert.doesNotMatch(
        entries.get('index.html')?.toString('utf8') ?? '',
        /Nothing was found|Nothing is missing/,
      );
    },
  );
});
