import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { RequestInput } from '../../src/contract/request.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import type { Store } from '../../src/storage/filesystem.ts';
import {
  countsIn,
  deletionReceiptOf,
  fault,
  filesOf,
  findings,
  inInbox,
  lettersOf,
  mended,
  shownAlike,
} from '../support/evidence.ts';
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

/** The same store on a disk that can be made to fail, for every step that goes there. */
function onDisk(store: Store, disk: { fails: string }): Store {
  const steps: readonly string[] = [
    'claimRecord',
    'writeLetter',
    'removeRequest',
    'putReceipt',
  ] satisfies (keyof Store)[];
  return new Proxy(store, {
    get: (target, name) => {
      if (disk.fails === '' || !steps.includes(name as string)) return target[name as keyof Store];
      return () =>
        Promise.reject(Object.assign(new Error(`${disk.fails}: no write`), { code: disk.fails }));
    },
  });
}

describe('Dossier, when everybody is silent,', () => {
  let world: World;
  const disk = { fails: '' };
  before(async () => {
    world = await openWorld({
      change: (parts) => ({ ...parts, store: onDisk(parts.store, disk) }),
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

  it('refuses on the answer date who never proves who they are, and says the same to everybody', async () => {
    const letters: string[] = [];
    for (const [requestId, email] of [
      ['I-1', 'dana.kerr@example.com'],
      ['I-2', 'nobody@example.com'],
    ] as const) {
      const handle = await start(requestId, {
        subject: { emails: [email] },
        identity: 'required',
        language: 'en',
      });
      await world.until(requestId, ({ waitingOn }) => waitingOn.includes('operator:identity'));
      const verifying = await shownAlike(world, requestId);
      const { owner, until, then } = waitOn(verifying, 'operator:identity');
      assert.deepEqual([owner, then], ['operator', 'refused, nothing is packaged']);
      assert.equal(
        until,
        new Date(Date.parse(verifying.timetable?.dueAt ?? '') - DAY).toISOString(),
      );
      await world.pass(requestId, 45);
      const ended = await shownAlike(world, requestId);
      assert.deepEqual(await handle.result(), ended);
      assert.equal(ended.stage, 'refused');
      assert.equal(ended.overdue, false);
      assert.equal(ended.package, null);
      assert.equal(noticed(ended, 'reminder', /prove who they are/).length, 3);
      assert.ok((ended.notices.at(-1)?.at ?? 'z') < (ended.timetable?.dueAt ?? ''));
      assert.deepEqual(await filesOf(world, requestId), []);
      assert.match(String((await deletionReceiptOf(world, requestId)).why), /refused/);
      letters.push(
        ...Object.values(await lettersOf(world, requestId)).map((text) =>
          text.replaceAll(requestId, 'I'),
        ),
      );
    }
    assert.equal(letters.length, 2);
    assert.equal(letters[0], letters[1]);
    assert.match(letters[0] ?? '', /says nothing about whether we hold data/);
  });

  it(
    'shows a disk that is full or read-only as an operator’s at whatever stage, and goes on by ' +
      'itself once it is mended',
    async () => {
      disk.fails = 'ENOSPC';
      await start('D-1');
      await world.until(
        'D-1',
        ({ waitingOn }) => waitingOn.includes('operator:storage'),
        'a storage that fails',
      );
      const full = await shownAlike(world, 'D-1');
      const { owner, reason, then } = waitOn(full, 'operator:storage');
      assert.deepEqual([full.stage, owner], ['planning', 'operator']);
      assert.match(reason, /disk is full \(ENOSPC\)\. Make room.*leave a record of the request/);
      assert.match(then, /by itself/);
      disk.fails = '';
      await world.until(
        'D-1',
        (it) => areDone(it, 'crm') && !it.waitingOn.includes('operator:storage'),
        'work that goes on',
      );
      disk.fails = 'EROFS';
      const withdrawn = world.order('D-1', 'withdraw', { reason: 'no longer', by: 'operator' });
      await world.until(
        'D-1',
        ({ waitingOn }) => waitingOn.includes('operator:storage'),
        'a deletion that fails',
      );
      assert.match(
        waitOn(await world.status('D-1'), 'operator:storage').reason,
        /read-only \(EROFS\).*delete the package/,
      );
      disk.fails = '';
      assert.equal((await withdrawn).stage, 'withdrawn');
      assert.deepEqual(await filesOf(world, 'D-1'), []);
    },
  );

  it('leaves out profiles on which nobody decides, and sends the rest in time', async () => {
    await start('M-1', {
      subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] },
      identity: { confirmed: ['emails[0]'] },
    });
    await world.until('M-1', ({ waitingOn }) => waitingOn.includes('operator:match'));
    const reviewing = await shownAlike(world, 'M-1');
    const { owner, until, then } = waitOn(reviewing, 'operator:match');
    assert.deepEqual(
      [owner, until, then],
      ['operator', reviewing.timetable?.cutOffAt, 'gap not-reviewed'],
    );
    await world.pass('M-1', 27.5);
    assert.equal(noticed(await world.status('M-1'), 'reminder', /operator:match/).length, 3);
    await world.until('M-1', (it) => areDone(it, 'data-cloud', 'crm'));
    await world.pass('M-1', 2.5);
    const status = await deliveredInTime(world, 'M-1');
    assert.deepEqual(gapsOf(status), ['data-cloud not-reviewed', 'shop overdue']);
    assert.deepEqual(status.profiles.map(({ partyId, state }) => `${partyId} ${state}`).sort(), [
      '003Ts00001DanaKAAA exported',
      '003Ts00001DerekKAA gap',
      'WEB-501 exported',
      'WEB-502 gap',
    ]);
    const entries = await packageNaming(status);
    assert.deepEqual(
      Object.keys(countsIn(entries, /OWN-\d+/g))
        .filter((marker) => OWN_IN_CRM.includes(marker))
        .sort(),
      OWN_IN_CRM,
    );
    assert.deepEqual(findings(entries, /OTHER-\d+/), []);
  });

  it('reminds a vendor, escalates, asks whether to extend, and names the gap in time', async () => {
    await start('V-1', { policy: { systems: ['acme-mail', 'silent-ads'] } });
    await world.until('V-1', (it) => areDone(it, 'data-cloud', 'crm') && it.waitingOn.length === 3);
    const waiting = await shownAlike(world, 'V-1');
    assert.deepEqual([...waiting.waitingOn].sort(), ['acme-mail', 'shop', 'silent-ads']);
    for (const id of ['acme-mail', 'silent-ads']) {
      assert.deepEqual(
        [waitOn(waiting, id).owner, waitOn(waiting, id).then, waitOn(waiting, id).until],
        ['vendor', 'gap overdue', waiting.timetable?.cutOffAt],
      );
    }
    await fault(world, 'vendors GET .*silent-ads', 'unavailable');
    await world.pass('V-1', 29);
    const status = await deliveredInTime(world, 'V-1');
    assert.deepEqual(gapsOf(status), ['acme-mail overdue', 'shop overdue', 'silent-ads overdue']);
    for (const id of ['acme-mail', 'silent-ads']) {
      assert.deepEqual([systemOf(status, id).reminders, systemOf(status, id).state], [3, 'gap']);
      assert.equal(
        noticed(status, 'reminder', /please answer by/i).filter(({ to }) => to === id).length,
        3,
      );
      assert.equal(noticed(status, 'escalation', new RegExp(`^${id} has not answered`)).length, 1);
    }
    const [asked] = noticed(status, 'escalation', /^Extend until/);
    assert.match(
      asked?.note ?? '',
      new RegExp(
        `^Extend until \\S+, announced by ${status.timetable?.extendBy}, or send by ` +
          `${status.timetable?.answerBy}`,
      ),
    );
    assert.ok(/until (\S+),/.exec(asked?.note ?? '')?.[1] ?? '' > `${status.timetable?.extendBy}`);
    assert.ok(
      asked &&
        asked.at < (status.timetable?.cutOffAt ?? '') &&
        asked.at < `${status.timetable?.extendBy}T`,
    );
    assert.equal(status.timetable?.extension.used, false);
    await packageNaming(status);
  });

  it('never delivers what nobody approves, asks daily, and is overdue on the answer date', async () => {
    await start('P-1', { policy: { reviewPackage: true } });
    await world.until('P-1', ({ waitingOn }) => waitingOn.includes('shop'));
    await world.signal('P-1', 'vendorResponded', {
      system: 'shop',
      outcome: 'nothing-held',
      by: 'shop',
    });
    await world.until('P-1', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    const reviewing = await shownAlike(world, 'P-1');
    const { owner, until, since } = waitOn(reviewing, 'operator:approval');
    assert.deepEqual([owner, until], ['operator', new Date(Date.parse(since) + DAY).toISOString()]);
    const daysLeft = Math.ceil((Date.parse(reviewing.timetable?.dueAt ?? '') - Date.now()) / DAY);
    await world.pass('P-1', daysLeft - 2);
    assert.equal((await shownAlike(world, 'P-1')).overdue, false);
    await world.pass('P-1', 10);
    const status = await shownAlike(world, 'P-1');
    assert.deepEqual(
      [status.stage, status.overdue, status.package],
      ['reviewing-package', true, null],
    );
    assert.equal(waitOn(status, 'operator:approval').since, since);
    assert.equal(noticed(status, 'escalation', /awaits approval/).length, daysLeft + 8);
    assert.equal(noticed(status, 'overdue', /was due by/).length, 1);
    assert.deepEqual(
      (await filesOf(world, 'P-1')).filter((path) => path.startsWith('packages/')),
      [],
    );
    await world.order('P-1', 'approvePackage', { revision: status.revision, by: 'operator' });
    assert.match((await world.reaches('P-1', 'delivered')).notes.join(), /delivered after/);
  });

  it('waits some days all the same for answers to a request that comes after its own cut-off', async () => {
    const receivedAt = new Date(Date.now() - 24 * DAY).toISOString();
    await start('A-1', {
      receivedAt,
      policy: { systems: ['acme-mail'], cutOff: '10d', lateWait: '2d' },
    });
    await world.until('A-1', (it) => areDone(it, 'data-cloud', 'crm') && it.waitingOn.length === 2);
    const waiting = await shownAlike(world, 'A-1');
    const { since, until } = waitOn(waiting, 'acme-mail');
    const days = (Date.parse(until ?? '') - Date.parse(since)) / DAY;
    assert.ok(days > 1.99 && days <= 2, `waits ${days} days`);
    assert.match(waiting.notes.join(), /began after the cut-off/);
    await world.pass('A-1', 1.5);
    assert.equal((await world.status('A-1')).stage, 'collecting');
    await world.pass('A-1', 1);
    const status = await deliveredInTime(world, 'A-1');
    assert.deepEqual(gapsOf(status), ['acme-mail overdue', 'shop overdue']);
  });

  it(
    'is never carried past the answer date by a wait of ours: a request that comes late is sent ' +
      'in time, with named gaps',
    async () => {
      await start('B-1', {
        receivedAt: new Date(Date.now() - 28.5 * DAY).toISOString(),
        policy: { systems: ['acme-mail'] },
      });
      await world.until(
        'B-1',
        (it) => areDone(it, 'data-cloud', 'crm') && it.waitingOn.length === 2,
      );
      const waiting = await shownAlike(world, 'B-1');
      const {
        timetable: { answerBy, dueAt },
      } = waiting as { timetable: NonNullable<typeof waiting.timetable> };
      assert.ok(Date.now() < Date.parse(dueAt));
      for (const id of ['acme-mail', 'shop']) {
        assert.ok(
          (waitOn(waiting, id).until ?? 'z') < dueAt,
          `waits until ${waitOn(waiting, id).until}, due at ${dueAt}`,
        );
        assert.ok((systemOf(waiting, id).answerBy ?? 'z') <= answerBy);
      }
      for (const [name, text] of Object.entries(await lettersOf(world, 'B-1')).filter(([it]) =>
        it.includes('question'),
      )) {
        assert.ok(
          [...text.matchAll(/by (\d{4}-\d\d-\d\d)/g)].every(([, day = 'z']) => day <= answerBy),
          `${name}: ${text}`,
        );
      }
      assert.match(waiting.willBeLate?.because ?? '', /acme-mail.*no answer yet/);
      assert.ok((waiting.willBeLate?.on ?? '') > answerBy);
      const { searchAttributes } = await world.client.workflow.getHandle('dsar-B-1').describe();
      assert.deepEqual(
        [
          new Date(String(searchAttributes.DossierLateOn?.[0])).toISOString(),
          searchAttributes.DossierOwner,
        ],
        [dueAt, ['vendor']],
      );
      await world.pass('B-1', (Date.parse(dueAt) - Date.now()) / DAY - 0.01);
      const status = await deliveredInTime(world, 'B-1');
      assert.deepEqual(
        [gapsOf(status), status.overdue, status.willBeLate],
        [['acme-mail overdue', 'shop overdue'], false, null],
      );
    },
  );

  it('answers that nobody was found, and still asks the vendors that the policy names', async () => {
    await start('N-1', {
      subject: { emails: ['nobody@example.com'] },
      policy: { systems: ['acme-mail'] },
    });
    await world.until(
      'N-1',
      (it) => areDone(it, 'data-cloud', 'crm') && it.waitingOn.includes('acme-mail'),
    );
    assert.deepEqual(
      (await shownAlike(world, 'N-1')).lookups.map(({ outcome }) => outcome),
      ['none'],
    );
    await world.pass('N-1', 29);
    const status = await deliveredInTime(world, 'N-1');
    assert.deepEqual(gapsOf(status), ['acme-mail overdue']);
    assert.deepEqual(
      [systemOf(status, 'data-cloud').outcome, systemOf(status, 'crm').outcome],
      ['nothing-held', 'nothing-held'],
    );
    const entries = await packageNaming(status);
    assert.match(entries.get('index.html')?.toString('utf8') ?? '', /nothing (was )?found/i);
    assert.deepEqual(findings(entries, /(OWN|OTHER)-\d+/), []);
  });

  it('deletes with the package, and never sends, a late answer that nobody approves', async () => {
    await start('S-1', { policy: { reviewPackage: true } });
    await world.until(
      'S-1',
      (it) => areDone(it, 'data-cloud', 'crm') && it.waitingOn.includes('shop'),
    );
    await world.order('S-1', 'skipSystem', {
      system: 'shop',
      reason: 'it is closed',
      by: 'operator',
    });
    const { revision } = await world.until('S-1', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    await world.order('S-1', 'approvePackage', { revision, by: 'operator' });
    await world.reaches('S-1', 'delivered');
    await world.signal('S-1', 'vendorResponded', {
      system: 'shop',
      outcome: 'delivered',
      files: [await inInbox(world, 'S-1', 'shop', 'late.csv', 'id\n1\n')],
      by: 'shop',
    });
    const reviewing = await world.until('S-1', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    assert.deepEqual(
      [waitOn(reviewing, 'operator:approval').then, reviewing.overdue],
      ['deleted with the package, never sent', false],
    );
    await world.pass('S-1', 45);
    const status = await shownAlike(world, 'S-1');
    assert.deepEqual([status.stage, status.supplements, status.overdue], ['closed', [], false]);
    assert.deepEqual(await filesOf(world, 'S-1'), []);
    assert.match(String((await deletionReceiptOf(world, 'S-1')).why), /retention/);
  });
});
