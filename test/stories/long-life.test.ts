import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { askedVendors } from '../../src/leftovers/asked-vendors.ts';
import { workflowIdOf } from '../../src/contract/contract.ts';
import { Dossier } from '../../src/client/dossier.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import {
  fault,
  inInbox,
  lettersOf,
  mended,
  opened,
  rowsOf,
  shownAlike,
} from '../support/evidence.ts';
import { doneIn, runsOf } from '../support/runs.ts';
import { openWorld, type World } from '../support/world.ts';
import { personWithVisits } from './people.ts';

const by = 'privacy team';
const subject = { emails: ['vera@example.com'] };
const TABLE = 'profiles/1/ssot__WebsiteEngagement__dlm.ndjson';
const DAY = 86_400_000;
/** Events after which the server of this file suggests to continue as new. */
const SUGGESTED_AT = 60;

describe('a request that lives long', () => {
  let world: World;
  let dossier: Dossier;
  before(async () => {
    world = await openWorld({
      seed: personWithVisits({
        email: 'vera@example.com',
        partyId: 'P-1',
        visits: 4_000,
        paging: { page: 500 },
        vendors: { 'silent-ads': { kind: 'opendsr', behaviour: 'silent' } },
      }),
      systems: [
        { id: 'acme-mail', connector: 'manual' },
        { id: 'acme-post', connector: 'manual' },
        {
          id: 'silent-ads',
          connector: 'opendsr',
          baseUrl: '${VENDORS}/opendsr/silent-ads/v2',
          token: '${VENDOR_TOKEN}',
          regulation: 'gdpr',
        },
      ],
      serverArgs: [
        '--dynamic-config-value',
        `limit.historyCount.suggestContinueAsNew=${SUGGESTED_AT}`,
      ],
    });
    dossier = await Dossier.connect({
      address: world.server.address,
      namespace: world.server.namespace,
      codecKeys: world.codecKeys,
      environment: {},
    });
  });
  after(async () => {
    await dossier?.close();
    await world?.stop();
  });

  const runId = async (requestId: string) =>
    (await world.client.workflow.getHandle(workflowIdOf(requestId)).describe()).runId;
  const noise = async (requestId: string, name: string, count: number) => {
    for (let index = 1; index <= count; index += 1) {
      await world.signal(requestId, 'vendorResponded', {
        system: `${name}-${index}`,
        outcome: 'nothing-held',
        by: 'nobody',
      });
    }
  };
  /** Sends what nobody waits for until the request goes on in another run. */
  const continued = async (requestId: string, name: string) => {
    const run = await runId(requestId);
    for (let round = 1; (await runId(requestId)) === run; round += 1) {
      assert.ok(round < 60, `${requestId} continues as new`);
      await noise(requestId, `${name}-${round}`, 4);
    }
    return world.status(requestId);
  };
  const unknown = ({ answers }: RequestStatus) =>
    answers.filter(({ state }) => state === 'unknown-system').map(({ system }) => system);
  const isEachOnce = (texts: readonly string[]) =>
    assert.deepEqual(texts.toSorted(), [...new Set(texts)].toSorted());
  const waiting = (status: RequestStatus, on: string) =>
    status.waits.find((wait) => wait.on === on);

  it(
    'goes on in run after run: stages, dates, waits, reminders, answers, reviews, supplement ' +
      'and deletion, nothing lost and nothing twice',
    async () => {
      const id = 'R-LONG';
      await world.start({
        requestId: id,
        subject,
        identity: 'required',
        policy: { systems: ['acme-mail', 'acme-post', 'silent-ads'], reviewPackage: true },
      });
      const verifying = await world.until(
        id,
        ({ waitingOn }) => waitingOn.join() === 'operator:identity',
        'verifying',
      );
      const { since } = waiting(verifying, 'operator:identity') ?? {};
      await world.pass(id, 2);
      const still = await continued(id, 'verifying');
      assert.equal(waiting(still, 'operator:identity')?.since, since);
      assert.deepEqual(still.timetable, verifying.timetable);

      await world.signal(id, 'identityConfirmed', { method: 'passport', by });
      const ready = ({ waitingOn, systems, profiles }: RequestStatus) =>
        waitingOn.length === 3 &&
        profiles[0]?.state === 'exported' &&
        systems.every(({ state }) => state === 'done' || state === 'waiting');
      const asked = await world.until(id, ready, 'waiting for three vendors');
      await continued(id, 'asked');
      await continued(id, 'asked-again');
      const again = await world.until(id, ready, 'waiting for three vendors');
      assert.deepEqual(
        again.systems.map(({ id: system, askedAt, answerBy }) => [system, askedAt, answerBy]),
        asked.systems.map(({ id: system, askedAt, answerBy }) => [system, askedAt, answerBy]),
      );
      assert.deepEqual(
        again.waits.map(({ on, since: from, until }) => [on, from, until]).toSorted(),
        asked.waits.map(({ on, since: from, until }) => [on, from, until]).toSorted(),
      );

      const known = await askedVendors(world.client, id);
      assert.deepEqual(
        known.map(({ system, reference }) => [system, reference !== null]).toSorted(),
        [
          ['acme-mail', false],
          ['acme-post', false],
          ['silent-ads', true],
        ],
        'whom a purge would tell',
      );

      const vendorsBy = Date.parse(
        asked.systems.find(({ id: system }) => system === 'acme-mail')?.answerBy ?? '',
      );
      const now = async () => Date.parse((await world.status(id)).notices.at(-1)?.at ?? '');
      await world.pass(id, (vendorsBy - 4.5 * DAY - Date.parse(since ?? '')) / DAY - 2);
      assert.deepEqual(
        (
          await world.until(
            id,
            ({ systems }) => systems.filter(({ reminders }) => reminders === 1).length === 3,
            'a first reminder',
          )
        ).stage,
        'collecting',
      );
      await continued(id, 'reminded');
      assert.ok((await now()) > 0);
      const file = await inInbox(world, id, 'acme-mail', 'export.csv', 'list\nSpring news\n');
      await world.signal(id, 'vendorResponded', {
        system: 'acme-mail',
        outcome: 'delivered',
        files: [file],
        by: 'acme-mail',
      });
      await continued(id, 'answered');
      const later = await world.until(
        id,
        ({ systems }) =>
          systems.some(({ id: system, state }) => system === 'acme-mail' && state === 'done'),
        "acme-mail's file",
      );
      assert.equal(later.systems.find(({ id: system }) => system === 'acme-mail')?.files, 1);
      await world.pass(id, 30);
      const review = await world.until(
        id,
        ({ stage, waitingOn }) => stage === 'reviewing-package' && waitingOn.length > 0,
        'the review',
      );
      assert.deepEqual(
        review.systems.map(({ id: system, state, reminders }) => [system, state, reminders]),
        [
          ['acme-mail', 'done', 1],
          ['acme-post', 'gap', 3],
          ['silent-ads', 'gap', 3],
          ['data-cloud', 'done', 0],
        ],
      );
      assert.deepEqual(
        review.gaps.map(({ system, because }) => [system, because]),
        [
          ['acme-post', 'overdue'],
          ['silent-ads', 'overdue'],
        ],
      );

      const reviewed = await continued(id, 'reviewing');
      assert.equal(
        waiting(reviewed, 'operator:approval')?.since,
        waiting(review, 'operator:approval')?.since,
      );
      assert.equal(reviewed.revision, review.revision);
      await world.order(id, 'approvePackage', { revision: reviewed.revision, by });
      const delivered = await world.reaches(id, 'delivered');
      const entries = await opened(delivered.package);
      assert.equal(rowsOf(entries, TABLE).length, 4_000);
      assert.ok(
        entries.has('systems/acme-mail/acme-mail-1/export.csv') ||
          [...entries.keys()].some((name) => name.endsWith('/export.csv')),
      );

      const late = await inInbox(world, id, 'acme-post', 'late.csv', 'list\nSummer news\n');
      await world.order(id, 'respondForVendor', {
        system: 'acme-post',
        outcome: 'delivered',
        files: [late],
        by: 'acme-post',
      });
      await continued(id, 'gathering');
      await world.pass(id, 2.5);
      await continued(id, 'gathering-on');
      await world.pass(id, 1);
      const second = await world.until(
        id,
        ({ waitingOn }) => waitingOn.join() === 'operator:approval',
        "the supplement's review",
      );
      await continued(id, 'supplement');
      await world.order(id, 'approvePackage', { revision: second.revision, by });
      const supplemented = await world.until(
        id,
        ({ supplements }) => supplements.length === 1,
        'a supplement',
      );
      assert.ok(
        [...(await opened(supplemented.supplements[0])).keys()].some((name) =>
          name.endsWith('/late.csv'),
        ),
      );
      assert.deepEqual(supplemented.package, {
        ...delivered.package,
        deleteBy: supplemented.supplements[0]?.deleteBy,
      });

      const written = supplemented.notices.filter(({ state }) => state === 'to-send');
      const lettersNow = async () => Object.keys(await lettersOf(world, id));
      while ((await lettersNow()).length < written.length) {
        await sleep(50);
      }
      const letters = await lettersNow();
      assert.deepEqual(
        letters.map((name) => name.replace(/\.\w+$/, '')).toSorted(),
        written.map(({ kind }, index) => `${String(index + 1).padStart(3, '0')}-${kind}`),
      );
      await continued(id, 'keeping');
      await shownAlike(world, id);
      await world.pass(id, 60);
      const closed = await world.until(id, ({ stage }) => stage === 'closed', 'closed');
      assert.equal(closed.notices.length, supplemented.notices.length);
      isEachOnce(unknown(closed));
      const runs = await runsOf(world, id);
      assert.ok(runs.length > 8, `${runs.length} runs`);
      const {
        writeLetter,
        askVendor,
        locateProfiles,
        buildPackage,
        deliverPackage,
        receiveAnswer,
        deleteFiles,
      } = doneIn(runs);
      assert.deepEqual(
        {
          writeLetter,
          askVendor,
          locateProfiles,
          buildPackage,
          deliverPackage,
          receiveAnswer,
          deleteFiles,
        },
        {
          writeLetter: letters.length,
          askVendor: 3,
          locateProfiles: 1,
          buildPackage: 2,
          deliverPackage: 2,
          receiveAnswer: 2,
          deleteFiles: 1,
        },
      );
    },
  );

  it('takes every signal and every order that is sent while it continues, each once', async () => {
    const id = 'R-BURST';
    await world.start({ requestId: id, subject, policy: { systems: ['acme-mail', 'acme-post'] } });
    await world.until(
      id,
      ({ waitingOn, profiles }) => waitingOn.length === 2 && profiles[0]?.state === 'exported',
      'waiting for both vendors',
    );
    const run = await runId(id);
    const signals = async () => {
      for (let index = 1; index <= 120; index += 1) {
        await world.signal(id, 'vendorResponded', {
          system: `fax-${index}`,
          outcome: 'nothing-held',
          by: 'nobody',
        });
      }
    };
    const orders = async () => {
      for (let index = 1; index <= 24; index += 1) {
        const { answers } = await dossier.respondForVendor(id, {
          system: 'acme-post',
          outcome: 'nothing-held',
          note: `part ${index}`,
          by,
        });
        assert.deepEqual(
          answers
            .filter(({ system }) => system === 'acme-post')
            .map(({ note }) => note)
            .slice(-1),
          [`part ${index}`],
        );
      }
    };
    await Promise.all([signals(), orders()]);
    const status = await world.until(id, (it) => unknown(it).length === 120, 'all signals');
    isEachOnce(unknown(status));
    assert.deepEqual(
      status.answers.filter(({ state }) => state === 'counted').map(({ note }) => note),
      Array.from({ length: 24 }, (_, index) => `part ${index + 1}`),
    );
    assert.notEqual(await runId(id), run);
    await world.order(id, 'withdraw', { reason: 'no longer wanted', by });
    await world.reaches(id, 'withdrawn');
  });

  it('is withdrawn in the midst of continuing', async () => {
    const id = 'R-GONE';
    await world.start({ requestId: id, subject, policy: { systems: ['acme-mail'] } });
    await world.until(id, ({ waitingOn }) => waitingOn.join() === 'acme-mail', 'waiting');
    const [, withdrawn] = await Promise.all([
      noise(id, 'gone', 60).catch((error: Error) =>
        assert.match(error.message, /not found|completed/i),
      ),
      dossier.withdraw(id, { reason: 'no longer wanted', by }),
    ]);
    assert.equal(withdrawn.stage, 'withdrawn');
  });

  it(
    'continues although an export is under way and a system is down, and has both in the ' +
      'package in the end',
    async () => {
      const id = 'R-MIDST';
      await fault(world, 'core GET .*/rows$', 'slow', { delayMs: 300 });
      await world.start({
        requestId: id,
        subject,
        policy: { systems: ['silent-ads', 'acme-mail'] },
      });
      await world.until(
        id,
        ({ profiles, waitingOn }) => profiles[0]?.state === 'exporting' && waitingOn.length === 2,
        'exporting',
      );
      await continued(id, 'exporting');
      await fault(world, 'core POST .*query-sql$', 'unavailable');
      await continued(id, 'down');
      await continued(id, 'down-still');
      await mended(world);
      for (const system of ['silent-ads', 'acme-mail']) {
        await world.order(id, 'respondForVendor', { system, outcome: 'nothing-held', by });
      }
      const { package: archive, profiles } = await world.reaches(id, 'delivered');
      assert.deepEqual(
        profiles.map(({ state, rows }) => [state, rows]),
        [['exported', 4_002]],
      );
      assert.equal(
        new Set(rowsOf(await opened(archive), TABLE).map((row) => row.ssot__Id__c)).size,
        4_000,
      );
    },
  );

  it(
    'waits on for an operator whom it has told that a look-up or a system failed, and neither ' +
      'tells nor tries again by itself',
    async () => {
      const id = 'R-FAILED';
      await fault(world, 'core POST .*query-sql$', 'bad-request');
      await fault(world, 'vendors POST .*opendsr', 'bad-request');
      await world.start({ requestId: id, subject, policy: { systems: ['silent-ads'] } });
      const failed = await world.until(
        id,
        ({ gaps, waits }) => gaps.length === 2 && waits.length === 2,
        'two failures',
      );
      await continued(id, 'failed');
      await mended(world);
      await continued(id, 'failed-still');
      const still = await world.status(id);
      const told = ({ gaps, waits, notices }: RequestStatus) => ({
        gaps,
        waits: waits.toSorted((one, other) => one.on.localeCompare(other.on)),
        notices,
      });
      assert.deepEqual(told(still), told(failed));
      for (const system of ['data-cloud', 'silent-ads']) {
        await world.order(id, 'retrySystem', { system, by });
      }
      await world.until(
        id,
        ({ profiles, waitingOn }) =>
          profiles[0]?.state === 'exported' && waitingOn.join() === 'silent-ads',
        'both tried again',
      );
    },
  );
});
