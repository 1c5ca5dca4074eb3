import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DossierError } from '../../src/client/index.ts';
import { request, startStage, type Stage } from './stage.ts';

describe('the typed client while no worker runs', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  it('says that nobody answers and what to do, and the request goes on when a worker comes', async () => {
    const error = await stage.dossier.start(request('W-1')).then(
      () => assert.fail('was answered'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof DossierError);
    assert.equal(error.code, 'no-worker');
    assert.match(error.message, /no worker polls the task queue "dossier"/);
    assert.match(error.actions.join(' '), /dossier worker/);
    await stage.startWorker();
    const joined = await stage.dossier.start(request('W-1'));
    assert.equal(joined.law, 'gdpr');
  });

  it('says that an order may still be carried out', async () => {
    await stage.stopWorker();
    const error = await stage.dossier
      .withdraw('W-1', { reason: 'no longer wanted', by: 'test' })
      .then(
        () => assert.fail('was answered'),
        (reason: unknown) => reason,
      );
    assert.ok(error instanceof DossierError && error.code === 'no-worker', String(error));
    assert.match(
      error.message,
      /The order withdraw may have reached the server: it is then carried out once a worker is back/,
    );
  });
});
