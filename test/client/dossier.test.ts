import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Dossier, DossierError, type RequestStatus } from '../../src/client/index.ts';
import { dayBefore } from '../../src/client/list-requests.ts';
import { request, startStage, type Stage } from './stage.ts';

const refusal = async (call: Promise<unknown>): Promise<DossierError> => {
  const error = await call.then(
    () => assert.fail('was not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DossierError, String(error));
  return error;
};

describe('the typed client', () => {
  let stage: Stage;
  let dossier: Dossier;
  before(async () => {
    stage = await startStage();
    dossier = stage.dossier;
    await stage.startWorker();
  });
  after(() => stage.stop());

  const inStage = async (id: string, wanted: RequestStatus['stage']): Promise<RequestStatus> => {
    for await (const status of dossier.watch(id, { every: 50 })) {
      if (status.stage === wanted) return status;
    }
    return assert.fail(`never ${wanted}`);
  };

  it('starts a request and gives its planned status', async () => {
    const status = await dossier.start(request('A-1'));
    assert.equal(status.requestId, 'A-1');
    assert.equal(status.law, 'gdpr');
    assert.ok(status.timetable?.answerBy);
  });

  it('joins a request that runs with the same input, however its keys are ordered', async () => {
    await dossier.start(request('A-2'));
    const { requestId, ...rest } = request('A-2');
    const joined = await dossier.start({ ...rest, requestId });
    assert.equal(joined.requestId, 'A-2');
  });

  it('refuses the same ID with another input', async () => {
    await dossier.start(request('A-3'));
    const { code, where, actions } = await refusal(
      dossier.start(request('A-3', { subject: { emails: ['other@example.com'] } })),
    );
    assert.deepEqual({ code, where }, { code: 'not-allowed', where: 'requestId' });
    assert.match(actions[0] ?? '', /dossier request show A-3/);
  });

  it('refuses an input that breaks a rule with every path, and names no person', async () => {
    const bad = { ...request('A-4'), subject: { emails: ['ana at example'] }, colour: 'red' };
    const error = await refusal(dossier.start(bad));
    assert.equal(error.code, 'invalid-request');
    assert.match(error.message, /subject\.emails\[0\]: must be an e-mail address/);
    assert.match(error.message, /colour/);
    assert.doesNotMatch(error.message, /ana at/);
  });

  it('gives the reason when the law refuses a request, which leaves no workflow behind', async () => {
    const error = await refusal(dossier.start(request('A-5', { law: 'no-such-law' })));
    assert.equal(error.code, 'invalid-request');
    assert.match(error.message, /no-such-law/);
    assert.equal((await refusal(dossier.status('A-5'))).code, 'not-found');
  });

  it(
    'gives the reason when the first look at the input refuses it, and takes the same ID for ' +
      'what was mended',
    async () => {
      const late = await refusal(dossier.start(request('A-51', { receivedAt: '2099-01-01' })));
      assert.deepEqual(
        [late.code, late.where, /lies in the future/.test(late.message), late.actions.length],
        ['invalid-request', 'receivedAt', true, 1],
      );
      const nobody = await refusal(dossier.start(request('A-51', { subject: { name: 'Ana' } })));
      assert.deepEqual([nobody.code, nobody.where], ['invalid-request', 'subject']);
      assert.equal((await refusal(dossier.status('A-51'))).code, 'not-found');
      assert.equal((await dossier.start(request('A-51'))).law, 'gdpr');
      assert.equal(
        (await refusal(dossier.start(request('A-51', { language: 'de' })))).code,
        'not-allowed',
      );
    },
  );

  it('sends an order and gives the new status', async () => {
    await dossier.start(request('A-6'));
    await inStage('A-6', 'collecting');
    const status = await dossier.respondForVendor('A-6', {
      system: 'acme-mail',
      outcome: 'nothing-held',
      by: 'test',
    });
    assert.equal(status.answers.at(-1)?.outcome, 'nothing-held');
    const delivered = await dossier.waitForDelivery('A-6', { timeout: '30 seconds' });
    assert.ok(delivered.package?.sha256);
  });

  it('gives what is allowed when an order is refused', async () => {
    await dossier.start(request('A-7'));
    await inStage('A-7', 'collecting');
    const error = await refusal(
      dossier.respondForVendor('A-7', { system: 'no-such-system', outcome: 'refused', by: 'test' }),
    );
    assert.equal(error.code, 'not-allowed');
    assert.match(error.message, /no-such-system/);
  });

  it('refuses a message of a wrong shape before it is sent', async () => {
    const error = await refusal(
      dossier.skipSystem('A-7', { system: 'acme-mail', reason: '', by: 'test' }),
    );
    assert.equal(error.code, 'invalid-input');
    assert.match(error.message, /reason/);
  });

  it('carries an order with the same update ID out once', async () => {
    await dossier.start(request('A-8'));
    await inStage('A-8', 'collecting');
    const order = { system: 'acme-mail', outcome: 'in-progress', by: 'test' } as const;
    const first = await dossier.respondForVendor('A-8', order, { updateId: 'once' });
    const second = await dossier.respondForVendor('A-8', order, { updateId: 'once' });
    assert.deepEqual(second, first);
  });

  it('records a fact and gives the status that follows', async () => {
    await dossier.start(request('A-9', { identity: 'required' }));
    const status = await dossier.identityConfirmed('A-9', { method: 'code by e-mail', by: 'test' });
    assert.equal(status.identity, 'confirmed');
  });

  it('says that a request has ended, and gives its result', async () => {
    await dossier.start(request('A-10'));
    await inStage('A-10', 'collecting');
    const withdrawn = await dossier.withdraw('A-10', { reason: 'no longer wanted', by: 'test' });
    assert.equal(withdrawn.stage, 'withdrawn');
    for await (const status of dossier.watch('A-10', { until: 'closed', every: 50 })) {
      assert.equal(status.stage, 'withdrawn');
    }
    assert.equal((await dossier.status('A-10')).stage, 'withdrawn');
    assert.equal(
      (
        await refusal(
          dossier.vendorResponded('A-10', { system: 'acme-mail', outcome: 'refused', by: 'test' }),
        )
      ).code,
      'closed',
    );
    assert.equal(
      (
        await refusal(
          dossier.respondForVendor('A-10', { system: 'acme-mail', outcome: 'refused', by: 'test' }),
        )
      ).code,
      'closed',
    );
    assert.equal((await refusal(dossier.start(request('A-10')))).code, 'not-allowed');
    assert.equal((await refusal(dossier.waitForDelivery('A-10'))).code, 'closed');
  });

  it('does not know a request that was never started', async () => {
    assert.equal((await refusal(dossier.status('NONE'))).code, 'not-found');
    assert.equal(
      (await refusal(dossier.identityRejected('NONE', { reason: 'x', by: 'test' }))).code,
      'not-found',
    );
    assert.equal(
      (await refusal(dossier.skipSystem('NONE', { system: 'acme-mail', reason: 'x', by: 'test' })))
        .code,
      'not-found',
    );
  });

  it('lists requests by what they wait for, from visibility alone', async () => {
    await dossier.start(request('A-11'));
    await inStage('A-11', 'collecting');
    let line;
    while (line === undefined) {
      line = (await dossier.list({ waitingOn: 'acme-mail', stage: 'collecting' })).find(
        ({ requestId }) => requestId === 'A-11',
      );
    }
    const { timetable } = await dossier.status('A-11');
    // All requests of this test are of one person.
    const { samePerson: _samePerson, ...rest } = line;
    assert.deepEqual(rest, {
      requestId: 'A-11',
      law: 'gdpr',
      stage: 'collecting',
      answerBy: timetable?.answerBy,
      dueAt: timetable?.dueAt,
      waitingOn: ['acme-mail'],
      overdue: false,
      willBeLate: null,
    });
    const { code } = await refusal(dossier.list({ law: `gdpr' OR 'a'='a` }));
    assert.equal(code, 'invalid-input');
  });

  it('says when its own patience ends', async () => {
    await dossier.start(request('A-12'));
    await inStage('A-12', 'collecting');
    const error = await refusal(dossier.waitForDelivery('A-12', { timeout: 300 }));
    assert.equal(error.code, 'timeout');
    assert.match(error.message, /acme-mail/);
  });
});

describe('the typed client without help', () => {
  it('says within seconds that no server answers', async () => {
    const { code, actions } = await refusal(
      Dossier.connect({
        address: '127.0.0.1:1',
        codecKeys: `k1:${Buffer.alloc(32).toString('base64')}`,
        environment: {},
      }),
    );
    assert.equal(code, 'no-server');
    assert.ok(actions.length > 0);
  });

  it('never sends without a codec key', async () => {
    assert.equal((await refusal(Dossier.connect({ environment: {} }))).code, 'invalid-config');
  });
});

describe('the answer date in the list', () => {
  const cases = [
    ['Honolulu, -10:00', '2026-12-24T10:00:00Z'],
    ['Berlin, +01:00', '2026-12-23T23:00:00Z'],
    ['Auckland in summer, +13:00', '2026-12-23T11:00:00Z'],
    ['Chatham in summer, +13:45', '2026-12-23T10:15:00Z'],
  ] as const;
  for (const [place, midnight] of cases) {
    it(`is the day before midnight in ${place}`, () =>
      assert.equal(dayBefore(new Date(midnight)), '2026-12-23'));
  }
});
