import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { workflowIdOf } from '../../src/contract/contract.ts';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { findings, inInbox, manifestOf, opened, shownAlike } from '../support/evidence.ts';
import { gapsOf, systemOf } from '../support/reading.ts';
import { openWorld, type World } from '../support/world.ts';

const run = promisify(execFile);
const DAY = 24 * 3600 * 1000;
const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const by = 'operator';

describe('orders', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed,
      systems: [
        { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] },
        {
          id: 'shop',
          connector: 'manual',
          dataSources: ['Web_Shop'],
          instructions: 'Ask the web shop.',
        },
      ],
    });
  });
  after(() => world?.stop());

  const start = (requestId: string, more: Partial<RequestInput> = {}) =>
    world.start({ requestId, subject: { emails: ['dana.kerr@example.com'] }, ...more });
  const collecting = async (requestId: string, more: Partial<RequestInput> = {}) => {
    await start(requestId, more);
    return world.until(
      requestId,
      ({ systems, waitingOn }) =>
        waitingOn.includes('shop') && systems.filter(({ state }) => state === 'done').length === 2,
      'all read',
    );
  };
  const reviewing = async (requestId: string) => {
    await collecting(requestId, { policy: { reviewPackage: true } });
    await world.signal(requestId, 'vendorResponded', {
      system: 'shop',
      outcome: 'delivered',
      files: [await inInbox(world, requestId, 'shop', 'SHOP-1.csv', 'SHOP-1\n')],
      by: 'shop',
    });
    return world.until(
      requestId,
      ({ waitingOn }) => waitingOn.includes('operator:approval'),
      'the review',
    );
  };

  const orders = {
    decideMatch: {
      decisions: [
        { partyId: 'WEB-502', dataSpace: 'default', include: false, reason: 'another person' },
      ],
      by,
    },
    approvePackage: { revision: 0, by },
    withholdFiles: { files: ['systems/nobody/1/a.txt'], reason: 'a third person', by },
    retrySystem: { system: 'nobody', by },
    skipSystem: { system: 'nobody', reason: 'it is closed', by },
    retractAnswer: { system: 'shop', answerId: 'shop-99', reason: 'wrong person', by },
    respondForVendor: { system: 'nobody', outcome: 'nothing-held', by },
    extendDeadline: { reason: 'complex', by },
  };
  const stages: readonly {
    stage: string;
    park: (requestId: string) => Promise<unknown>;
    refused: { readonly [Order in keyof typeof orders]?: RegExp };
  }[] = [
    {
      stage: 'verifying',
      park: async (id) => {
        await start(id, { identity: 'required' });
        await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:identity'));
      },
      refused: {
        decideMatch: /at reviewing-match only/,
        approvePackage: /at reviewing-package only/,
        withholdFiles: /at collecting or reviewing-package only/,
        retrySystem: /known are none yet/,
        skipSystem: /known are none yet/,
        retractAnswer: /known are none/,
        respondForVendor: /No system .* "nobody"/,
      },
    },
    {
      stage: 'reviewing-match',
      park: async (id) => {
        await start(id, {
          subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] },
          identity: { confirmed: ['emails[0]'] },
        });
        await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:match'));
      },
      refused: {
        approvePackage: /at reviewing-package only/,
        withholdFiles: /at collecting or reviewing-package only/,
        retrySystem: /No system .* "nobody"/,
        skipSystem: /No system .* "nobody"/,
        retractAnswer: /known are none/,
        respondForVendor: /No system .* "nobody"/,
      },
    },
    {
      stage: 'collecting',
      park: collecting,
      refused: {
        decideMatch: /at reviewing-match only.*withholdFiles/,
        approvePackage: /at reviewing-package only/,
        withholdFiles: /no file "systems\/nobody\/1\/a.txt"/,
        retrySystem: /known are .*data-cloud, crm, shop/,
        skipSystem: /known are .*crm, shop/,
        retractAnswer: /known are none/,
        respondForVendor: /known are .*shop/,
      },
    },
    {
      stage: 'reviewing-package',
      park: reviewing,
      refused: {
        decideMatch: /at reviewing-match only/,
        approvePackage: /Revision 0 is not the newest.*approve that/,
        withholdFiles: /no file/,
        retrySystem: /known are/,
        skipSystem: /known are/,
        retractAnswer: /known are shop-1/,
        respondForVendor: /known are/,
      },
    },
    {
      stage: 'delivered',
      park: async (id) => {
        const { revision } = await reviewing(id);
        await world.order(id, 'approvePackage', { revision, by });
        await world.reaches(id, 'delivered');
      },
      refused: {
        decideMatch: /at reviewing-match only/,
        approvePackage: /at reviewing-package only/,
        withholdFiles: /at collecting or reviewing-package only/,
        retrySystem: /No system|nothing is collected/,
        skipSystem: /No system|nothing is collected/,
        retractAnswer: /known are shop-1/,
        respondForVendor: /known are/,
        extendDeadline: /no deadline to extend/,
      },
    },
  ];
  for (const { stage, park, refused } of stages) {
    it(`are refused at ${stage} where they make no sense, with what is allowed, and change nothing`, async () => {
      const requestId = `T-${stage}`;
      await park(requestId);
      const status = await shownAlike(world, requestId);
      assert.equal(status.stage, stage);
      assert.deepEqual(
        status.allowed?.filter(
          ({ message, on }) =>
            message in refused &&
            message !== 'approvePackage' &&
            message !== 'withholdFiles' &&
            on === undefined,
        ),
        [],
        'what is refused is not offered',
      );
      for (const [order, reason] of Object.entries(refused)) {
        const { type, message } = await world.refusal(
          requestId,
          order,
          orders[order as keyof typeof orders],
        );
        assert.equal(type, 'not-allowed', order);
        assert.match(message, reason, order);
      }
      assert.deepEqual(await world.status(requestId), status);
    });
  }

  it('are answered by the new status, and the same update ID by the same answer', async () => {
    await collecting('U-1');
    const handle = world.client.workflow.getHandle(workflowIdOf('U-1'));
    const skip = () =>
      handle.executeUpdate<RequestStatus, [unknown]>('skipSystem', {
        args: [{ system: 'shop', reason: 'it is closed', by }],
        updateId: 'once',
      });
    const [first, second] = [await skip(), await skip()];
    assert.deepEqual(first, second);
    assert.deepEqual(gapsOf(first), ['shop skipped']);
  });

  const shapes: readonly [order: string, message: unknown, complaint: RegExp][] = [
    ['withdraw', { reason: 'why' }, /withdraw: by: /],
    ['withdraw', 'nonsense', /withdraw: .*object/],
    ['withdraw', null, /withdraw: .*object/],
    ['approvePackage', { revision: -1, by }, /revision: /],
    ['approvePackage', { revision: '3', by }, /revision: /],
    ['respondForVendor', { system: 'shop', outcome: 'maybe', by }, /outcome: /],
    [
      'respondForVendor',
      { system: 'shop', outcome: 'delivered', files: [{ uri: 'a', sha256: 'XY' }], by },
      /files\[0\]\.sha256: must be 64/,
    ],
    ['decideMatch', { decisions: [], by }, /decisions: /],
    [
      'decideMatch',
      { decisions: [{ partyId: 'P', dataSpace: 'default', include: 'yes', reason: 'r' }], by },
      /decisions\[0\]\.include: /,
    ],
    ['extendDeadline', { reason: 'r', noticeSentAt: 'soon', by }, /noticeSentAt: /],
    ['retrySystem', { system: 'crm', by, why: 'x' }, /why/],
    ['skipSystem', { system: 'crm', by }, /reason: /],
    ['withholdFiles', { files: 'a', reason: 'r', by }, /files: /],
    ['retractAnswer', { system: 'shop', answerId: 7, reason: 'r', by }, /answerId: /],
  ];
  it('of a bad shape are refused with the path and the reason', async () => {
    await collecting('B-1');
    for (const [order, message, complaint] of shapes) {
      const refusal = await world.refusal('B-1', order, message);
      assert.deepEqual([order, refusal.type], [order, 'invalid-input']);
      assert.match(refusal.message, complaint, order);
    }
    const handle = world.client.workflow.getHandle(workflowIdOf('B-1'));
    await assert.rejects(
      handle.executeUpdate('withdraw', { args: [] }),
      (error) =>
        error instanceof WorkflowUpdateFailedError &&
        error.cause instanceof ApplicationFailure &&
        error.cause.type === 'invalid-input',
    );
    assert.equal((await world.status('B-1')).stage, 'collecting');
  });

  it('decide a match profile by profile, and can be changed until the last is decided', async () => {
    await start('M-1', {
      subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] },
      identity: { confirmed: ['emails[0]'] },
    });
    await world.until('M-1', ({ waitingOn }) => waitingOn.includes('operator:match'));
    const decide = (partyId: string, include: boolean) =>
      world.order('M-1', 'decideMatch', {
        decisions: [
          { partyId, dataSpace: 'default', include, reason: 'the customer number was checked' },
        ],
        by,
      });
    assert.match(
      (
        await world.refusal('M-1', 'decideMatch', {
          decisions: [{ partyId: 'WEB-999', dataSpace: 'default', include: true, reason: 'x' }],
          by,
        })
      ).message,
      /Decision 1 names a profile that was not found/,
    );
    await decide('WEB-502', true);
    const half = await decide('WEB-502', false);
    assert.deepEqual([half.stage, half.waitingOn], ['reviewing-match', ['operator:match']]);
    assert.match(
      half.waits[0]?.reason ?? '',
      /^1 profile.*emails\[1\].*decideMatch for 003Ts00001DerekKAA@default/,
    );
    const decided = await decide('003Ts00001DerekKAA', false);
    assert.deepEqual(
      [decided.stage === 'reviewing-match', decided.waitingOn.includes('operator:match')],
      [false, false],
    );
    assert.ok(
      decided.notes.includes(
        '003Ts00001DerekKAA@default: left out, by operator: the customer number was checked.',
      ),
    );
    const status = await world.until('M-1', ({ systems }) =>
      systems.some(({ id, state }) => id === 'data-cloud' && state === 'done'),
    );
    assert.deepEqual(
      status.allowed
        ?.find(({ message }) => message === 'respondForVendor')
        ?.on?.filter((system) => ['data-cloud', 'crm'].includes(system)),
      [],
      'nobody answers for what Dossier reads by itself',
    );
    assert.deepEqual(status.profiles.map(({ partyId, state }) => `${partyId} ${state}`).sort(), [
      '003Ts00001DanaKAAA exported',
      '003Ts00001DerekKAA gap',
      'WEB-501 exported',
      'WEB-502 gap',
    ]);
    assert.deepEqual(gapsOf(status), []);
  });

  it('extend the deadline once, from the moment that the notice is recorded as sent', async () => {
    const before = await collecting('E-1');
    const asked = await world.order('E-1', 'extendDeadline', { reason: 'complex', by });
    assert.deepEqual(
      [asked.timetable?.answerBy, asked.timetable?.extension.used],
      [before.timetable?.answerBy, false],
    );
    assert.deepEqual(
      asked.notices.filter(({ kind }) => kind === 'extension').map(({ state }) => state),
      ['to-send'],
    );
    const inFuture = await world.refusal('E-1', 'extendDeadline', {
      reason: 'complex',
      noticeSentAt: new Date(Date.now() + DAY).toISOString(),
      by,
    });
    assert.match(inFuture.message, /future/);
    const extended = await world.order('E-1', 'extendDeadline', {
      reason: 'complex',
      noticeSentAt: new Date().toISOString(),
      by,
    });
    assert.equal(extended.timetable?.extension.used, true);
    const days =
      (Date.parse(extended.timetable.dueAt) - Date.parse(before.timetable?.dueAt ?? '')) / DAY;
    assert.ok(days > 50, `${days} days more`);
    assert.equal(systemOf(await shownAlike(world, 'E-1'), 'shop').state, 'waiting');
    const { type, message } = await world.refusal('E-1', 'extendDeadline', {
      reason: 'complex',
      noticeSentAt: new Date().toISOString(),
      by,
    });
    assert.equal(type, 'not-allowed');
    assert.match(message, /extended already/);
    await world.pass('E-1', 40);
    assert.deepEqual(
      [(await shownAlike(world, 'E-1')).stage, (await world.status('E-1')).overdue],
      ['collecting', false],
    );
    await world.pass('E-1', 50);
    const { package: sent, timetable } = await world.reaches('E-1', 'delivered');
    assert.ok((sent?.deliveredAt ?? 'z') < (timetable?.dueAt ?? ''));
  });

  it('extend no deadline after the last day to say so, nor one that the law does not let be extended', async () => {
    await reviewing('E-2');
    await collecting('E-3', { law: 'appi', residence: { country: 'JP' } });
    assert.match(
      (
        await world.refusal('E-3', 'extendDeadline', {
          reason: 'complex',
          noticeSentAt: new Date().toISOString(),
          by,
        })
      ).message,
      /no extension/,
    );
    await world.pass('E-2', 33);
    const { type, message } = await world.refusal('E-2', 'extendDeadline', {
      reason: 'complex',
      by,
    });
    assert.equal(type, 'not-allowed');
    assert.match(message, /had to be announced by \d{4}-\d\d-\d\d.*answer by/);
    assert.equal((await shownAlike(world, 'E-2')).overdue, true);
  });

  it('take an answer back: the system waits again, and its files leave the package', async () => {
    const parked = await reviewing('R-1');
    const taken = await world.order('R-1', 'retractAnswer', {
      system: 'shop',
      answerId: 'shop-1',
      reason: 'it was about another person',
      by,
    });
    assert.deepEqual(
      [
        systemOf(taken, 'shop').state,
        systemOf(taken, 'shop').outcome,
        systemOf(taken, 'shop').files,
      ],
      ['waiting', null, 0],
    );
    assert.deepEqual(
      taken.answers.map(({ state }) => state),
      ['retracted'],
    );
    assert.ok(taken.revision > parked.revision);
    await world.until(
      'R-1',
      ({ stage, waitingOn }) => stage === 'collecting' && waitingOn.includes('shop'),
    );
    assert.match(
      (
        await world.refusal('R-1', 'retractAnswer', {
          system: 'shop',
          answerId: 'shop-1',
          reason: 'again',
          by,
        })
      ).message,
      /is retracted/,
    );
    await world.order('R-1', 'respondForVendor', {
      system: 'shop',
      outcome: 'delivered',
      files: [await inInbox(world, 'R-1', 'shop', 'SHOP-2.csv', 'SHOP-2\n')],
      by,
    });
    const again = await world.until('R-1', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    assert.match(
      (await world.refusal('R-1', 'approvePackage', { revision: parked.revision, by })).message,
      /not the newest/,
    );
    await world.order('R-1', 'approvePackage', { revision: again.revision, by });
    const entries = await opened((await world.reaches('R-1', 'delivered')).package);
    assert.deepEqual(findings(entries, /SHOP-1/), []);
    assert.ok([...entries.keys()].some((name) => name.endsWith('SHOP-2.csv')));
    assert.match(
      (
        await world.refusal('R-1', 'retractAnswer', {
          system: 'shop',
          answerId: 'shop-2',
          reason: 'late',
          by,
        })
      ).message,
      /part of what was packaged.*withdraw/,
    );
  });

  it('skip a system and take that back, before the cut-off and in a review after it', async () => {
    await collecting('S-1', { policy: { reviewPackage: true } });
    assert.match(
      (await world.refusal('S-1', 'skipSystem', { system: 'crm', reason: 'no', by })).message,
      /has answered.*withholdFiles/,
    );
    assert.match(
      (await world.refusal('S-1', 'retrySystem', { system: 'crm', by })).message,
      /has answered.*retractAnswer/,
    );
    assert.deepEqual(
      gapsOf(
        await world.order('S-1', 'skipSystem', { system: 'shop', reason: 'it is closed', by }),
      ),
      ['shop skipped'],
    );
    await world.until('S-1', ({ waitingOn }) => waitingOn.includes('operator:approval'));
    assert.deepEqual(gapsOf(await world.order('S-1', 'retrySystem', { system: 'shop', by })), []);
    const before = await world.until(
      'S-1',
      ({ stage, waitingOn }) => stage === 'collecting' && waitingOn.includes('shop'),
    );
    assert.equal(before.waits.find(({ on }) => on === 'shop')?.until, before.timetable?.cutOffAt);
    await world.pass('S-1', 27.5);
    assert.deepEqual(
      gapsOf(await world.until('S-1', ({ waitingOn }) => waitingOn.includes('operator:approval'))),
      ['shop overdue'],
    );
    await world.order('S-1', 'retrySystem', { system: 'shop', by });
    const after = await world.until(
      'S-1',
      ({ stage, waitingOn }) => stage === 'collecting' && waitingOn.includes('shop'),
    );
    const until = after.waits.find(({ on }) => on === 'shop')?.until ?? '';
    assert.ok(
      until > (after.timetable?.cutOffAt ?? '') && until < (after.timetable?.dueAt ?? ''),
      until,
    );
    await world.order('S-1', 'respondForVendor', { system: 'shop', outcome: 'nothing-held', by });
    assert.deepEqual(
      gapsOf(await world.until('S-1', ({ waitingOn }) => waitingOn.includes('operator:approval'))),
      [],
    );
  });

  it('withhold files with a reason that the package names', async () => {
    await reviewing('W-1');
    const path = 'systems/shop/shop-1/SHOP-1.csv';
    const withheld = await world.order('W-1', 'withholdFiles', {
      files: [path],
      reason: 'names a third person',
      cite: 'GDPR Art. 15(4)',
      by,
    });
    assert.deepEqual(gapsOf(withheld), ['shop withheld']);
    assert.match(withheld.waits[0]?.reason ?? '', new RegExp(`^Revision ${withheld.revision} `));
    await world.order('W-1', 'approvePackage', { revision: withheld.revision, by });
    const delivered = await world.until('W-1', ({ notices }) =>
      notices.some(({ kind }) => kind === 'delivery'),
    );
    assert.equal(
      delivered.notices.find(({ kind }) => kind === 'delivery')?.note,
      'The copy is ready; it names one gap.',
    );
    const entries = await opened(delivered.package);
    assert.equal(entries.has(path), false);
    assert.match(
      JSON.stringify(manifestOf(entries).gaps),
      /names a third person \(GDPR Art. 15\(4\)\)/,
    );
  });

  it('confirm the identifiers that they name: without a name only the one there is', async () => {
    await start('I-1', {
      identity: 'required',
      subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] },
    });
    await world.until('I-1', ({ waitingOn }) => waitingOn.includes('operator:identity'));
    await world.signal('I-1', 'identityConfirmed', { method: 'a call', by });
    const { identity, waitingOn } = await world.until('I-1', ({ notes }) =>
      notes.some((note) => /names no identifier.*emails\[0\].*emails\[1\]/.test(note)),
    );
    assert.deepEqual([identity, waitingOn.includes('operator:identity')], ['required', true]);
    await world.signal('I-1', 'identityConfirmed', {
      identifiers: ['emails[0]'],
      method: 'a call',
      by,
    });
    const { waits } = await world.until('I-1', (it) => it.waitingOn.includes('operator:match'));
    assert.match(
      waits.find(({ on }) => on === 'operator:match')?.reason ?? '',
      /emails\[1\], which is not confirmed/,
    );
  });

  it('are named in the status, and who gave them in no package', async () => {
    await start('N-1', { identity: 'required', policy: { reviewPackage: true } });
    await world.signal('N-1', 'identityConfirmed', { method: 'a call', by: 'Olga Operator' });
    await world.until('N-1', ({ waitingOn }) => waitingOn.includes('shop'));
    await world.order('N-1', 'skipSystem', {
      system: 'shop',
      reason: 'it is closed',
      by: 'Olga Operator',
    });
    const { revision } = await world.until('N-1', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    await world.order('N-1', 'approvePackage', { revision, by: 'Olga Operator' });
    const status = await world.reaches('N-1', 'delivered');
    assert.equal(status.notes.filter((note) => note.includes('Olga Operator')).length, 3);
    const entries = await opened(status.package);
    assert.match(JSON.stringify(manifestOf(entries).gaps), /it is closed/);
    assert.deepEqual(findings(entries, /Olga|operator:/), []);
  });

  it('are given by the bundled command line, as everything of a request is', async () => {
    const from = join(world.folder, 'dossier.yaml');
    const dossier = async (...args: string[]) => {
      const { stdout } = await run(process.execPath, [
        'bin/dossier.js',
        ...args,
        '--config',
        from,
        '--json',
      ]).catch((error: { stdout: string }) => error);
      return JSON.parse(stdout) as unknown;
    };
    const shown = (requestId: string) =>
      dossier('request', 'show', requestId) as Promise<RequestStatus>;
    const file = join(world.folder, 'bundled.json');
    await writeFile(
      file,
      JSON.stringify({
        requestId: 'BU-1',
        type: 'access',
        subject: { emails: ['dana.kerr@example.com'] },
        law: 'gdpr',
        residence: { country: 'DE' },
        receivedAt: new Date().toISOString().slice(0, 10),
        identity: 'required',
        policy: { reviewPackage: true },
      }),
    );
    await dossier('request', 'start', file);
    assert.match(JSON.stringify(await dossier('request', 'list')), /BU-1/);
    assert.match(
      JSON.stringify(await dossier('request', 'approve', 'BU-1', '--revision', '1')),
      /not-allowed.*at reviewing-package only/,
    );
    await dossier('request', 'identity', 'BU-1', 'confirm', '--method', 'a call');
    await world.until('BU-1', ({ waitingOn }) => waitingOn.includes('shop'));
    await dossier('vendor', 'respond', 'BU-1', 'shop', '--outcome', 'nothing-held');
    await dossier('request', 'retry', 'BU-1', 'crm');
    const { revision } = await world.until('BU-1', ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    await dossier('request', 'approve', 'BU-1', '--revision', String(revision));
    await world.reaches('BU-1', 'delivered');
    assert.equal((await shown('BU-1')).stage, 'delivered');
    assert.match(JSON.stringify(await shown('NO-1')), /There is no request NO-1/);
  });
});
