import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { fault, findings, inInbox, manifestOf, opened, shownAlike } from '../support/evidence.ts';
import { gapsOf, systemOf } from '../support/reading.ts';
import { openWorld, type World } from '../support/world.ts';

const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const dana = { emails: ['dana.kerr@example.com'] };
const opendsr = (id: string) => ({
  id,
  connector: 'opendsr',
  baseUrl: `\${VENDORS}/opendsr/${id}/v2`,
  token: '${VENDOR_TOKEN}',
  regulation: 'gdpr',
});

describe('answers', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed: {
        ...seed,
        vendors: {
          ads: {
            kind: 'opendsr',
            results: {
              'dana.kerr@example.com': [{ segment: 'ADS-ROW-1' }, { segment: 'ADS-ROW-2' }],
              'd.kerr@example.org': [{ segment: 'OTHER-0099' }],
            },
          },
          'slow-ads': {
            kind: 'opendsr',
            completesAfterPolls: 1000,
            results: { 'dana.kerr@example.com': [{ segment: 'ADS-ROW-3' }] },
          },
          'empty-ads': { kind: 'opendsr', completesAfterPolls: 2 },
          'unwilling-ads': { kind: 'opendsr', behaviour: 'refuses' },
        },
      },
      systems: [
        { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] },
        {
          id: 'shop',
          connector: 'manual',
          dataSources: ['Web_Shop'],
          instructions: 'Ask the web shop.',
        },
        { id: 'acme-mail', connector: 'manual', instructions: 'Ask privacy@acme.example.' },
        opendsr('ads'),
        opendsr('slow-ads'),
        opendsr('empty-ads'),
        opendsr('unwilling-ads'),
      ],
    });
  });
  after(() => world?.stop());

  const policy = { systems: ['acme-mail'] };
  const start = (requestId: string, more: Partial<RequestInput> = {}) =>
    world.start({ requestId, subject: dana, policy, ...more });
  const collecting = async (requestId: string, more: Partial<RequestInput> = {}) => {
    await start(requestId, more);
    return world.until(
      requestId,
      ({ systems, waitingOn }) =>
        waitingOn.includes('shop') && systems.filter(({ state }) => state === 'done').length >= 2,
    );
  };
  const said = (
    requestId: string,
    system: string,
    outcome: string,
    more: Record<string, unknown> = {},
  ) =>
    world.signal(requestId, 'vendorResponded', {
      system,
      outcome,
      by: `privacy@${system}.example`,
      ...more,
    });
  const file = (requestId: string, name: string, system = 'shop') =>
    inInbox(world, requestId, system, name, `${name}\n`);
  const answers = ({ answers: all }: RequestStatus) =>
    all.map(({ system, outcome, state }) => `${system} ${outcome} ${state}`);
  const filesIn = (entries: ReadonlyMap<string, Buffer>, folder: string) =>
    [...entries.keys()].filter((name) => name.startsWith(folder));

  it('that come twice are one answer, whoever brings them and by whatever way', async () => {
    await collecting('T-1');
    const files = [await file('T-1', 'a.csv')];
    await said('T-1', 'shop', 'delivered', { files });
    await world.until('T-1', (it) => systemOf(it, 'shop').state === 'done');
    await said('T-1', 'shop', 'delivered', { files, by: 'the same, from another desk' });
    const ordered = await world.order('T-1', 'respondForVendor', {
      system: 'shop',
      outcome: 'delivered',
      files,
      by: 'operator',
    });
    assert.deepEqual(answers(ordered), ['shop delivered counted', 'shop delivered repeated']);
    assert.match(ordered.notes.join(), /already recorded/);
    assert.equal(systemOf(ordered, 'shop').files, 1);
    await said('T-1', 'acme-mail', 'nothing-held');
    const entries = await opened((await world.reaches('T-1', 'delivered')).package);
    assert.deepEqual(filesIn(entries, 'systems/shop/'), ['systems/shop/shop-1/a.csv']);
  });

  it('that differ count where they add to one another, and are kept back where they contradict', async () => {
    await collecting('D-1');
    await said('D-1', 'shop', 'refused', { note: 'we never answer' });
    assert.deepEqual(
      gapsOf(await world.until('D-1', (it) => systemOf(it, 'shop').state === 'gap')),
      ['shop refused'],
    );
    for (const name of ['a.csv', 'b.csv']) {
      await said('D-1', 'shop', 'delivered', { files: [await file('D-1', name)] });
    }
    const both = await world.until('D-1', (it) => systemOf(it, 'shop').files === 2);
    assert.deepEqual([gapsOf(both), systemOf(both, 'shop').outcome], [[], 'delivered']);
    await said('D-1', 'shop', 'nothing-held');
    const contradicted = await world.until('D-1', ({ answers: all }) => all.length === 4);
    assert.deepEqual(answers(contradicted).at(-1), 'shop nothing-held quarantined');
    assert.match(contradicted.answers.at(-1)?.note ?? '', /retractAnswer/);
    const { type, message } = await world.refusal('D-1', 'respondForVendor', {
      system: 'shop',
      outcome: 'nothing-held',
      by: 'operator',
    });
    assert.deepEqual([type, /retractAnswer/.test(message)], ['not-allowed', true]);
    for (const answerId of ['shop-2', 'shop-3']) {
      await world.order('D-1', 'retractAnswer', {
        system: 'shop',
        answerId,
        reason: 'another person',
        by: 'operator',
      });
    }
    assert.deepEqual(gapsOf(await world.status('D-1')), ['shop refused']);
    await said('D-1', 'acme-mail', 'nothing-held');
    const { entries, status } = await world
      .reaches('D-1', 'delivered')
      .then(async (it) => ({ status: it, entries: await opened(it.package) }));
    assert.deepEqual([filesIn(entries, 'systems/shop/'), gapsOf(status)], [[], ['shop refused']]);
  });

  it('that bring files and say that there are none are kept back, for one of the two is wrong', async () => {
    await collecting('N-1');
    const files = [await file('N-1', 'a.csv')];
    for (const outcome of ['nothing-held', 'refused', 'in-progress']) {
      assert.match(
        (
          await world.refusal('N-1', 'respondForVendor', {
            system: 'shop',
            outcome,
            files,
            by: 'operator',
          })
        ).message,
        new RegExp(`says "${outcome}" and gives 1 file.*answer again`),
      );
    }
    await said('N-1', 'shop', 'nothing-held', { files });
    const status = await world.until('N-1', ({ answers: all }) => all.length === 1);
    assert.deepEqual(
      [answers(status), systemOf(status, 'shop').state],
      [['shop nothing-held quarantined'], 'waiting'],
    );
  });

  it('for a system that the request does not have are recorded, and change nothing', async () => {
    await collecting('U-1');
    await said('U-1', 'nobody', 'delivered', { files: [await file('U-1', 'a.csv', 'nobody')] });
    const status = await world.until('U-1', ({ answers: all }) => all.length === 1);
    assert.deepEqual(
      [answers(status), status.stage],
      [['nobody delivered unknown-system'], 'collecting'],
    );
  });

  it('that come before their system is known are judged when it is', async () => {
    await world.stopWorker();
    await start('E-1');
    await said('E-1', 'shop', 'nothing-held');
    await said('E-1', 'nobody', 'nothing-held');
    await world.startWorker();
    await start('E-2', { identity: 'required' });
    await world.until('E-2', ({ waitingOn }) => waitingOn.includes('operator:identity'));
    await said('E-2', 'shop', 'nothing-held');
    await world.signal('E-2', 'identityConfirmed', { method: 'code', by: 'web-form' });
    for (const requestId of ['E-1', 'E-2']) {
      const status = await world.until(requestId, ({ systems }) =>
        systems.some(({ id, state }) => id === 'shop' && state === 'done'),
      );
      assert.deepEqual(answers(status)[0], 'shop nothing-held counted');
    }
    assert.deepEqual(
      answers(await world.status('E-1')).at(-1),
      'nobody nothing-held unknown-system',
    );
  });

  it(
    'for what Dossier reads by itself change nothing, whenever they come: no stranger hides a ' +
      "person's data",
    async () => {
      await world.stopWorker();
      await start('H-1', { policy: {} });
      for (const system of ['crm', 'data-cloud']) {
        await said('H-1', system, 'nothing-held');
      }
      await world.startWorker();
      const { gaps } = await world.until('H-1', ({ systems }) =>
        systems.some(({ id, state }) => id === 'crm' && state === 'done'),
      );
      assert.deepEqual(gaps, []);
      for (const system of ['crm', 'data-cloud']) {
        const { type, message } = await world.refusal('H-1', 'respondForVendor', {
          system,
          outcome: 'nothing-held',
          by: 'a stranger',
        });
        assert.deepEqual([type, /is no vendor/.test(message)], ['not-allowed', true]);
        await said('H-1', system, 'nothing-held', { note: 'again' });
      }
      await said('H-1', 'shop', 'nothing-held');
      const status = await world.reaches('H-1', 'delivered');
      assert.deepEqual(answers(status), [
        'crm nothing-held quarantined',
        'data-cloud nothing-held quarantined',
        'crm nothing-held quarantined',
        'data-cloud nothing-held quarantined',
        'shop nothing-held counted',
      ]);
      assert.deepEqual(
        [systemOf(status, 'data-cloud').outcome, systemOf(status, 'crm').outcome],
        ['delivered', 'delivered'],
      );
      assert.ok(status.profiles.every(({ rows }) => rows > 0));
    },
  );

  it('that say only that work goes on keep the system waiting', async () => {
    await collecting('P-1');
    await said('P-1', 'shop', 'in-progress', { note: 'next week' });
    await said('P-1', 'shop', 'in-progress', { note: 'still next week' });
    const status = await world.until('P-1', ({ answers: all }) => all.length === 2);
    assert.deepEqual(
      [
        systemOf(status, 'shop').outcome,
        systemOf(status, 'shop').state,
        status.waitingOn.includes('shop'),
      ],
      ['in-progress', 'waiting', true],
    );
    await said('P-1', 'shop', 'nothing-held');
    assert.equal(
      systemOf(await world.until('P-1', (it) => systemOf(it, 'shop').state === 'done'), 'shop')
        .outcome,
      'nothing-held',
    );
  });

  it('whose files lie elsewhere, are none, or are not what was announced are never opened', async () => {
    await collecting('Q-1');
    await collecting('Q-2');
    const secret = join(world.folder, 'secret.txt');
    await writeFile(secret, 'SECRET-OF-THE-HOST\n');
    const inbox = join(world.config.storage.directory, 'inbox', 'Q-1', 'shop');
    await mkdir(inbox, { recursive: true });
    await symlink(secret, join(inbox, 'link.txt'));
    await symlink(world.folder, join(inbox, 'folder'));
    await link(secret, join(inbox, 'hard.txt'));
    execFileSync('mkfifo', [join(inbox, 'pipe')]);
    const good = await file('Q-1', 'good.csv');
    const files: readonly (readonly [uri: string, reason: RegExp, sha256?: string])[] = [
      [secret, /outside/],
      [`file://${secret}`, /outside/],
      ['../../../../secret.txt', /outside/],
      ['/etc/hostname', /outside/],
      ['file:///nowhere/at/all', /outside/],
      ['link.txt', /outside|link/],
      ['folder/secret.txt', /outside|link/],
      ['hard.txt', /hard link/],
      ['pipe', /no regular file/],
      ['missing.csv', /not there/],
      [(await file('Q-2', 'theirs.csv')).uri, /outside/],
      ['https://example.com/a.csv', /no file/],
      ['file://elsewhere/a.csv', /outside|no file/],
      ['a\0b', /no file/],
      [good.uri, /says 0{64}/, '0'.repeat(64)],
    ];
    for (const [index, [uri, reason, sha256]] of files.entries()) {
      await said('Q-1', 'shop', 'delivered', {
        files: [{ uri: good.uri }, { uri, ...(sha256 && { sha256 }) }],
      });
      const status = await world.until(
        'Q-1',
        ({ answers: all }) => all[index]?.state === 'quarantined',
        `quarantine of ${uri}`,
      );
      assert.match(status.notes.at(-1) ?? '', reason, uri);
      assert.deepEqual(
        [systemOf(status, 'shop').state, systemOf(status, 'shop').files],
        ['waiting', 0],
      );
    }
    const work = join(world.config.storage.directory, 'work', 'Q-1');
    const kept = (await readdir(work, { recursive: true, withFileTypes: true })).filter((it) =>
      it.isFile(),
    );
    for (const it of kept) {
      assert.equal(
        (await readFile(join(it.parentPath, it.name), 'utf8')).includes('SECRET-OF'),
        false,
      );
    }
    await said('Q-1', 'shop', 'delivered', { files: [good] });
    await said('Q-1', 'acme-mail', 'nothing-held');
    const entries = await opened((await world.reaches('Q-1', 'delivered')).package);
    assert.deepEqual(
      filesIn(entries, 'systems/shop/').map((name) => name.split('/').at(-1)),
      ['good.csv'],
    );
    assert.deepEqual(findings(entries, /SECRET-OF|theirs/), []);
  });

  it('over OpenDSR are fetched with their results, or say that nothing is held, or refuse', async () => {
    await start('O-1', { policy: { systems: ['ads', 'empty-ads', 'unwilling-ads'] } });
    await world.until(
      'O-1',
      ({ waitingOn }) =>
        waitingOn.includes('shop') &&
        ['ads', 'empty-ads', 'unwilling-ads'].every((id) => waitingOn.includes(id)),
    );
    await said('O-1', 'shop', 'nothing-held');
    await world.pass('O-1', 0.01);
    const status = await world.reaches('O-1', 'delivered');
    assert.deepEqual(
      ['ads', 'empty-ads', 'unwilling-ads'].map(
        (id) => `${id} ${systemOf(status, id).outcome} ${systemOf(status, id).state}`,
      ),
      ['ads delivered done', 'empty-ads nothing-held done', 'unwilling-ads refused gap'],
    );
    assert.deepEqual(gapsOf(status), ['unwilling-ads refused']);
    const entries = await opened(status.package);
    const [name = ''] = filesIn(entries, 'systems/ads/');
    assert.deepEqual(JSON.parse(entries.get(name)?.toString('utf8') ?? ''), [
      { segment: 'ADS-ROW-1' },
      { segment: 'ADS-ROW-2' },
    ]);
    assert.deepEqual(
      [findings(entries, /OTHER-\d+/), manifestOf(entries).gaps.map(({ because }) => because)],
      [[], ['refused']],
    );
    assert.deepEqual(status.answers.map(({ system: id, files }) => `${id} ${files}`).sort(), [
      'ads 1',
      'empty-ads 0',
      'shop 0',
      'unwilling-ads 0',
    ]);
  });

  it('over OpenDSR are fetched the next time where the vendor is down', async () => {
    await start('O-3', { policy: { systems: ['ads'] } });
    await world.until(
      'O-3',
      ({ waitingOn }) => waitingOn.includes('shop') && waitingOn.includes('ads'),
    );
    await fault(world, 'vendors GET .*ads', 'unavailable', { times: 3 });
    await world.pass('O-3', 3 / 86_400);
    await world.pass('O-3', 7 / 86_400);
    assert.equal(
      (await world.until('O-3', (it) => systemOf(it, 'ads').state === 'done')).answers.at(-1)
        ?.files,
      1,
    );
  });

  it('over OpenDSR are asked for anew, with an ID of their own, by a retry', async () => {
    const requests = async () =>
      (
        (await (
          await fetch(`${world.simulator.control}/vendors/unwilling-ads/requests`)
        ).json()) as { requests: { id: string }[] }
      ).requests.map(({ id }) => id);
    const before = await requests();
    await start('O-2', { policy: { systems: ['unwilling-ads'] } });
    for (const asked of [1, 2]) {
      await world.until(
        'O-2',
        ({ waitingOn }) => waitingOn.includes('unwilling-ads') && waitingOn.includes('shop'),
      );
      assert.equal((await requests()).length, before.length + asked);
      await world.pass('O-2', 0.01);
      assert.deepEqual(
        gapsOf(await world.until('O-2', (it) => systemOf(it, 'unwilling-ads').state === 'gap')),
        ['unwilling-ads refused'],
      );
      if (asked === 1) {
        await world.order('O-2', 'retrySystem', { system: 'unwilling-ads', by: 'operator' });
      }
    }
    assert.equal(new Set(await requests()).size, before.length + 2);
    await said('O-2', 'shop', 'nothing-held');
    assert.deepEqual(gapsOf(await world.reaches('O-2', 'delivered')), ['unwilling-ads refused']);
  });

  it('over OpenDSR that were not ready at the cut-off are still asked for, and become a supplement', async () => {
    await start('O-4', { policy: { systems: ['slow-ads'] } });
    await world.until(
      'O-4',
      ({ waitingOn }) => waitingOn.includes('shop') && waitingOn.includes('slow-ads'),
    );
    await said('O-4', 'shop', 'nothing-held');
    await world.pass('O-4', 28);
    assert.deepEqual(gapsOf(await world.reaches('O-4', 'delivered')), ['slow-ads overdue']);
    const { requests } = (await (
      await fetch(`${world.simulator.control}/vendors/slow-ads/requests`)
    ).json()) as { requests: { id: string }[] };
    await fetch(
      `${world.simulator.control}/vendors/slow-ads/requests/${requests[0]?.id}/complete`,
      { method: 'POST' },
    );
    await world.pass('O-4', 2);
    const status = await world.until('O-4', ({ supplements }) => supplements.length === 1);
    assert.deepEqual([gapsOf(status), systemOf(status, 'slow-ads').outcome], [[], 'delivered']);
    assert.equal(findings(await opened(status.supplements[0]), /ADS-ROW-3/).length > 0, true);
  });

  it('that come late are gathered into supplements that verify, and the package stays as it is', async () => {
    await collecting('L-1', { policy: { systems: ['acme-mail', 'empty-ads'] } });
    for (const id of ['shop', 'acme-mail', 'empty-ads']) {
      await world.order('L-1', 'skipSystem', { system: id, reason: 'no answer', by: 'operator' });
    }
    const { package: first } = await world.reaches('L-1', 'delivered');
    await said('L-1', 'shop', 'delivered', { files: [await file('L-1', 'late-1.csv')] });
    await world.until('L-1', (it) => systemOf(it, 'shop').state === 'done');
    await world.pass('L-1', 1);
    assert.deepEqual((await world.status('L-1')).supplements, []);
    await said('L-1', 'acme-mail', 'delivered', {
      files: [await file('L-1', 'late-2.csv', 'acme-mail')],
    });
    await world.until('L-1', (it) => systemOf(it, 'acme-mail').state === 'done');
    await world.pass('L-1', 3);
    const {
      supplements: [one],
    } = await world.until('L-1', ({ supplements }) => supplements.length === 1);
    await said('L-1', 'shop', 'delivered', { files: [await file('L-1', 'late-3.csv')] });
    await world.pass('L-1', 4);
    const status = await world.until('L-1', ({ supplements }) => supplements.length === 2);
    const two = status.supplements[1];
    assert.deepEqual([one?.systems.toSorted(), two?.systems], [['acme-mail', 'shop'], ['shop']]);
    assert.ok(one?.uri.endsWith('/L-1.s1.zip') && two?.uri.endsWith('/L-1.s2.zip'));
    assert.deepEqual(
      filesIn(await opened(one), 'systems/')
        .map((name) => name.split('/').at(-1))
        .sort(),
      ['late-1.csv', 'late-2.csv'],
    );
    assert.deepEqual(
      filesIn(await opened(two), 'systems/').map((name) => name.split('/').at(-1)),
      ['late-3.csv'],
    );
    assert.deepEqual(
      manifestOf(await opened(one)).gaps.map((gap) => gap.system),
      ['empty-ads'],
    );
    assert.deepEqual(
      [status.package?.sha256, status.package?.bytes, gapsOf(status)],
      [first?.sha256, first?.bytes, ['empty-ads skipped']],
    );
    assert.equal((await shownAlike(world, 'L-1')).stage, 'delivered');
    await world.pass('L-1', 40);
    assert.equal((await world.status('L-1')).stage, 'closed');
    await assert.rejects(said('L-1', 'empty-ads', 'nothing-held'), WorkflowNotFoundError);
  });

  it('that count are kept, and can be taken back, however many others a sender adds', async () => {
    await collecting('F-1');
    await said('F-1', 'shop', 'delivered', { files: [await file('F-1', 'a.csv')] });
    await world.until('F-1', (it) => systemOf(it, 'shop').state === 'done');
    for (let sent = 0; sent < 310; sent += 31) {
      await Promise.all(Array.from({ length: 31 }, () => said('F-1', 'acme-fax', 'nothing-held')));
    }
    const flooded = await world.until(
      'F-1',
      ({ answers: all }) => all.length === 300 && all.at(-1)?.answerId === 'acme-fax-311',
    );
    assert.equal(answers(flooded)[0], 'shop delivered counted');
    const retracted = await world.order('F-1', 'retractAnswer', {
      system: 'shop',
      answerId: 'shop-1',
      reason: 'another person',
      by: 'operator',
    });
    assert.equal(systemOf(retracted, 'shop').state, 'waiting');
  });

  it('that come late are reviewed for themselves where the policy has packages reviewed', async () => {
    await collecting('L-2', { policy: { reviewPackage: true } });
    await world.order('L-2', 'skipSystem', { system: 'shop', reason: 'no answer', by: 'operator' });
    const { revision } = await world.until('L-2', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    await world.order('L-2', 'approvePackage', { revision, by: 'operator' });
    await world.reaches('L-2', 'delivered');
    await said('L-2', 'shop', 'delivered', {
      files: [await file('L-2', 'wrong.csv'), await file('L-2', 'secret.csv')],
    });
    await world.until('L-2', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    await world.order('L-2', 'retractAnswer', {
      system: 'shop',
      answerId: 'shop-1',
      reason: 'another person',
      by: 'operator',
    });
    await world.until(
      'L-2',
      ({ stage, waitingOn }) => stage === 'delivered' && waitingOn.length === 0,
    );
    await said('L-2', 'shop', 'delivered', {
      files: [await file('L-2', 'right.csv'), await file('L-2', 'secret.csv')],
    });
    const again = await world.until('L-2', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    assert.match(
      (
        await world.refusal('L-2', 'withholdFiles', {
          files: ['systems/crm/Contact.csv'],
          reason: 'too late',
          by: 'operator',
        })
      ).message,
      /no file/,
    );
    const withheld = await world.order('L-2', 'withholdFiles', {
      files: ['systems/shop/shop-2/secret.csv'],
      reason: 'a trade secret',
      by: 'operator',
    });
    assert.ok(withheld.revision > again.revision);
    assert.match(
      (await world.refusal('L-2', 'approvePackage', { revision: again.revision, by: 'operator' }))
        .message,
      /not the newest/,
    );
    await world.order('L-2', 'approvePackage', { revision: withheld.revision, by: 'operator' });
    const {
      supplements: [supplement],
    } = await world.until('L-2', ({ supplements }) => supplements.length === 1);
    const entries = await opened(supplement);
    assert.deepEqual(
      filesIn(entries, 'systems/').map((name) => name.split('/').at(-1)),
      ['right.csv'],
    );
    assert.match(JSON.stringify(manifestOf(entries)), /a trade secret/);
  });
});
