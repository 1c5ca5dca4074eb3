import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { activityInfo } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { retryingNow } from '../../src/client/retrying.ts';
import { createDataConverter } from '../../src/codec/data-converter.ts';
import { makeKey, parseKeys } from '../../src/codec/keys.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { invoke } from '../cli/invoke.ts';
import { endedOnce, reset, type ByHand } from '../support/by-hand.ts';
import { fault, filesOf, inInbox, lettersOf, mended } from '../support/evidence.ts';
import { pendingActivities } from '../support/pending.ts';
import { openWorld, type World } from '../support/world.ts';

const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const by = 'operator';
const hands: Readonly<Record<string, ByHand>> = {
  'H-fail': { fail: true },
  'H-null': { complete: null },
  'H-object': { complete: {} },
  'H-text': { complete: ['no', 'answer'] },
};

describe('what Temporal lets operators do', () => {
  let world: World;
  const keys = { old: makeKey('old'), late: makeKey('k9'), never: makeKey('k8') };
  /** Requests whose files may be looked up by now. */
  const seen = new Set<string>();
  const lookUp = (requestId: string) => seen.add(requestId);
  const strangerWith = (key: string) =>
    new Client({
      connection: world.server.connection,
      namespace: world.server.namespace,
      dataConverter: createDataConverter(parseKeys(key)),
    }).workflow.getHandle('dsar-K-1');
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
      codecKeys: keys.old,
      sabotage: (activities) => {
        const made = endedOnce(activities, hands);
        const findUnknownFiles: typeof made.findUnknownFiles = async (order) => {
          while (
            !seen.has((activityInfo().workflowExecution?.workflowId ?? '').slice('dsar-'.length))
          ) {
            await sleep(50);
          }
          return made.findUnknownFiles(order);
        };
        return { ...made, findUnknownFiles };
      },
    });
  });
  after(() => {
    ['C-4', 'C-5'].forEach(lookUp);
    return world?.stop();
  });

  const start = (requestId: string, policy = {}) =>
    world.start({
      requestId,
      language: 'en',
      subject: { emails: ['dana.kerr@example.com'] },
      policy,
    });
  const collected = (requestId: string) =>
    world.until(
      requestId,
      ({ waitingOn, systems }) =>
        waitingOn.includes('shop') && systems.filter(({ state }) => state === 'done').length >= 2,
      'the wait for the shop',
    );
  const answer = async (requestId: string) =>
    world.order(requestId, 'respondForVendor', {
      system: 'shop',
      outcome: 'delivered',
      files: [await inInbox(world, requestId, 'shop', 'a.csv', 'a\n1\n')],
      by,
    });
  const delivered = async (requestId: string) => {
    await collected(requestId);
    await answer(requestId);
    return world.reaches(requestId, 'delivered');
  };
  const handle = (requestId: string) =>
    world.client.workflow.getHandle<() => Promise<RequestStatus>>(`dsar-${requestId}`);
  const waitOn = (status: RequestStatus, on: string) => status.waits.find((wait) => wait.on === on);
  const withheld = (requestId: string) =>
    world
      .order(requestId, 'withholdFiles', { files: ['systems/crm/none.csv'], reason: 'test', by })
      .then(
        () => 'taken',
        (error: unknown) => String((error as Error).cause),
      );
  const beingLookedUp = async (requestId: string) => {
    for (
      let tries = 0;
      !(await pendingActivities(world.server.connection, requestId)).some(
        ({ name }) => name === 'findUnknownFiles',
      ) && tries < 200;
      tries += 1
    ) {
      await sleep(50);
    }
  };
  const bytesOf = async (uri: string | undefined) => readFileSync(fileURLToPath(uri ?? ''));

  it('whichever order is ended by hand, and however, a retry mends it or it is given again', async () => {
    await Promise.all(
      Object.keys(hands).map(async (requestId) => {
        await start(requestId, { systems: ['silent-ads'] });
        const gaps = new Set<string>();
        let status = await world.until(requestId, () => true);
        for (let tries = 0; status.stage !== 'delivered' && tries < 400; tries += 1) {
          for (const wait of status.waits.filter(
            ({ owner, then }) => owner === 'operator' && then === 'gap unavailable',
          )) {
            gaps.add(wait.on);
            await world.order(requestId, 'retrySystem', { system: wait.on, by });
          }
          const shop = status.systems.find(({ id }) => id === 'shop');
          if (
            shop?.state === 'waiting' &&
            shop.askedAt !== null &&
            !status.answers.some(({ system }) => system === 'shop')
          ) {
            await answer(requestId);
          }
          if (
            status.systems.some(({ id, state }) => id === 'silent-ads' && state === 'waiting') &&
            gaps.has('silent-ads')
          ) {
            await world.order(requestId, 'skipSystem', {
              system: 'silent-ads',
              reason: 'test',
              by,
            });
          }
          await sleep(50);
          status = await world.status(requestId);
        }
        assert.equal(status.stage, 'delivered', JSON.stringify([status.waits, status.notes]));
        assert.deepEqual(
          status.gaps.map(({ system, because }) => `${system} ${because}`),
          ['silent-ads skipped'],
        );
        assert.deepEqual([...gaps].sort(), ['crm', 'data-cloud', 'silent-ads']);
        assert.match(status.notes.join('\n'), /planRequest was ended in Temporal.*ordered again/);
      }),
    );
  });

  it('an export whose time was shortened while it ran is a gap that a retry mends', async () => {
    await fault(world, 'core GET /services/data/.*/query', 'slow', { delayMs: 3000 });
    await start('T-1');
    for (
      let tries = 0;
      !(await pendingActivities(world.server.connection, 'T-1')).some(
        ({ name }) => name === 'exportCloud',
      ) && tries < 200;
      tries += 1
    ) {
      await sleep(50);
    }
    const [running] = (await pendingActivities(world.server.connection, 'T-1')).filter(
      ({ name }) => name === 'exportCloud',
    );
    await world.client.workflowService.updateActivityOptions({
      namespace: world.server.namespace,
      execution: { workflowId: 'dsar-T-1' },
      id: running?.id ?? '',
      activityOptions: { scheduleToCloseTimeout: { seconds: 1 as never } },
      updateMask: { paths: ['schedule_to_close_timeout'] },
    });
    const status = await world.until(
      'T-1',
      (it) => waitOn(it, 'crm')?.owner === 'operator',
      'the wait of an operator',
    );
    await mended(world);
    assert.deepEqual(
      [
        status.gaps.map(({ system, because }) => `${system} ${because}`),
        waitOn(status, 'crm')?.owner,
      ],
      [['crm unavailable'], 'operator'],
    );
    await world.order('T-1', 'retrySystem', { system: 'crm', by });
    assert.deepEqual((await delivered('T-1')).gaps, []);
  });

  it('tells which step fails and is tried again, and why, without a word of what the system said', async () => {
    await fault(world, 'core GET /services/data/.*/query', 'unavailable');
    await start('E-1');
    let retrying: Awaited<ReturnType<typeof retryingNow>> = [];
    for (let tries = 0; retrying.length === 0 && tries < 200; tries += 1) {
      await sleep(50);
      retrying = await retryingNow(world.client, 'E-1');
    }
    const { stdout } = await invoke([
      'request',
      'show',
      'E-1',
      '--config',
      join(world.folder, 'dossier.yaml'),
    ]);
    assert.match(
      stdout,
      /Fails and is tried again\n {2}export cloud {2}attempt \d+ .*\n {4}crm: unavailable \(status 503/,
    );
    await mended(world);
    assert.deepEqual(
      retrying.map(({ what, reason }) => [what, /^[^(]*/.exec(reason)?.[0]]),
      [['export cloud', 'crm: unavailable ']],
    );
    assert.ok((retrying[0]?.attempt ?? 0) > 1);
    await delivered('E-1');
    assert.deepEqual(await retryingNow(world.client, 'E-1'), []);
  });

  it('goes on when the workflow is cancelled: an operator decides, and no letter says what is untrue', async () => {
    await Promise.all(
      ['C-1', 'C-2', 'C-3'].map(async (requestId) => {
        await start(requestId);
        await collected(requestId);
        await handle(requestId).cancel();
        const status = await world.until(
          requestId,
          ({ waitingOn }) => waitingOn.includes('operator:cancelled'),
          'the wait for a decision',
        );
        assert.equal(status.stage, 'collecting');
        assert.match(
          waitOn(status, 'operator:cancelled')?.reason ?? '',
          /withdraw.*continueRequest/,
        );
        assert.ok((await filesOf(world, requestId)).length > 0);
        assert.doesNotMatch(Object.keys(await lettersOf(world, requestId)).join(), /withdrawal/);
      }),
    );
    const kept = await world.order('C-1', 'continueRequest', { reason: 'pressed by mistake', by });
    assert.deepEqual(kept.waitingOn, ['shop']);
    await answer('C-1');
    await world.reaches('C-1', 'delivered');
    assert.equal(
      (await world.order('C-2', 'withdraw', { reason: 'no longer wanted', by })).stage,
      'withdrawn',
    );
    assert.equal((await handle('C-2').describe()).status.name, 'COMPLETED');
    await answer('C-3');
    assert.deepEqual((await world.reaches('C-3', 'delivered')).waitingOn, ['operator:cancelled']);
    assert.match(
      (await world.refusal('C-1', 'continueRequest', { reason: 'again', by })).message,
      /nothing to decide/,
    );
  });

  it('carries out an order that is under way when the workflow is cancelled', async () => {
    await start('C-4');
    await collected('C-4');
    const order = withheld('C-4');
    await beingLookedUp('C-4');
    await handle('C-4').cancel();
    await world.until(
      'C-4',
      ({ waitingOn }) => waitingOn.includes('operator:cancelled'),
      'the wait for a decision',
    );
    lookUp('C-4');
    assert.match(await order, /no file/);
    assert.deepEqual(
      (await world.order('C-4', 'continueRequest', { reason: 'pressed by mistake', by })).waitingOn,
      ['shop'],
    );
  });

  it('ends although an order is under way, which it stops: its files are gone', async () => {
    await start('C-5');
    await collected('C-5');
    const order = withheld('C-5');
    await beingLookedUp('C-5');
    await world.order('C-5', 'withdraw', { reason: 'no longer wanted', by });
    assert.equal((await handle('C-5').describe()).status.name, 'RUNNING');
    lookUp('C-5');
    assert.match(await order, /ended meanwhile/);
    assert.equal((await handle('C-5').result()).stage, 'withdrawn');
  });

  it('tells every vendor that was asked when a request ends: by letter those that a person asked', async () => {
    await start('W-1', { systems: ['silent-ads'] });
    await world.until(
      'W-1',
      ({ waitingOn }) => waitingOn.includes('shop') && waitingOn.includes('silent-ads'),
    );
    const status = await world.order('W-1', 'withdraw', { reason: 'no longer wanted', by });
    const letters = await lettersOf(world, 'W-1');
    assert.deepEqual(
      Object.values(letters).map((text) => /^To: (\S+)/.exec(text)?.[1]),
      ['shop', 'subject'],
    );
    assert.match(
      status.notices.map(({ kind, to }) => `${kind} to ${to}`).join(),
      /withdrawal to shop/,
    );
    const { requests } = (await (
      await fetch(`${world.simulator.control}/vendors/silent-ads/requests`)
    ).json()) as { requests: { state: string }[] };
    assert.equal(requests.at(-1)?.state, 'cancelled');
  });

  it(
    'reads, sends and overwrites nothing again when a delivered request is reset, until an ' +
      'operator wants it',
    async () => {
      const first = await (await start('F-1'), delivered('F-1'));
      const archive = await bytesOf(first.package?.uri);
      const letters = await lettersOf(world, 'F-1');
      const written = async () =>
        Object.fromEntries(
          await Promise.all(
            (await filesOf(world, 'F-1'))
              .filter((file) => !file.startsWith('outbox'))
              .map(
                async (file) =>
                  [file, (await stat(join(world.config.storage.directory, file))).mtimeMs] as const,
              ),
          ),
        );
      const files = await written();
      await reset(world, 'F-1');
      const asked = await world.until(
        'F-1',
        ({ waitingOn }) => waitingOn.includes('operator:reset'),
        'the question',
      );
      assert.match(
        waitOn(asked, 'operator:reset')?.reason ?? '',
        /delivered on .*continueRequest.*withdraw/,
      );
      assert.deepEqual(await pendingActivities(world.server.connection, 'F-1'), []);
      assert.deepEqual(await bytesOf(first.package?.uri), archive);
      const after = await lettersOf(world, 'F-1');
      for (const [name, text] of Object.entries(letters)) {
        assert.equal(after[name], text);
      }
      assert.deepEqual(
        Object.values(after)
          .filter((text) => !Object.values(letters).includes(text))
          .map((text) => /^To: (\S+)/.exec(text)?.[1]),
        ['operator'],
      );
      assert.deepEqual(await written(), files);

      await world.order('F-1', 'continueRequest', { reason: 'the archive was lost', by });
      // Temporal gives the orders of the former run to the new one: the vendor's answer among them.
      const second = await world.reaches('F-1', 'delivered');
      assert.notEqual(second.package?.uri, first.package?.uri);
      assert.deepEqual(await bytesOf(first.package?.uri), archive);
      assert.match(second.notes.join('\n'), /was reset in Temporal/);
      for (const [name, text] of Object.entries(letters)) {
        assert.equal((await lettersOf(world, 'F-1'))[name], text);
      }
    },
  );

  it('asks as well where a delivered request is reset to the middle of its reading', async () => {
    await (await start('F-2'), delivered('F-2'));
    await reset(
      world,
      'F-2',
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'exportCloud',
    );
    const asked = await world.until(
      'F-2',
      ({ waitingOn }) => waitingOn.includes('operator:reset'),
      'the question',
    );
    assert.match(asked.notes.join('\n'), /was reset in Temporal/);
    assert.equal(
      (await world.order('F-2', 'withdraw', { reason: 'it was a mistake', by })).stage,
      'withdrawn',
    );
  });

  it('names the decision that is awaited after a reset, whoever of its systems was the first to ask', async () => {
    await (await start('F-3'), delivered('F-3'));
    await reset(
      world,
      'F-3',
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'exportCloud',
    );
    const asked = await world.until(
      'F-3',
      ({ waitingOn }) => waitingOn.includes('operator:reset'),
      'the question',
    );
    for (const system of ['data-cloud', 'crm']) {
      const status = await world.order('F-3', 'retrySystem', { system, by });
      assert.deepEqual(
        waitOn(status, 'operator:reset'),
        waitOn(asked, 'operator:reset'),
        `after ${system} was tried again`,
      );
    }
    const decided = await world.order('F-3', 'continueRequest', {
      reason: 'the archive was lost',
      by,
    });
    assert.equal(waitOn(decided, 'operator:reset'), undefined);
    await world.reaches('F-3', 'delivered');
    assert.equal(
      Object.keys(await lettersOf(world, 'F-3')).filter((name) => name.includes('escalation'))
        .length,
      1,
    );
  });

  it('stays withdrawn when it is reset', async () => {
    await start('W-2');
    await collected('W-2');
    await world.order('W-2', 'withdraw', { reason: 'no longer wanted', by });
    const letters = await lettersOf(world, 'W-2');
    await reset(world, 'W-2');
    const status = await handle('W-2').result();
    assert.deepEqual([status.stage, await filesOf(world, 'W-2')], ['withdrawn', []]);
    assert.deepEqual(await lettersOf(world, 'W-2'), letters);
  });

  describe('a message in a key that the workers lack', () => {
    const history = async () => await handle('K-1').fetchHistory();
    const replays = async (ring: string) =>
      Worker.runReplayHistory(
        {
          workflowBundle: {
            codePath: fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url)),
          },
          dataConverter: createDataConverter(parseKeys(ring), { keepSealed: true }),
        },
        await history(),
        'dsar-K-1',
      );

    it(
      'stops no other message, is named with its key, and counts once the key is there',
      { timeout: 60_000 },
      async () => {
        await start('K-1', { reviewPackage: true });
        await collected('K-1');
        await strangerWith(keys.late).signal('vendorResponded', {
          system: 'shop',
          outcome: 'nothing-held',
          by: 'shop',
        });
        await strangerWith(keys.never).signal('vendorResponded', {
          system: 'shop',
          outcome: 'in-progress',
          by: 'shop',
        });
        await world.signal('K-1', 'clarificationRequested', { note: 'which account?', by });
        await world.signal('K-1', 'clarificationReceived', { note: 'the account of 2024', by });
        const status = await world.until(
          'K-1',
          ({ notices }) => notices.some(({ note }) => note === 'the account of 2024'),
          'the later messages',
        );
        assert.ok(
          status.waitingOn.includes('shop') && status.waitingOn.includes('operator:codec-key'),
          status.waitingOn.join(),
        );
        assert.match(
          waitOn(status, 'operator:codec-key')?.reason ?? '',
          /vendorResponded, vendorResponded.*the key k9, k8.*DOSSIER_CODEC_KEYS/,
        );
        await replays(keys.old);
        await replays(`${keys.old},${keys.late}`);

        await world.stopWorker();
        await world.startWorker(`${keys.old},${keys.late}`);
        const read = await world.until(
          'K-1',
          ({ systems }) =>
            systems.some(({ id, outcome }) => id === 'shop' && outcome === 'nothing-held'),
          'the answer that is read now',
        );
        assert.match(waitOn(read, 'operator:codec-key')?.reason ?? '', /the key k8,/);
        const { revision } = await world.until('K-1', ({ waitingOn }) =>
          waitingOn.includes('operator:approval'),
        );
        await world.order('K-1', 'approvePackage', { revision, by });
        await world.reaches('K-1', 'delivered');
      },
    );

    it('replays whichever of the keys a worker has', async () => {
      await replays(keys.old);
      await replays(`${keys.old},${keys.late}`);
      await replays(Object.values(keys).join());
    });

    it('what was read with a key that is gone leaves the task to a worker that has it', async () => {
      await strangerWith(keys.late).signal('vendorResponded', {
        system: 'shop',
        outcome: 'in-progress',
        by: 'shop',
      });
      await world.until('K-1', ({ answers }) => answers.length > 1);
      await assert.rejects(
        replays(keys.old),
        (error: unknown) =>
          error instanceof Error &&
          /workflow task failure/.test(error.message) &&
          !/nondeterminism/i.test(error.message),
      );
    });
  });
});
