import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../../src/contract/contract.ts';
import { keywordList } from '../../src/contract/limits.ts';
import {
  startTemporalServer,
  type RunningServer,
} from '../../src/temporal/local-server/start-server.ts';
import { checkSearchAttributes, notSetUp, setupNamespace } from '../../src/temporal/namespace.ts';

const names = Object.keys(SEARCH_ATTRIBUTES);

describe('setting up a namespace', { timeout: 120_000 }, () => {
  let folder: string;
  let server: RunningServer;
  let connection: Connection;
  const options = () => ({ namespace: 'default', address: server.address });
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-setup-'));
    server = await startTemporalServer({ ui: false, log: join(folder, 'temporal.log') });
    connection = await Connection.connect({ address: server.address });
  });
  after(async () => {
    await connection.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds everything missing in a new namespace', async () => {
    assert.deepEqual(
      await checkSearchAttributes(connection, 'default'),
      Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => ({ name, type })),
    );
  });

  it('prints commands for Temporal Cloud and registers nothing there', async () => {
    const report = await setupNamespace(connection, {
      namespace: 'default',
      address: 'acme.a1b2c.tmprl.cloud:7233',
      retentionDays: 30,
    });
    assert.deepEqual(report.registered, []);
    assert.deepEqual(report.commands, [
      'tcld namespace search-attributes add --namespace default --search-attribute ' +
        '"DossierStage=Keyword" --search-attribute "DossierLaw=Keyword" --search-attribute ' +
        '"DossierDueBy=Datetime" --search-attribute "DossierWaitingOn=KeywordList" ' +
        '--search-attribute "DossierOverdue=Bool" --search-attribute "DossierLateOn=Datetime" ' +
        '--search-attribute "DossierOwner=KeywordList" --search-attribute ' +
        '"DossierSamePerson=Keyword"',
      'tcld namespace retention set --namespace default --retention-days 30',
    ]);
    assert.equal((await checkSearchAttributes(connection, 'default')).length, names.length);
  });

  it('registers what is missing and sets the retention', async () => {
    assert.deepEqual(await setupNamespace(connection, { ...options(), retentionDays: 30 }), {
      namespace: 'default',
      registered: names,
      present: [],
      retentionDays: 30,
      commands: [],
    });
    assert.deepEqual(await checkSearchAttributes(connection, 'default'), []);
  });

  it('changes nothing the second time', async () => {
    assert.deepEqual(await setupNamespace(connection, options()), {
      namespace: 'default',
      registered: [],
      present: names,
      retentionDays: 30,
      commands: [],
    });
  });

  it('takes a list of waits that is cut to its limit, and refuses the same list uncut', async () => {
    const client = new Client({ connection });
    const waits = Array.from(
      { length: 30 },
      (_, index) => `data-source:${index}-${'x'.repeat(60)}`,
    );
    const started = (workflowId: string, value: string[]) =>
      client.workflow.start('nobody', {
        workflowId,
        taskQueue: 'nobody',
        typedSearchAttributes: [
          { key: defineSearchAttributeKey('DossierWaitingOn', 'KEYWORD_LIST'), value },
        ],
      });
    await assert.rejects(started('uncut', waits), ({ cause }: Error) => /size/.test(String(cause)));
    const { searchAttributes } = await (await started('cut', keywordList(waits))).describe();
    assert.match(String(searchAttributes.DossierWaitingOn?.at(-1)), /^more:\d+$/);
  });

  it('can be run by two at the same time', async () => {
    await connection.operatorService.removeSearchAttributes({
      namespace: 'default',
      searchAttributes: ['DossierOverdue'],
    });
    await Promise.all([
      setupNamespace(connection, options()),
      setupNamespace(connection, options()),
    ]);
    assert.deepEqual(await checkSearchAttributes(connection, 'default'), []);
  });

  it('refuses an attribute of another type, and says how to mend it', async () => {
    await connection.operatorService.removeSearchAttributes({
      namespace: 'default',
      searchAttributes: ['DossierLaw'],
    });
    await connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: { DossierLaw: 3 },
    });
    await assert.rejects(
      setupNamespace(connection, options()),
      /DossierLaw \(is Int, must be Keyword\).*search-attribute remove/,
    );
  });

  it('says that a namespace does not exist, and how to make it', async () => {
    await assert.rejects(
      setupNamespace(connection, { ...options(), namespace: 'elsewhere' }),
      /The namespace "elsewhere" is not set up: it does not exist\. Make it by `temporal operator namespace create --namespace elsewhere --retention 30d`/,
    );
  });

  it('names every missing attribute in one error', () => {
    assert.equal(
      notSetUp('acme', [
        { name: 'DossierStage', type: 'Keyword' },
        { name: 'DossierDueBy', type: 'Datetime' },
      ]).message,
      'The namespace "acme" is not set up: search attributes are missing: DossierStage ' +
        '(Keyword), DossierDueBy (Datetime). Register them by `dossier setup`.',
    );
  });
});
