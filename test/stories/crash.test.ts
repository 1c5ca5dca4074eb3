import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { startWorkerProcess, type WorkerProcess } from '../../src/cli/stack/worker-process.ts';
import { fault, inInbox, mended, opened, rowsOf } from '../support/evidence.ts';
import { missWorker, pendingActivities } from '../support/pending.ts';
import { openWorld, type World } from '../support/world.ts';
import { personWithVisits } from './people.ts';

const VISITS = 30_000;
const PAGE = 1_000;
const seed = personWithVisits({
  email: 'vera@example.com',
  partyId: 'P-1',
  visits: VISITS,
  paging: { page: PAGE },
});
const systems = [
  { id: 'acme-mail', connector: 'manual' },
  { id: 'acme-post', connector: 'manual' },
];
const subject = { emails: ['vera@example.com'] };
const TABLE = 'profiles/1/ssot__WebsiteEngagement__dlm.ndjson';
const every = Array.from({ length: VISITS }, (_, index) => `GEN-${index + 1}`);

describe('a worker that is killed', () => {
  let world: World;
  let worker: WorkerProcess;
  before(async () => {
    world = await openWorld({ seed, systems, worker: false });
    worker = await freshWorker();
  });
  after(async () => {
    await worker?.stop();
    await world?.stop();
  });

  const freshWorker = () =>
    startWorkerProcess({
      config: join(world.folder, 'dossier.yaml'),
      log: join(world.folder, 'worker.log'),
      environment: { PATH: process.env.PATH },
    });
  const calls = async (route: string) => {
    const answer = (await (await fetch(`${world.simulator.control}/calls`)).json()) as {
      calls: Record<string, number>;
    };
    return answer.calls[`core ${route}`] ?? 0;
  };
  const queries = () => calls('POST /services/data/:version/ssot/query-sql');
  const pages = () => calls('GET /services/data/:version/ssot/query-sql/:id/rows');
  const namesBelow = async (...folders: string[]) =>
    readdir(join(world.config.storage.directory, ...folders), { recursive: true }).catch(() => []);
  const seen = async (wished: (names: readonly string[]) => boolean, ...folders: string[]) => {
    while (!wished(await namesBelow(...folders))) {
      await sleep(1);
    }
  };
  const killDuring = async (requestId: string, activity: string) => {
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    assert.deepEqual(
      (await pendingActivities(world.server.connection, requestId)).map(({ name }) => name),
      [activity],
    );
    await missWorker(world.server.connection, requestId);
  };

  it(
    'in the middle of an export leaves it to the next one, which goes on from the last ' +
      'heartbeat: every row is there, each once',
    async () => {
      await fault(world, 'core GET .*/rows$', 'slow', { delayMs: 350 });
      await world.start({ requestId: 'R-EXPORT', subject });
      await world.until('R-EXPORT', ({ stage }) => stage === 'collecting', 'collecting');
      while ((await pages()) < 3) {
        await sleep(20);
      }
      const first = await heartbeatOf('R-EXPORT');
      while ((await heartbeatOf('R-EXPORT')) === first) {
        await sleep(20);
      }
      await killDuring('R-EXPORT', 'exportObject');
      const [queriesBefore, pagesBefore] = [await queries(), await pages()];
      assert.ok(
        pagesBefore < VISITS / PAGE,
        `${pagesBefore} pages were read, so it was killed in the middle`,
      );
      await mended(world);
      worker = await freshWorker();
      const status = await world.reaches('R-EXPORT', 'delivered');
      assert.equal(await queries(), queriesBefore);
      assert.ok(
        (await pages()) - pagesBefore < VISITS / PAGE,
        `${(await pages()) - pagesBefore} pages were read after ${pagesBefore}`,
      );
      assert.deepEqual(
        status.profiles.map(({ state, rows }) => [state, rows]),
        [['exported', VISITS + 2]],
      );
      assert.deepEqual(status.gaps, []);
      const entries = await opened(status.package);
      assert.deepEqual(
        rowsOf(entries, TABLE)
          .map(({ ssot__Id__c: id }) => id)
          .sort(),
        every.toSorted(),
      );
      assert.equal(
        entries.get(TABLE.replace('.ndjson', '.csv'))?.toString('utf8').trimEnd().split('\r\n')
          .length,
        VISITS + 1,
      );
    },
  );

  it('while it packs leaves no half archive: the next one packs anew', async () => {
    await world.start({ requestId: 'R-PACK', subject });
    await seen((names) => names.some((name) => name.startsWith('.R-PACK.zip.')), 'packages');
    await killDuring('R-PACK', 'buildPackage');
    assert.deepEqual(
      (await namesBelow('packages')).filter((name) => name.startsWith('R-PACK')),
      [],
    );
    worker = await freshWorker();
    const status = await world.reaches('R-PACK', 'delivered');
    assert.equal(rowsOf(await opened(status.package), TABLE).length, VISITS);
    assert.deepEqual(
      (await namesBelow('packages')).filter((name) => name.includes('R-PACK')).sort(),
      ['R-PACK.zip', 'R-PACK.zip.sha256'],
    );
  });

  it("while it takes in a vendor's file has the next one take it in anew, whole and once", async () => {
    const letters = 'A'.repeat(96 * 2 ** 20);
    await world.start({ requestId: 'R-INBOX', subject, policy: { systems: ['acme-mail'] } });
    await world.until(
      'R-INBOX',
      ({ waitingOn, profiles }) =>
        waitingOn.join() === 'acme-mail' && profiles[0]?.state === 'exported',
      'waiting for acme-mail alone',
    );
    const file = await inInbox(world, 'R-INBOX', 'acme-mail', 'export.txt', letters);
    await world.signal('R-INBOX', 'vendorResponded', {
      system: 'acme-mail',
      outcome: 'delivered',
      files: [file],
      by: 'privacy team',
    });
    await seen(
      (names) => names.some((name) => name.endsWith('.part')),
      'work',
      'R-INBOX',
      'files',
      'systems',
    );
    await killDuring('R-INBOX', 'receiveAnswer');
    worker = await freshWorker();
    const status = await world.reaches('R-INBOX', 'delivered');
    assert.deepEqual(
      status.answers.map(({ answerId, files, state }) => [answerId, files, state]),
      [['acme-mail-1', 1, 'counted']],
    );
    const entries = await opened(status.package);
    const taken = [...entries.keys()].filter((name) => name.startsWith('systems/'));
    assert.deepEqual(taken, ['systems/acme-mail/acme-mail-1/export.txt']);
    assert.equal(
      createHash('sha256')
        .update(entries.get(taken[0] ?? '') ?? '')
        .digest('hex'),
      file.sha256,
    );
  });

  async function heartbeatOf(requestId: string): Promise<number> {
    return (
      (await pendingActivities(world.server.connection, requestId)).find(
        ({ name }) => name === 'exportObject',
      )?.heartbeatAt ?? 0
    );
  }
});

describe('a Temporal server that is killed', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed: personWithVisits({ email: 'vera@example.com', partyId: 'P-1', visits: 3 }),
      systems,
      onDisk: true,
    });
  });
  after(() => world?.stop());

  it(
    'loses nothing of its open requests: it goes on with their stages, dates, waits and ' +
      'answers, and they are delivered',
    async () => {
      await world.start({
        requestId: 'R-OPEN',
        subject,
        policy: { systems: ['acme-mail', 'acme-post'] },
      });
      await world.start({
        requestId: 'R-PROOF',
        subject,
        identity: 'required',
        policy: { systems: ['acme-mail'] },
      });
      await world.reaches('R-PROOF', 'verifying');
      await world.until(
        'R-OPEN',
        ({ waitingOn, profiles }) => waitingOn.length === 2 && profiles[0]?.state === 'exported',
        'waiting for both vendors',
      );
      await world.order('R-OPEN', 'respondForVendor', {
        system: 'acme-mail',
        outcome: 'nothing-held',
        by: 'privacy team',
      });
      const [open, proof] = [await world.status('R-OPEN'), await world.status('R-PROOF')];
      await world.signal('R-OPEN', 'vendorResponded', {
        system: 'acme-post',
        outcome: 'in-progress',
        note: 'next week',
        by: 'acme-post',
      });
      await world.server.crash();

      const again = await world.until(
        'R-OPEN',
        ({ answers }) => answers.length === 2,
        'both answers',
      );
      assert.deepEqual(
        again.answers.map(({ system, outcome, state }) => [system, outcome, state]),
        [
          ['acme-mail', 'nothing-held', 'counted'],
          ['acme-post', 'in-progress', 'counted'],
        ],
      );
      assert.deepEqual(
        { ...again, answers: [], systems: [], allowed: [] },
        { ...open, answers: [], systems: [], allowed: [] },
      );
      assert.deepEqual(await world.status('R-PROOF'), proof);
      await world.signal('R-OPEN', 'vendorResponded', {
        system: 'acme-post',
        outcome: 'nothing-held',
        by: 'acme-post',
      });
      await world.signal('R-PROOF', 'identityConfirmed', {
        method: 'passport',
        by: 'privacy team',
      });
      const delivered = await world.reaches('R-OPEN', 'delivered');
      assert.equal(rowsOf(await opened(delivered.package), TABLE).length, 3);
      await world.until(
        'R-PROOF',
        ({ waitingOn }) => waitingOn.join() === 'acme-mail',
        'collecting',
      );
    },
  );

  it('in the middle of an export does not stop the worker, which waits for it and goes on', async () => {
    await fault(world, 'core POST .*query-sql', 'slow', { delayMs: 1_500 });
    await world.start({ requestId: 'R-MIDDLE', subject });
    await world.until(
      'R-MIDDLE',
      ({ profiles }) => profiles[0]?.state === 'exporting',
      'exporting',
    );
    await world.server.crash();
    await mended(world);
    await missWorker(world.server.connection, 'R-MIDDLE');
    const status = await world.reaches('R-MIDDLE', 'delivered');
    assert.deepEqual(
      status.profiles.map(({ state, rows }) => [state, rows]),
      [['exported', 5]],
    );
    assert.equal(rowsOf(await opened(status.package), TABLE).length, 3);
  });
});
