import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { stand, type Stand } from '../connectors/stand.ts';
import { failureOf } from './plain-server.ts';

describe('signing in', () => {
  let at: Stand;
  before(async () => {
    at = await stand({});
  });
  after(() => at.stop());

  const signIns = async () => (await at.calls())['core POST /services/oauth2/token'] ?? 0;
  const facts = (failure: unknown) => {
    assert.ok(failure instanceof SystemFailure, String(failure));
    return [failure.facts.kind, failure.facts.status, failure.facts.code];
  };

  it('works by client credentials', async () => {
    assert.deepEqual(await at.connect().dataSpaces(), ['default']);
  });

  it('works by a signed JWT for a user', async () => {
    const { privateKeyFile, username } = at.simulator;
    assert.deepEqual(
      await at.connect({ clientSecret: undefined, privateKeyFile, username }).dataSpaces(),
      ['default'],
    );
  });

  it('happens once for calls at the same time', async () => {
    const salesforce = at.connect();
    const before = await signIns();
    await Promise.all(Array.from({ length: 8 }, () => salesforce.dataSpaces()));
    assert.equal((await signIns()) - before, 1);
  });

  it('happens once more when the token expires, for all calls together', async () => {
    const salesforce = at.connect();
    await salesforce.dataSpaces();
    const before = await signIns();
    await at.control('/tokens/expire', {});
    const answers = await Promise.all(Array.from({ length: 8 }, () => salesforce.dataSpaces()));
    assert.equal(answers.length, 8);
    assert.equal((await signIns()) - before, 1);
  });

  it('is denied at the second 401, without asking again', async () => {
    const salesforce = at.connect();
    await salesforce.dataSpaces();
    const before = await signIns();
    await at.fault('^core GET .*data-spaces', 'unauthorized');
    const failure = await failureOf(salesforce.dataSpaces());
    await at.clear();
    assert.deepEqual(facts(failure), ['denied', 401, 'INVALID_SESSION_ID']);
    assert.equal((await signIns()) - before, 1);
  });

  it('is denied with a wrong secret, and does not repeat it', async () => {
    const failure = await failureOf(at.connect({ clientSecret: 'wrong' }).dataSpaces());
    assert.equal(facts(failure)[0], 'denied');
    assert.ok(!(failure as Error).message.includes('wrong'));
  });

  it('is unavailable while the token endpoint says unknown_error, and heals', async () => {
    const salesforce = at.connect();
    await at.fault('^core POST .*oauth2/token', 'unknown-error', { times: 1 });
    assert.deepEqual(facts(await failureOf(salesforce.dataSpaces())), [
      'unavailable',
      400,
      'unknown_error',
    ]);
    assert.deepEqual(await salesforce.dataSpaces(), ['default']);
  });

  it('is unavailable while the token endpoint is down', async () => {
    await at.fault('^core POST .*oauth2/token', 'unavailable', { times: 1 });
    assert.equal(facts(await failureOf(at.connect().dataSpaces()))[0], 'unavailable');
  });

  it('names the system that was asked', async () => {
    const failure = await failureOf(
      at.connect({ clientSecret: 'wrong' }).describe('Contact', { system: 'crm' }),
    );
    assert.ok(failure instanceof SystemFailure);
    assert.equal(failure.facts.system, 'crm');
  });
});
