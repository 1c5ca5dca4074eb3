import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { Client, WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { createCodec } from '../../src/codec/codec.ts';
import { makeKey, parseKeys } from '../../src/codec/keys.ts';
import {
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type Complaint,
} from '../../src/contract/contract.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { manifestOf, opened } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const DAY = 24 * 3600 * 1000;
const seed = JSON.parse(readFileSync('test/seeds/unconfirmed-second-email.json', 'utf8')) as Seed;
const json = (value: unknown, encoding = 'json/plain') => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});

describe('bad input', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed,
      systems: [
        { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home', 'Web_Shop'] },
        { id: 'acme-mail', connector: 'manual', instructions: 'Ask privacy@acme.example.' },
      ],
    });
  });
  after(() => world?.stop());

  const good = (requestId: string) => ({
    requestId,
    type: 'access',
    law: 'gdpr',
    residence: { country: 'DE' },
    receivedAt: new Date().toISOString(),
    identity: 'confirmed',
    subject: { emails: ['dana.kerr@example.com'] },
  });
  const refusal = async (
    workflowId: string,
    args: unknown[],
  ): Promise<{
    type: string;
    message: string;
    complaints: Complaint[];
  }> => {
    const handle = await world.client.workflow.start(WORKFLOW_TYPE, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args,
    });
    const error: unknown = await handle.result().catch((failure: unknown) => failure);
    assert.ok(
      error instanceof WorkflowFailedError && error.cause instanceof ApplicationFailure,
      `${workflowId}: ${String(error)}`,
    );
    return {
      type: error.cause.type ?? '',
      message: error.cause.message,
      complaints: (error.cause.details?.[0] ?? []) as Complaint[],
    };
  };

  const inputs: readonly [
    what: string,
    change: Record<string, unknown>,
    path: string,
    reason: RegExp,
  ][] = [
    ['an unknown law', { law: 'lex-atlantis' }, 'law', /lex-atlantis|known/],
    ['a law and a country that do not fit', { law: 'appi' }, 'residence.country', /JP/],
    ['a name of two laws', { law: 'pipa', residence: { country: 'DE' } }, 'law', /appi|pipa-kr/],
    [
      'an unknown country',
      { law: undefined, residence: { country: 'ZZ' } },
      'residence.country',
      /./,
    ],
    ['no country and no law', { law: undefined, residence: undefined }, 'law', /residence/],
    ['no identifier', { subject: { name: 'Dana Kerr' } }, 'subject', /at least one of emails/],
    [
      'a malformed e-mail address',
      { subject: { emails: ['dana.kerr@example.com', 'dana kerr at home'] } },
      'subject.emails[1]',
      /e-mail address/,
    ],
    [
      'a day of receipt in the future',
      { receivedAt: new Date(Date.now() + 3 * DAY).toISOString() },
      'receivedAt',
      /future/,
    ],
    ['a moment without an offset', { receivedAt: '2026-11-23T10:15:00' }, 'receivedAt', /offset/],
    ['a day that does not exist', { receivedAt: '2026-02-30' }, 'receivedAt', /./],
    ['an unknown key', { colour: 'blue' }, 'colour', /not known/],
    [
      'an unknown key of the subject',
      { subject: { emails: ['dana.kerr@example.com'], mail: 'x' } },
      'subject.mail',
      /not known/,
    ],
    ['a request ID that is no file name', { requestId: '../R-1' }, 'requestId', /letters, digits/],
    [
      'a right that the law does not know',
      { law: 'appi', residence: { country: 'JP' }, type: 'portability' },
      'type',
      /access/,
    ],
    ['a right that nobody knows', { type: 'erasure' }, 'type', /access/],
    [
      'an identity that nobody has',
      { identity: { confirmed: ['emails[3]'] } },
      'identity.confirmed[0]',
      /does not have/,
    ],
    ['an unknown policy', { policy: 'swift' }, 'policy', /no policy "swift".*default/],
    ['an unknown field of the policy', { policy: { cutoff: '3d' } }, 'policy.cutoff', /not known/],
    [
      'a policy that every object has',
      { policy: 'constructor' },
      'policy',
      /no policy "constructor"/,
    ],
    [
      'an identity that every object has',
      { identity: { confirmed: ['externalIds.toString'] } },
      'identity.confirmed[0]',
      /does not have/,
    ],
    [
      'an unknown system in the policy',
      { policy: { systems: ['nobody'] } },
      'policy.systems',
      /nobody.*acme-mail/,
    ],
    [
      'a way of delivery that does not exist yet',
      { delivery: { to: 'pigeon' } },
      'delivery.to',
      /directory/,
    ],
  ];
  it('fails the request with the path and the reason, and never with a value of the person', async () => {
    const refusals = await Promise.all(
      inputs.map(([, change], index) => {
        const input = { ...good(`I-${index}`), ...change };
        return refusal(workflowIdOf(input.requestId), [input]);
      }),
    );
    for (const [index, [what, , path, reason]] of inputs.entries()) {
      const { type, message, complaints } = refusals[index] ?? assert.fail();
      assert.equal(type, 'invalid-request', what);
      const complaint = complaints.find((it) => it.path === path);
      assert.ok(complaint, `${what}: ${JSON.stringify(complaints)}`);
      assert.match(complaint.reason, reason, what);
      assert.doesNotMatch(message, /dana|kerr/i, what);
    }
  });

  it('fails what is no request at all, a foreign workflow ID, and a second argument', async () => {
    for (const [index, args] of [[], [null], ['nonsense'], [[]], [42]].entries()) {
      assert.equal((await refusal(`dsar-N-${index}`, args)).type, 'invalid-request');
    }
    const foreign = await refusal('my-own-id', [good('F-1')]);
    assert.deepEqual(
      [foreign.type, foreign.complaints.map(({ path }) => path)],
      ['invalid-request', ['requestId']],
    );
    const second = await refusal('dsar-F-2', [good('F-2'), { ...good('F-2'), stage: 'delivered' }]);
    assert.deepEqual([second.type, /one argument/.test(second.message)], ['invalid-request', true]);
    const encoded = await refusalOfPayload('dsar-F-3', json('{"requestId": ', 'json/plain'));
    assert.equal(encoded, 'invalid-request');
    assert.equal(
      await refusalOfPayload('dsar-F-4', json(good('F-4'), 'text/xml')),
      'invalid-request',
    );
  });

  const refusalOfPayload = async (
    workflowId: string,
    payload: ReturnType<typeof json>,
  ): Promise<string | undefined> => {
    await world.client.workflowService.startWorkflowExecution({
      namespace: world.server.namespace,
      workflowId,
      workflowType: { name: WORKFLOW_TYPE },
      taskQueue: { name: TASK_QUEUE },
      requestId: workflowId,
      input: { payloads: [payload] },
    });
    const error: unknown = await world.client.workflow
      .getHandle(workflowId)
      .result()
      .catch((failure: unknown) => failure);
    return error instanceof WorkflowFailedError && error.cause instanceof ApplicationFailure
      ? (error.cause.type ?? undefined)
      : String(error);
  };

  it(
    'refuses an ID that was used before, also when the server has forgotten it, and leaves the ' +
      'first package alone',
    async () => {
      await world.start({ requestId: 'A-1', subject: { emails: ['dana.kerr@example.com'] } });
      const { package: first } = await world.reaches('A-1', 'delivered');
      const handle = world.client.workflow.getHandle(workflowIdOf('A-1'));
      await handle.terminate();
      await world.client.workflowService.deleteWorkflowExecution({
        namespace: world.server.namespace,
        workflowExecution: { workflowId: workflowIdOf('A-1') },
      });
      const again = await refusal(workflowIdOf('A-1'), [good('A-1')]);
      assert.deepEqual(
        [again.type, again.complaints.map(({ path }) => path)],
        ['invalid-request', ['requestId']],
      );
      assert.match(again.message, /continues/);
      assert.ok(existsSync(fileURLToPath(first?.uri ?? '')));
    },
  );

  it('names a party ID that does not exist in the notes and in the package', async () => {
    await world.start({
      requestId: 'P-1',
      subject: { emails: ['dana.kerr@example.com'], partyIds: ['NO-SUCH-ID'] },
    });
    const status = await world.reaches('P-1', 'delivered');
    assert.match(status.notes.join('\n'), /partyIds\[0\] is not known/);
    const entries = await opened(status.package);
    assert.match(JSON.stringify(manifestOf(entries)), /partyIds\[0\] is not known/);
    assert.match(entries.get('index.html')?.toString('utf8') ?? '', /partyIds\[0\] is not known/);
  });

  it('of messages neither fails nor halts a request: it is noted, and the request goes on to its end', async () => {
    await world.start({
      requestId: 'M-1',
      subject: { emails: ['dana.kerr@example.com'] },
      policy: { systems: ['acme-mail'] },
    });
    await world.until(
      'M-1',
      ({ systems, waitingOn }) =>
        waitingOn.includes('acme-mail') &&
        systems.filter(({ state }) => state === 'done').length === 2,
    );
    const answer = { system: 'acme-mail', outcome: 'nothing-held', by: 'acme' };
    const [foreign] = await createCodec(parseKeys(makeKey())).encode([json(answer)]);
    const signals: readonly [name: string, payloads: readonly object[]][] = [
      ['vendorResponded', []],
      ['vendorResponded', [json('{"system": ')]],
      ['vendorResponded', [json('')]],
      ['vendorResponded', [json(answer, 'application/cbor')]],
      ['vendorResponded', [{ data: Buffer.from('without metadata') }]],
      ['vendorResponded', [json('', 'binary/null')]],
      ['vendorResponded', [json('\u0000\u0001', 'binary/plain')]],
      ['vendorResponded', [json(answer, 'binary/encrypted')]],
      ['vendorResponded', [foreign ?? {}]],
      ['vendorResponded', [json({ ...answer, system: { $ne: 1 } })]],
      ['vendorResponded', [json({ ...answer, colour: 'blue' }), json(answer)]],
      ['identityConfirmed', [json([1, 2, 3])]],
      ['identityConfirmed', [json({ identifiers: ['emails[7]'], method: 'code', by: 'x' })]],
      ['identityRejected', [json('null')]],
      ['clarificationRequested', [json({ at: 'tomorrow', by: 'x' })]],
      ['clarificationReceived', [json({ by: 'x' })]],
      ['vendorResponded', [json({ ...answer, system: 'constructor' })]],
      [
        'vendorResponded',
        [json('{"system":"__proto__","outcome":"delivered","files":[{"uri":"x"}],"by":"acme"}')],
      ],
      ['__temporal_coffee', [json({ by: 'x' })]],
      ['makeCoffee', [json({ by: 'x' })]],
      ['makeTea', [json('{', 'application/cbor')]],
    ];
    for (const [signalName, payloads] of signals) {
      await world.client.workflowService.signalWorkflowExecution({
        namespace: world.server.namespace,
        workflowExecution: { workflowId: workflowIdOf('M-1') },
        signalName,
        input: { payloads: payloads as never[] },
      });
    }
    const status = await world.until('M-1', ({ notes }) =>
      notes.some((note) => note.includes('makeTea')),
    );
    assert.deepEqual([status.stage, status.identity], ['collecting', 'confirmed']);
    assert.deepEqual(
      status.answers.map(({ system, state }) => [system, state]),
      [
        ['constructor', 'unknown-system'],
        ['__proto__', 'unknown-system'],
      ],
    );
    assert.match(status.notes.join('\n'), /A signal "foreign:__temporal_coffee" is not known/);
    assert.match(
      status.notes.join('\n'),
      /vendorResponded is encrypted with the key .*counts once the key is there/,
    );
    await world.signal('M-1', 'vendorResponded', answer);
    assert.deepEqual((await world.reaches('M-1', 'delivered')).gaps, []);
  });

  it('that came in clear, or was encrypted for another request, is taken as the configuration says', async () => {
    const inClear = new Client({
      connection: world.server.connection,
      namespace: world.server.namespace,
    });
    const begin = (requestId: string) =>
      inClear.workflow.start(WORKFLOW_TYPE, {
        workflowId: workflowIdOf(requestId),
        taskQueue: TASK_QUEUE,
        args: [{ ...good(requestId), policy: { systems: ['acme-mail'] } }],
      });
    const answer = { system: 'acme-mail', outcome: 'nothing-held', by: 'anybody' };
    try {
      world.config.accept.clear = 'never';
      await begin('C-1');
      await assert.rejects(
        world.client.workflow.getHandle(workflowIdOf('C-1')).result(),
        ({ cause }: { cause: ApplicationFailure }) =>
          cause.type === 'invalid-request' && /in clear/.test(cause.message),
      );
      await world.start({ requestId: 'C-1', subject: { emails: ['dana.kerr@example.com'] } });
      world.config.accept.clear = 'input';
      const handle = await begin('C-2');
      await world.until('C-2', ({ waitingOn }) => waitingOn.includes('acme-mail'));
      await handle.signal('vendorResponded', answer);
      await assert.rejects(handle.executeUpdate('respondForVendor', { args: [answer] }));
      const [copied] = await createCodec(parseKeys(world.codecKeys)).encode([json(answer)], {
        type: 'workflow',
        namespace: world.server.namespace,
        workflowId: workflowIdOf('C-3'),
      });
      await world.client.workflowService.signalWorkflowExecution({
        namespace: world.server.namespace,
        workflowExecution: { workflowId: workflowIdOf('C-2') },
        signalName: 'vendorResponded',
        input: { payloads: [copied as never] },
      });
      const { answers, notes } = await world.until('C-2', (it) =>
        it.notes.some((note) => note.includes('another request')),
      );
      assert.deepEqual(answers, []);
      assert.match(
        notes.join('\n'),
        /vendorResponded was ignored: it was sent in clear.*accept\.clear: input/,
      );
      assert.deepEqual(
        (await world.order('C-2', 'respondForVendor', answer)).answers.map(({ state }) => state),
        ['counted'],
      );
    } finally {
      world.config.accept.clear = 'all';
    }
  });

  it('of orders is refused, and the request goes on', async () => {
    await world.start({
      requestId: 'O-1',
      subject: { emails: ['dana.kerr@example.com'] },
      policy: { systems: ['acme-mail'] },
    });
    await world.until('O-1', ({ waitingOn }) => waitingOn.includes('acme-mail'));
    const payloads = [
      json('{"reason": '),
      json({ reason: 'x', by: 'y' }, 'application/cbor'),
      { data: Buffer.from('x') },
    ];
    for (const payload of payloads) {
      const answer = await world.client.workflowService.updateWorkflowExecution({
        namespace: world.server.namespace,
        workflowExecution: { workflowId: workflowIdOf('O-1') },
        waitPolicy: { lifecycleStage: 3 },
        request: {
          meta: { updateId: `u-${payloads.indexOf(payload)}` },
          input: { name: 'withdraw', args: { payloads: [payload as never] } },
        },
      });
      assert.equal(answer.outcome?.failure?.applicationFailureInfo?.type, 'invalid-input');
    }
    await assert.rejects(
      world.client.workflow
        .getHandle(workflowIdOf('O-1'))
        .executeUpdate('makeCoffee', { args: [{}] }),
      WorkflowUpdateFailedError,
    );
    for (const order of ['respondForVendor', 'retrySystem', 'skipSystem'] as const) {
      const wrong = {
        system: 'constructor',
        by: 'y',
        ...(order === 'respondForVendor' && { outcome: 'nothing-held' }),
        ...(order === 'skipSystem' && { reason: 'x' }),
      };
      assert.match(
        (await world.refusal('O-1', order, wrong)).message,
        /No system of this request is called "constructor"/,
      );
    }
    assert.equal(
      (
        (await world.order('O-1', 'respondForVendor', {
          system: 'acme-mail',
          outcome: 'nothing-held',
          by: 'operator',
        })) satisfies RequestStatus
      ).answers.length,
      1,
    );
    await world.reaches('O-1', 'delivered');
  });
});
