import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { RequestInput } from '../../src/domain/request.ts';
import type { RequestStatus, Wait } from '../../src/domain/status.ts';
import type { Seed } from '../../src/simulator/simulator.ts';
import { countsIn, deletionReceiptOf, fault, filesOf, findings, inInbox, lettersOf, manifestOf, mended, opened, shownAlike } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const DAY = 24 * 3600 * 1000;
const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const dana = { emails: ['dana.kerr@example.com'] };
const OWN_IN_CRM = ['OWN-0016', 'OWN-0017', 'OWN-0018'];

describe('when everybody is silent', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed: { ...seed, vendors: { 'silent-ads': { kind: 'opendsr', behaviour: 'silent' } } },
      systems: [
        { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] },
        { id: 'shop', connector: 'manual', dataSources: ['Web_Shop'], instructions: 'Ask the web shop.' },
        { id: 'acme-mail', connector: 'manual', instructions: 'Ask privacy@acme.example.' },
        { id: 'silent-ads', connector: 'opendsr', baseUrl: '${VENDORS}/opendsr/silent-ads/v2', token: '${VENDOR_TOKEN}', regulation: 'gdpr' },
      ],
    });
  });
  after(() => world?.stop());
  afterEach(() => mended(world));

  const start = (requestId: string, more: Partial<RequestInput> = {}) => world.start({ requestId, subject: dana, ...more });
  const waitOn = ({ waits }: RequestStatus, on: string): Wait => waits.find((wait) => wait.on === on) ?? assert.fail(`waits on ${on}: ${JSON.stringify(waits)}`);
  const gapsOf = ({ gaps }: RequestStatus) => gaps.map(({ system, because }) => `${system} ${because}`).sort();
  const system = ({ systems }: RequestStatus, id: string) => systems.find((it) => it.id === id) ?? assert.fail(`system ${id}`);
  const noticed = ({ notices }: RequestStatus, kind: string, note: RegExp) => notices.filter((it) => it.kind === kind && note.test(it.note));
  const allRead = ({ systems }: RequestStatus) => ['data-cloud', 'crm'].every((id) => systems.some((it) => it.id === id && it.state === 'done'));
  const deliveredInTime = async (requestId: string) => {
    await world.reaches(requestId, 'delivered');
    const status = await shownAlike(world, requestId);
    assert.ok(status.timetable && status.package?.deliveredAt && status.package.deliveredAt < status.timetable.dueAt, 'before the answer is due');
    assert.equal(status.overdue, false);
    assert.deepEqual(status.waits, []);
    return status;
  };
  const isNamedInPackage = async (status: RequestStatus) => {
    const entries = await opened(status.package);
    assert.deepEqual(manifestOf(entries).gaps.map(({ system: id, because }) => `${id} ${because}`).sort(), gapsOf(status));
    return entries;
  };
  const atTheCutOff = async (requestId: string, secondsBefore: number) => {
    await start(requestId, { law: 'appi', residence: { country: 'JP' }, identity: 'required', policy: { systems: ['silent-ads'] } });
    const { timetable } = await world.until(requestId, ({ waitingOn }) => waitingOn.includes('operator:identity'));
    await world.pass(requestId, (Date.parse(timetable?.cutOffAt ?? '') - Date.now()) / DAY - secondsBefore / 86_400);
  };

  it('refuses on the answer date who never proves who they are, and says the same to everybody', async () => {
    const letters: string[] = [];
    for (const [requestId, email] of [['I-1', 'dana.kerr@example.com'], ['I-2', 'nobody@example.com']] as const) {
      const handle = await start(requestId, { subject: { emails: [email] }, identity: 'required', language: 'en' });
      await world.until(requestId, ({ waitingOn }) => waitingOn.includes('operator:identity'));
      const verifying = await shownAlike(world, requestId);
      const { owner, until, then } = waitOn(verifying, 'operator:identity');
      assert.deepEqual([owner, then], ['operator', 'refused, nothing is packaged']);
      assert.equal(until, new Date(Date.parse(verifying.timetable?.dueAt ?? '') - DAY).toISOString());
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
      letters.push(...Object.values(await lettersOf(world, requestId)).map((text) => text.replaceAll(requestId, 'I')));
    }
    assert.equal(letters.length, 2);
    assert.equal(letters[0], letters[1]);
    assert.match(letters[0] ?? '', /says nothing about whether we hold data/);
  });

  it('leaves out profiles on which nobody decides, and sends the rest in time', async () => {
    await start('M-1', { subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] }, identity: { confirmed: ['emails[0]'] } });
    await world.until('M-1', ({ waitingOn }) => waitingOn.includes('operator:match'));
    const reviewing = await shownAlike(world, 'M-1');
    const { owner, until, then } = waitOn(reviewing, 'operator:match');
    assert.deepEqual([owner, until, then], ['operator', reviewing.timetable?.cutOffAt, 'gap not-reviewed']);
    await world.pass('M-1', 27.5);
    assert.equal(noticed(await world.status('M-1'), 'reminder', /operator:match/).length, 3);
    await world.until('M-1', allRead);
    await world.pass('M-1', 2.5);
    const status = await deliveredInTime('M-1');
    assert.deepEqual(gapsOf(status), ['data-cloud not-reviewed', 'shop overdue']);
    assert.deepEqual(status.profiles.map(({ partyId, state }) => `${partyId} ${state}`).sort(), ['003Ts00001DanaKAAA exported', '003Ts00001DerekKAA gap', 'WEB-501 exported', 'WEB-502 gap']);
    const entries = await isNamedInPackage(status);
    assert.deepEqual(Object.keys(countsIn(entries, /OWN-\d+/g)).filter((marker) => OWN_IN_CRM.includes(marker)).sort(), OWN_IN_CRM);
    assert.deepEqual(findings(entries, /OTHER-\d+/), []);
  });

  it('reminds a vendor, escalates, asks whether to extend, and names the gap in time', async () => {
    await start('V-1', { policy: { systems: ['acme-mail', 'silent-ads'] } });
    await world.until('V-1', (it) => allRead(it) && it.waitingOn.length === 3);
    const waiting = await shownAlike(world, 'V-1');
    assert.deepEqual([...waiting.waitingOn].sort(), ['acme-mail', 'shop', 'silent-ads']);
    for (const id of ['acme-mail', 'silent-ads']) assert.deepEqual([waitOn(waiting, id).owner, waitOn(waiting, id).then, waitOn(waiting, id).until], ['vendor', 'gap overdue', waiting.timetable?.cutOffAt]);
    await fault(world, 'vendors GET .*silent-ads', 'unavailable');
    await world.pass('V-1', 29);
    const status = await deliveredInTime('V-1');
    assert.deepEqual(gapsOf(status), ['acme-mail overdue', 'shop overdue', 'silent-ads overdue']);
    for (const id of ['acme-mail', 'silent-ads']) {
      assert.deepEqual([system(status, id).reminders, system(status, id).state], [3, 'gap']);
      assert.equal(noticed(status, 'reminder', /please answer by/i).filter(({ to }) => to === id).length, 3);
      assert.equal(noticed(status, 'escalation', new RegExp(`^${id} has not answered`)).length, 1);
    }
    const [asked] = noticed(status, 'escalation', /^Extend until/);
    assert.ok(asked && asked.at < (status.timetable?.cutOffAt ?? '') && asked.at < `${status.timetable?.extendBy}T`);
    assert.equal(status.timetable?.extension.used, false);
    await isNamedInPackage(status);
  });

  it('names a cloud and a vendor that stay down until the cut-off', async () => {
    await atTheCutOff('D-1', 8);
    await fault(world, 'core GET /services/data/.*/query', 'unavailable');
    await fault(world, 'vendors POST .*silent-ads', 'unavailable');
    await world.signal('D-1', 'identityConfirmed', { method: 'code', by: 'web-form' });
    await world.until('D-1', ({ systems }) => systems.some(({ id, state }) => id === 'data-cloud' && state === 'done'));
    const trying = await shownAlike(world, 'D-1');
    for (const id of ['crm', 'silent-ads']) assert.deepEqual([waitOn(trying, id).owner, waitOn(trying, id).then], ['dossier', 'gap unavailable']);
    const status = await deliveredInTime('D-1');
    assert.deepEqual(gapsOf(status), ['crm unavailable', 'shop overdue', 'silent-ads unavailable']);
    assert.match(status.gaps.find(({ system: id }) => id === 'silent-ads')?.note ?? '', /could not be asked/);
    await isNamedInPackage(status);
  });

  it('names a look-up that stays down until the cut-off, and still asks the others', async () => {
    await atTheCutOff('D-2', 6);
    await fault(world, 'core POST .*query-sql', 'unavailable');
    await world.signal('D-2', 'identityConfirmed', { method: 'code', by: 'web-form' });
    await world.until('D-2', ({ waits }) => waits.some(({ on }) => on === 'data-cloud'));
    assert.deepEqual([waitOn(await shownAlike(world, 'D-2'), 'data-cloud').owner], ['dossier']);
    await world.until('D-2', ({ systems }) => systems.some(({ id, state }) => id === 'crm' && state === 'done'));
    await mended(world);
    await world.pass('D-2', 4);
    const status = await deliveredInTime('D-2');
    assert.deepEqual(gapsOf(status), ['data-cloud unavailable', 'silent-ads overdue']);
    const entries = await isNamedInPackage(status);
    assert.deepEqual(Object.keys(countsIn(entries, /OWN-\d+/g)).sort(), OWN_IN_CRM);
  });

  it('waits for an operator where credentials are denied, and names it at the cut-off', async () => {
    await fault(world, 'core GET /services/data/.*/query', 'forbidden');
    await start('C-1');
    await world.until('C-1', ({ waitingOn }) => waitingOn.includes('crm'));
    const waiting = await shownAlike(world, 'C-1');
    assert.deepEqual([waitOn(waiting, 'crm').owner, waitOn(waiting, 'crm').then, waitOn(waiting, 'crm').until], ['operator', 'gap denied', waiting.timetable?.cutOffAt]);
    assert.equal(noticed(waiting, 'escalation', /^crm: denied/).length, 1);
    await world.until('C-1', ({ systems }) => systems.some(({ id, state }) => id === 'data-cloud' && state === 'done'));
    await world.pass('C-1', 29);
    await mended(world);
    const status = await deliveredInTime('C-1');
    assert.deepEqual(gapsOf(status), ['crm denied', 'shop overdue']);
    await isNamedInPackage(status);
  });

  it('reads a system once an operator has mended its credentials', async () => {
    await fault(world, 'core GET /services/data/.*/query', 'forbidden');
    await start('C-2');
    await world.until('C-2', ({ waitingOn }) => waitingOn.includes('crm'));
    await mended(world);
    const retried = await world.order('C-2', 'retrySystem', { system: 'crm', by: 'operator' });
    assert.deepEqual(gapsOf(retried), []);
    const status = await world.until('C-2', (it) => system(it, 'crm').state === 'done');
    assert.deepEqual(gapsOf(status), []);
    assert.equal(system(status, 'crm').outcome, 'delivered');
  });

  it('waits for an operator where the look-up is denied, and names it at the cut-off', async () => {
    await fault(world, 'core POST .*query-sql', 'forbidden');
    await start('L-1', { policy: { systems: ['acme-mail'] } });
    await start('L-2');
    await start('L-3', { subject: { emails: ['nobody@example.com'] } });
    for (const id of ['L-1', 'L-2', 'L-3']) await world.until(id, ({ waitingOn }) => waitingOn.includes('data-cloud'));
    const waiting = await shownAlike(world, 'L-1');
    assert.deepEqual([waiting.stage, waitOn(waiting, 'data-cloud').owner, waitOn(waiting, 'data-cloud').then], ['locating', 'operator', 'gap denied']);
    assert.deepEqual([waiting.lookups, waiting.profiles], [[], []]);
    await mended(world);
    await world.order('L-2', 'retrySystem', { system: 'data-cloud', by: 'operator' });
    assert.deepEqual(gapsOf(await world.until('L-2', allRead)), []);
    await world.pass('L-1', 27.5);
    await world.until('L-1', ({ systems }) => systems.some(({ id, state }) => id === 'crm' && state === 'done'));
    await world.pass('L-1', 2.5);
    const status = await deliveredInTime('L-1');
    assert.deepEqual(gapsOf(status), ['acme-mail overdue', 'data-cloud denied']);
    assert.equal(system(status, 'acme-mail').reminders, 3);
    await isNamedInPackage(status);
    await world.pass('L-3', 29);
    const entries = await isNamedInPackage(await deliveredInTime('L-3'));
    assert.doesNotMatch(entries.get('index.html')?.toString('utf8') ?? '', /Nothing was found|Nothing is missing/);
  });

  it('never delivers what nobody approves, asks daily, and is overdue on the answer date', async () => {
    await start('P-1', { policy: { reviewPackage: true } });
    await world.until('P-1', ({ waitingOn }) => waitingOn.includes('shop'));
    await world.signal('P-1', 'vendorResponded', { system: 'shop', outcome: 'nothing-held', by: 'shop' });
    await world.until('P-1', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    const reviewing = await shownAlike(world, 'P-1');
    const { owner, until, since } = waitOn(reviewing, 'operator:approval');
    assert.deepEqual([owner, until], ['operator', new Date(Date.parse(since) + DAY).toISOString()]);
    const daysLeft = Math.ceil((Date.parse(reviewing.timetable?.dueAt ?? '') - Date.now()) / DAY);
    await world.pass('P-1', daysLeft - 2);
    assert.equal((await shownAlike(world, 'P-1')).overdue, false);
    await world.pass('P-1', 10);
    const status = await shownAlike(world, 'P-1');
    assert.deepEqual([status.stage, status.overdue, status.package], ['reviewing-package', true, null]);
    assert.equal(waitOn(status, 'operator:approval').since, since);
    assert.equal(noticed(status, 'escalation', /awaits approval/).length, daysLeft + 8);
    assert.equal(noticed(status, 'overdue', /was due by/).length, 1);
    assert.deepEqual((await filesOf(world, 'P-1')).filter((path) => path.startsWith('packages/')), []);
    await world.order('P-1', 'approvePackage', { revision: status.revision, by: 'operator' });
    assert.match((await world.reaches('P-1', 'delivered')).notes.join(), /delivered after/);
  });

  it('waits some days all the same for answers to a request that comes after its own cut-off', async () => {
    const receivedAt = new Date(Date.now() - 24 * DAY).toISOString();
    await start('A-1', { receivedAt, policy: { systems: ['acme-mail'], cutOff: '10d', lateWait: '2d' } });
    await world.until('A-1', (it) => allRead(it) && it.waitingOn.length === 2);
    const waiting = await shownAlike(world, 'A-1');
    const { since, until } = waitOn(waiting, 'acme-mail');
    const days = (Date.parse(until ?? '') - Date.parse(since)) / DAY;
    assert.ok(days > 1.99 && days <= 2, `waits ${days} days`);
    assert.match(waiting.notes.join(), /began after the cut-off/);
    await world.pass('A-1', 1.5);
    assert.equal((await world.status('A-1')).stage, 'collecting');
    await world.pass('A-1', 1);
    const status = await deliveredInTime('A-1');
    assert.deepEqual(gapsOf(status), ['acme-mail overdue', 'shop overdue']);
  });

  it('answers that nobody was found, and still asks the vendors that the policy names', async () => {
    await start('N-1', { subject: { emails: ['nobody@example.com'] }, policy: { systems: ['acme-mail'] } });
    await world.until('N-1', (it) => allRead(it) && it.waitingOn.includes('acme-mail'));
    assert.deepEqual((await shownAlike(world, 'N-1')).lookups.map(({ outcome }) => outcome), ['none']);
    await world.pass('N-1', 29);
    const status = await deliveredInTime('N-1');
    assert.deepEqual(gapsOf(status), ['acme-mail overdue']);
    assert.deepEqual([system(status, 'data-cloud').outcome, system(status, 'crm').outcome], ['nothing-held', 'nothing-held']);
    const entries = await isNamedInPackage(status);
    assert.match(entries.get('index.html')?.toString('utf8') ?? '', /nothing (was )?found/i);
    assert.deepEqual(findings(entries, /(OWN|OTHER)-\d+/), []);
  });

  it('deletes with the package, and never sends, a late answer that nobody approves', async () => {
    await start('S-1', { policy: { reviewPackage: true } });
    await world.until('S-1', (it) => allRead(it) && it.waitingOn.includes('shop'));
    await world.order('S-1', 'skipSystem', { system: 'shop', reason: 'it is closed', by: 'operator' });
    const { revision } = await world.until('S-1', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    await world.order('S-1', 'approvePackage', { revision, by: 'operator' });
    await world.reaches('S-1', 'delivered');
    await world.signal('S-1', 'vendorResponded', { system: 'shop', outcome: 'delivered', files: [await inInbox(world, 'S-1', 'shop', 'late.csv', 'id\n1\n')], by: 'shop' });
    const reviewing = await world.until('S-1', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    assert.deepEqual([waitOn(reviewing, 'operator:approval').then, reviewing.overdue], ['deleted with the package, never sent', false]);
    await world.pass('S-1', 45);
    const status = await shownAlike(world, 'S-1');
    assert.deepEqual([status.stage, status.supplements, status.overdue], ['closed', [], false]);
    assert.deepEqual(await filesOf(world, 'S-1'), []);
    assert.match(String((await deletionReceiptOf(world, 'S-1')).why), /retention/);
  });
});

describe('when nobody says who runs a data source', () => {
  let world: World;
  before(async () => {
    world = await openWorld({ seed, systems: [{ id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] }] });
  });
  after(() => world?.stop());

  it('it is an operator’s task until the cut-off, and then a gap', async () => {
    await world.start({ requestId: 'U-1', subject: dana });
    const waiting = await world.until('U-1', ({ systems, waitingOn }) => systems.every(({ state }) => state === 'done') && waitingOn.includes('data-source:Web_Shop'));
    const wait = waiting.waits.find(({ on }) => on === 'data-source:Web_Shop');
    assert.deepEqual([wait?.owner, wait?.then, wait?.until], ['operator', 'gap unmapped-source', waiting.timetable?.cutOffAt]);
    assert.equal(waiting.notices.filter(({ kind, note }) => kind === 'escalation' && /data-source:Web_Shop/.test(note)).length, 1);
    await world.pass('U-1', 29);
    await world.reaches('U-1', 'delivered');
    const status = await shownAlike(world, 'U-1');
    assert.deepEqual(status.gaps.map(({ system, because }) => `${system} ${because}`), ['data-source:Web_Shop unmapped-source']);
    assert.deepEqual(manifestOf(await opened(status.package)).gaps.map(({ system, because }) => `${system} ${because}`), ['data-source:Web_Shop unmapped-source']);
  });

  it('an operator can close it, take that back, and give its data', async () => {
    await world.start({ requestId: 'U-2', subject: dana, policy: { reviewPackage: true } });
    const source = 'data-source:Web_Shop';
    const gaps = ({ gaps: all }: RequestStatus) => all.map(({ because }) => because);
    await world.until('U-2', ({ waitingOn }) => waitingOn.includes(source));
    assert.match((await world.refusal('U-2', 'retrySystem', { system: source, by: 'operator' })).message, /respondForVendor.*skipSystem/);
    assert.deepEqual(gaps(await world.order('U-2', 'skipSystem', { system: source, reason: 'it was closed', by: 'operator' })), ['skipped']);
    await world.until('U-2', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    await world.order('U-2', 'retrySystem', { system: source, by: 'operator' });
    assert.deepEqual(gaps(await world.until('U-2', ({ stage, waitingOn }) => stage === 'collecting' && waitingOn.includes(source))), ['unmapped-source']);
    await world.order('U-2', 'respondForVendor', { system: source, outcome: 'delivered', files: [await inInbox(world, 'U-2', source, 'shop.csv', 'SHOP\n')], by: 'operator' });
    const { revision, gaps: left } = await world.until('U-2', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    assert.deepEqual(left, []);
    await world.order('U-2', 'approvePackage', { revision, by: 'operator' });
    const entries = await opened((await world.reaches('U-2', 'delivered')).package);
    assert.ok([...entries.keys()].some((name) => name.endsWith('/shop.csv')));
  });
});
