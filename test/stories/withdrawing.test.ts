import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { Dossier, DossierError } from '../../src/client/index.ts';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus, Stage } from '../../src/contract/status.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import {
  attributesOf,
  deletionReceiptOf,
  fault,
  filesOf,
  inInbox,
  lettersOf,
  mended,
} from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const both = {
  subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] },
  identity: { confirmed: ['emails[0]'] },
};
const why = { reason: 'the subject no longer wants the copy', by: 'operator' };

describe('a request that ends before its time', () => {
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
    world.start({
      requestId,
      language: 'en',
      subject: { emails: ['dana.kerr@example.com'] },
      ...more,
    });
  const vendorRequests = async () =>
    (
      (await (await fetch(`${world.simulator.control}/vendors/silent-ads/requests`)).json()) as {
        requests: { id: string; state: string }[];
      }
    ).requests;
  const collecting = async (requestId: string, more: Partial<RequestInput> = {}) => {
    await start(requestId, more);
    await world.until(
      requestId,
      ({ systems, waitingOn }) =>
        waitingOn.includes('shop') && systems.filter(({ state }) => state === 'done').length === 2,
    );
  };
  const reviewing = async (requestId: string) => {
    await collecting(requestId, { policy: { reviewPackage: true } });
    await world.signal(requestId, 'vendorResponded', {
      system: 'shop',
      outcome: 'delivered',
      files: [await inInbox(world, requestId, 'shop', 'a.csv', 'a\n1\n')],
      by: 'shop',
    });
    return world.until(requestId, ({ waitingOn }) => waitingOn.includes('operator:approval'));
  };
  const leavesNothing = async (
    requestId: string,
    status: RequestStatus,
    untold: readonly string[] = [],
  ) => {
    assert.deepEqual([status.stage, status.waits, status.waitingOn], ['withdrawn', [], []]);
    assert.ok(
      status.systems.every(({ state }) => state === 'done' || state === 'gap'),
      JSON.stringify(status.systems),
    );
    assert.deepEqual(await filesOf(world, requestId), []);
    const letters = Object.values(await lettersOf(world, requestId)).map(
      (text) => text.split('\n')[0],
    );
    assert.deepEqual(
      letters.filter((to) => to !== 'To: subject'),
      [
        ...status.systems
          .filter(
            ({ connector, askedAt, outcome }) =>
              connector === 'manual' && askedAt !== null && outcome === null,
          )
          .map(({ id }) => id),
        ...untold,
      ].map((id) => `To: ${id}`),
    );
    assert.deepEqual(
      letters.filter((to) => to === 'To: subject'),
      ['To: subject'],
    );
    const receipt = await deletionReceiptOf(world, requestId);
    assert.deepEqual([receipt.requestId, receipt.why], [requestId, 'the request was withdrawn']);
    assert.deepEqual(await attributesOf(world, requestId), {
      DossierStage: 'withdrawn',
      DossierLaw: 'gdpr',
      DossierDueBy: new Date(status.timetable?.dueAt ?? 0),
      DossierOverdue: false,
    });
    assert.deepEqual(await world.client.workflow.getHandle(`dsar-${requestId}`).result(), status);
    assert.equal(
      (await world.client.workflow.getHandle(`dsar-${requestId}`).describe()).status.name,
      'COMPLETED',
    );
  };

  const stages: readonly { stage: Stage; park: (requestId: string) => Promise<unknown> }[] = [
    {
      stage: 'verifying',
      park: async (id) => {
        await start(id, { identity: 'required' });
        await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:identity'));
      },
    },
    {
      stage: 'reviewing-match',
      park: async (id) => {
        await start(id, both);
        await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:match'));
      },
    },
    { stage: 'collecting', park: collecting },
    { stage: 'reviewing-package', park: reviewing },
    {
      stage: 'delivered',
      park: async (id) => {
        const { revision } = await reviewing(id);
        await world.order(id, 'approvePackage', { revision, by: 'operator' });
        await world.reaches(id, 'delivered');
      },
    },
  ];
  for (const { stage, park } of stages) {
    it(`leaves nothing but a deletion receipt when it is withdrawn at ${stage}`, async () => {
      const requestId = `W-${stage}`;
      await park(requestId);
      assert.equal((await world.status(requestId)).stage, stage);
      await leavesNothing(requestId, await world.order(requestId, 'withdraw', why));
    });
  }

  it('is seen beside another one of the same person by the operator alone, and each goes its own way', async () => {
    const subject = { emails: ['twice@example.com'], phones: ['+1 555 0100'] };
    await start('D-1', { subject });
    await world.until('D-1', ({ stage }) => stage !== 'received' && stage !== 'planning');
    await start('D-2', { subject: { emails: ['Twice@Example.com'] }, identity: 'required' });
    const second = await world.until('D-2', ({ waitingOn }) =>
      waitingOn.includes('operator:identity'),
    );
    assert.deepEqual(
      [second.stage, second.samePerson?.map(({ requestId }) => requestId)],
      ['verifying', ['D-1']],
    );
    assert.ok(
      second.notes.some((note) =>
        note.startsWith('Another request has one of the same identifiers: D-1 '),
      ),
    );
    assert.equal((await world.status('D-1')).samePerson, undefined);
    const { searchAttributes } = await world.client.workflow.getHandle('dsar-D-2').describe();
    assert.deepEqual(searchAttributes.DossierSamePerson, ['D-1']);
    for (const text of Object.values(await lettersOf(world, 'D-2'))) {
      assert.doesNotMatch(text, /D-1|same/);
    }
    await world.order('D-2', 'withdraw', why);
    assert.ok((await world.status('D-1')).stage !== 'withdrawn');
    await world.order('D-1', 'withdraw', why);
    const left = await readdir(join(world.config.storage.directory, 'people'), { recursive: true });
    assert.deepEqual(
      left.filter((name) => /D-[12]/.test(name)),
      [],
    );
  });

  it('tells a vendor that was asked over OpenDSR', async () => {
    await start('V-1', { ...both, policy: { systems: ['silent-ads'] } });
    await world.until('V-1', ({ waitingOn }) => waitingOn.includes('silent-ads'));
    assert.deepEqual(
      (await vendorRequests()).map(({ state }) => state),
      ['pending'],
    );
    await leavesNothing('V-1', await world.order('V-1', 'withdraw', why));
    assert.deepEqual(
      (await vendorRequests()).map(({ state }) => state),
      ['cancelled'],
    );
  });

  it('ends all the same, and says so, where the vendor cannot be told', async () => {
    await start('V-2', { ...both, policy: { systems: ['silent-ads'] } });
    await world.until('V-2', ({ waitingOn }) => waitingOn.includes('silent-ads'));
    await fault(world, 'vendors .*silent-ads', 'forbidden');
    const status = await world.order('V-2', 'withdraw', why);
    await leavesNothing('V-2', status, ['silent-ads']);
    assert.match(status.notes.join('\n'), /silent-ads could not be told/);
  });

  it('has no file written behind the deletion by an export that is under way', async () => {
    await fault(world, 'core GET .*query-sql', 'slow', { delayMs: 1500 });
    await fault(world, 'core POST .*query-sql', 'slow', { delayMs: 1500, after: 12 });
    await start('X-1');
    await world.until('X-1', ({ systems }) =>
      systems.some(({ id, state }) => id === 'data-cloud' && state === 'exporting'),
    );
    const status = await world.order('X-1', 'withdraw', why);
    await mended(world);
    await sleep(2000);
    await leavesNothing('X-1', status);
  });

  it('is refused where identity is rejected, also while it collects', async () => {
    await start('I-1', { identity: 'required' });
    await world.until('I-1', ({ waitingOn }) => waitingOn.includes('operator:identity'));
    await collecting('I-2');
    for (const requestId of ['I-1', 'I-2']) {
      await world.signal(requestId, 'identityRejected', {
        reason: 'the code was not entered',
        by: 'web-form',
      });
      const status = await world.client.workflow
        .getHandle<() => Promise<RequestStatus>>(`dsar-${requestId}`)
        .result();
      assert.deepEqual(
        [status.stage, status.identity, status.package],
        ['refused', 'rejected', null],
      );
      assert.deepEqual(await filesOf(world, requestId), []);
      assert.match(String((await deletionReceiptOf(world, requestId)).why), /refused/);
      assert.match(
        Object.values(await lettersOf(world, requestId)).join(),
        /says nothing about whether we hold data/,
      );
    }
  });

  it('takes no more messages once it has ended', async () => {
    const dossier = Dossier.over(world.client);
    const hasEnded = (error: unknown) =>
      error instanceof DossierError && error.code === 'closed' && /has ended/.test(error.message);
    for (const requestId of ['W-collecting', 'I-1']) {
      await assert.rejects(dossier.withdraw(requestId, why), hasEnded);
      await assert.rejects(
        dossier.retrySystem(requestId, { system: 'crm', by: 'operator' }),
        hasEnded,
      );
      await assert.rejects(
        dossier.vendorResponded(requestId, { system: 'shop', outcome: 'nothing-held', by: 'shop' }),
        hasEnded,
      );
    }
  });
});
