import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { WorkflowFailedError } from '@temporalio/client';
import { startCodecEndpoint } from '../../src/codec/endpoint.ts';
import { parseKeys } from '../../src/codec/keys.ts';
import { startWorkerProcess, type WorkerProcess } from '../../src/cli/stack/worker-process.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { fault, inInbox, mended, opened } from '../support/evidence.ts';
import { personalTexts, textsIn, textsInFiles } from '../support/personal-texts.ts';
import { filesBelow, openWorld, type World } from '../support/world.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const SEED = join(root, 'samples/seed-demo.json');
const texts = personalTexts(JSON.parse(readFileSync(SEED, 'utf8')) as Seed);
const by = 'privacy team';

describe('people in what Temporal keeps and in what is logged', () => {
  let world: World;
  let worker: WorkerProcess;
  const log = () => join(world.folder, 'worker.log');
  before(async () => {
    const opendsr = (id: string, dataSource: string) => ({
      id,
      connector: 'opendsr',
      baseUrl: `\${VENDORS}/opendsr/${id}/v2`,
      token: '${VENDOR_TOKEN}',
      regulation: 'gdpr',
      dataSources: [dataSource],
    });
    world = await openWorld({
      seed: SEED,
      worker: false,
      onDisk: true,
      salesforce: { dataSpaces: ['default', 'brand_b'] },
      systems: [
        {
          id: 'crm',
          connector: 'core-crm',
          dataSources: ['Salesforce_Home', 'Web_Shop', 'Brand_B_Shop'],
        },
        {
          id: 'acme-mail',
          connector: 'manual',
          dataSources: ['Acme_Mail'],
          instructions: 'Ask privacy@acme-mail.example.',
        },
        opendsr('acme-ads', 'Acme_Ads'),
        opendsr('silent-ads', 'Silent_Ads'),
      ],
    });
    worker = await startWorkerProcess({
      config: join(world.folder, 'dossier.yaml'),
      log: log(),
      environment: { PATH: process.env.PATH },
    });
  });
  after(async () => {
    await worker?.stop();
    await world?.stop();
  });

  const waitsForAcmeMail = (requestId: string) =>
    world.until(
      requestId,
      ({ waitingOn, systems }) =>
        waitingOn.join() === 'acme-mail' &&
        systems.every(({ state }) => state === 'done' || state === 'waiting'),
      'waiting for acme-mail alone',
    );

  it(
    "goes through identity, a vendor's file that is named after the person, a quarantine, a " +
      'lost file, a review and a delivery',
    async () => {
      const subject = {
        emails: ['ana.lima@example.com', 'a.lima@example.org'],
        phones: ['+49305550101'],
        name: 'Ana Lima',
      };
      await world.start({
        requestId: 'R-ANA',
        subject,
        identity: 'required',
        policy: { reviewPackage: true },
      });
      await world.reaches('R-ANA', 'verifying');
      await world.signal('R-ANA', 'identityConfirmed', {
        identifiers: ['emails[0]', 'emails[1]', 'phones[0]'],
        method: 'Ana Lima showed her passport',
        by,
      });
      await waitsForAcmeMail('R-ANA');
      await world.signal('R-ANA', 'vendorResponded', {
        system: 'acme-mail',
        outcome: 'delivered',
        files: [{ uri: '/etc/ana.lima@example.com.csv' }],
        by,
      });
      await world.until(
        'R-ANA',
        ({ answers }) => answers.some(({ state }) => state === 'quarantined'),
        'a quarantined answer',
      );
      const file = await inInbox(
        world,
        'R-ANA',
        'acme-mail',
        'Ana Lima, Lindenstraße 7.csv',
        'name,list\nAna Lima,Spring news\n',
      );
      await world.order('R-ANA', 'respondForVendor', {
        system: 'acme-mail',
        outcome: 'delivered',
        files: [file],
        note: 'of Ana Lima',
        by,
      });
      const reviewed = await world.until(
        'R-ANA',
        ({ stage, waitingOn }) =>
          stage === 'reviewing-package' && waitingOn.join() === 'operator:approval',
        'reviewing-package',
      );
      assert.match(
        (
          await world.refusal('R-ANA', 'withholdFiles', {
            files: ['systems/acme-mail/Ana Lima.csv'],
            reason: 'of Ana Lima',
            by,
          })
        ).message,
        /would hold no file/,
      );
      const taken =
        (
          await filesBelow(
            join(world.config.storage.directory, 'work', 'R-ANA', 'files', 'systems', 'acme-mail'),
          )
        )[0] ?? '';
      assert.match(taken, /Ana-Lima/);
      await rename(taken, `${taken}.away`);
      await world.order('R-ANA', 'approvePackage', { revision: reviewed.revision, by });
      while (!/PackageError/.test(await readFile(log(), 'utf8'))) {
        await sleep(50);
      }
      await rename(`${taken}.away`, taken);
      const { package: archive } = await world.reaches('R-ANA', 'delivered');
      const held = new Set(
        [...(await opened(archive))].flatMap(([name, bytes]) =>
          textsIn(Buffer.concat([Buffer.from(`${name}\n`), bytes]), texts),
        ),
      );
      for (const text of [
        'ana.lima@example.com',
        'Ana Lima',
        '003Hs00004AnaLmAAA',
        '880042',
        '+49 30 5550101',
        'Lindenstraße 7',
      ]) {
        assert.ok(held.has(text), `the search finds "${text}" in the package, where it belongs`);
      }
    },
  );

  it('goes through a match that a person decides, a refusal and a bad request', async () => {
    await world.start({ requestId: 'R-FAMILY', subject: { emails: ['family@example.com'] } });
    await world.reaches('R-FAMILY', 'reviewing-match');
    const decision = (partyId: string, include: boolean) => ({
      partyId,
      dataSpace: 'default',
      include,
      reason: include ? 'Marta Silva called' : 'João Silva did not ask',
    });
    await world.order('R-FAMILY', 'decideMatch', {
      decisions: [decision('WEB-20010', true), decision('WEB-20011', false)],
      by,
    });
    await world.reaches('R-FAMILY', 'delivered');

    await world.start({
      requestId: 'R-KENJI',
      subject: { emails: ['kenji.sato@example.com'] },
      law: 'appi',
      residence: { country: 'JP' },
      identity: 'required',
    });
    await world.reaches('R-KENJI', 'verifying');
    await world.signal('R-KENJI', 'identityRejected', {
      reason: 'kenji.sato@example.com did not answer',
      by,
    });
    await world.reaches('R-KENJI', 'refused');

    const bad = await world.start({
      requestId: 'R-BAD',
      subject: { emails: ['lena.fischer@example.com or so'], street: 'Lindenstraße 7' },
    } as never);
    await assert.rejects(
      bad.result(),
      (error: Error) =>
        error instanceof WorkflowFailedError && /subject\.emails\[0\]/.test(String(error.cause)),
    );
  });

  it(
    'goes through systems whose failures repeat the query with the address, retries, a skipped ' +
      'system, an extension and a withdrawal',
    async () => {
      await fault(world, 'core GET /services/data/v[0-9.]+/(query|sobjects|search)', 'bad-request');
      await fault(world, 'core POST .*query-sql$', 'server-error', { times: 2 });
      await world.start({
        requestId: 'R-RUI',
        subject: { emails: ['rui.lima@example.com'], name: 'Rui Lima' },
      });
      const failed = await world.until(
        'R-RUI',
        ({ gaps }) =>
          gaps.some(({ system, because }) => system === 'crm' && because === 'rejected'),
        'a rejected crm',
      );
      assert.match(
        failed.gaps.find(({ system }) => system === 'crm')?.advice ?? '',
        /^crm: rejected \(status 400/,
      );
      await fault(world, 'core POST .*query-sql$', 'bad-request');
      await world.start({ requestId: 'R-LENA', subject: { emails: ['lena.fischer@example.com'] } });
      await world.until(
        'R-LENA',
        ({ gaps }) =>
          gaps.some(({ system, because }) => system === 'data-cloud' && because === 'rejected'),
        'a rejected look-up',
      );
      await mended(world);
      await fault(world, 'core POST .*query-sql$', 'foreign', { times: 1 });
      await world.order('R-LENA', 'retrySystem', { system: 'data-cloud', by });
      await world.until(
        'R-LENA',
        ({ gaps }) =>
          gaps.some(({ system, because }) => system === 'data-cloud' && because === 'unreadable'),
        'an unreadable look-up',
      );
      await world.order('R-LENA', 'retrySystem', { system: 'data-cloud', by });
      await world.reaches('R-LENA', 'delivered');
      await world.order('R-RUI', 'extendDeadline', {
        reason: 'Rui Lima has many orders',
        noticeSentAt: new Date().toISOString(),
        by,
      });
      await world.order('R-RUI', 'skipSystem', {
        system: 'crm',
        reason: 'Rui Lima is not there',
        by,
      });
      await world.order('R-RUI', 'withdraw', { reason: 'Rui Lima no longer wants it', by });
    },
  );

  it('goes through silence, reminders, a gap, a late answer with its supplement, and the deletion', async () => {
    await world.start({
      requestId: 'R-CLAIRE',
      subject: { emails: ['claire.dubois@example.com'] },
      residence: { country: 'FR' },
      policy: { systems: ['silent-ads', 'acme-mail'] },
    });
    await world.until(
      'R-CLAIRE',
      ({ waitingOn, systems }) =>
        waitingOn.length === 2 &&
        systems.every(({ state }) => state === 'done' || state === 'waiting'),
      'waiting for both vendors',
    );
    await world.pass('R-CLAIRE', 30);
    assert.deepEqual(
      (await world.reaches('R-CLAIRE', 'delivered')).gaps.map(({ because }) => because),
      ['overdue', 'overdue'],
    );
    const file = await inInbox(
      world,
      'R-CLAIRE',
      'acme-mail',
      'claire.dubois@example.com.csv',
      'name\nClaire Dubois\n',
    );
    await world.signal('R-CLAIRE', 'vendorResponded', {
      system: 'acme-mail',
      outcome: 'delivered',
      files: [file],
      by,
    });
    await world.until(
      'R-CLAIRE',
      ({ systems }) => systems.some(({ id, state }) => id === 'acme-mail' && state === 'done'),
      'a late answer',
    );
    await world.pass('R-CLAIRE', 4);
    assert.equal(
      (await world.until('R-CLAIRE', ({ supplements }) => supplements.length > 0, 'a supplement'))
        .supplements[0]?.number,
      1,
    );
    await world.pass('R-CLAIRE', 40);
    await world.until('R-CLAIRE', ({ stage }) => stage === 'closed', 'closed');
  });

  it(
    'leaves no e-mail address, name, party ID, phone or street in the database, the logs and ' +
      'the search attributes',
    async () => {
      const { folder } = world.server;
      assert.ok(texts.length > 150);
      const databases = (await readdir(folder))
        .filter((name) => name.startsWith('temporal.db'))
        .map((name) => join(folder, name));
      assert.ok(databases.some((file) => readFileSync(file).includes('dsar-R-ANA')));
      assert.deepEqual(
        await textsInFiles([...databases, join(folder, 'temporal.log'), log()], texts),
        {},
      );
      const shown: unknown[] = [];
      for await (const {
        workflowId,
        type,
        searchAttributes,
        memo,
      } of world.client.workflow.list()) {
        shown.push({ workflowId, type, searchAttributes, memo });
      }
      assert.ok(shown.length >= 7);
      assert.deepEqual(textsIn(Buffer.from(JSON.stringify(shown)), texts), []);
    },
  );

  it('are shown legibly by the codec endpoint to the UI alone', async () => {
    const ui = 'http://127.0.0.1:8233';
    const codec = await startCodecEndpoint({ ring: parseKeys(world.codecKeys), origin: ui });
    try {
      const { events } = await world.client.workflow.getHandle('dsar-R-ANA').fetchHistory();
      const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
      const base64 = (bytes: Uint8Array | null | undefined) =>
        Buffer.from(bytes ?? []).toString('base64');
      const body = JSON.stringify({
        payloads: [
          {
            metadata: Object.fromEntries(
              Object.entries(payload?.metadata ?? {}).map(([key, value]) => [key, base64(value)]),
            ),
            data: base64(payload?.data),
          },
        ],
      });
      assert.deepEqual(textsIn(Buffer.from(body), texts), []);
      const asked = (origin: string) =>
        fetch(`${codec.url}/decode`, {
          method: 'POST',
          body,
          headers: { origin, 'content-type': 'application/json' },
        });
      const answer = (await (await asked(ui)).json()) as { payloads: { data: string }[] };
      assert.deepEqual(
        (
          JSON.parse(Buffer.from(answer.payloads[0]?.data ?? '', 'base64').toString('utf8')) as {
            subject: unknown;
          }
        ).subject,
        {
          emails: ['ana.lima@example.com', 'a.lima@example.org'],
          phones: ['+49305550101'],
          name: 'Ana Lima',
        },
      );
      const refused = await asked('http://127.0.0.1:8234');
      assert.equal(refused.status, 403);
      assert.deepEqual(textsIn(Buffer.from(await refused.text()), texts), []);
    } finally {
      await codec.stop();
    }
  });
});
