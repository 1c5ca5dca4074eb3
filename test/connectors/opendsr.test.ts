import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import openDsr from '../../src/connectors/opendsr/index.ts';
import { resultCounter } from '../../src/connectors/opendsr/count-results.ts';
import { subjectRequestId, wireTime } from '../../src/connectors/opendsr/wire.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { ANA, opened, parts, profile, question } from './fixture.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { withCloud } from './small-server.ts';
import { stand, type Stand } from './stand.ts';

const rows = [{ segment: 'tents' }, { segment: 'boats' }, { segment: 'hats' }];
const seed: Seed = {
  vendors: {
    ads: { kind: 'opendsr', completesAfterPolls: 2, results: { [ANA]: rows } },
    hashed: {
      kind: 'opendsr',
      identities: [{ type: 'email', format: 'sha256' }],
      results: { [ANA]: rows },
    },
    numbers: {
      kind: 'opendsr',
      identities: [{ type: 'controller_customer_id', format: 'raw' }],
      results: { 'C-7': rows },
    },
    devices: { kind: 'opendsr', identities: [{ type: 'ios_advertising_id', format: 'raw' }] },
    erasers: { kind: 'opendsr', requestTypes: ['erasure'] },
    refuses: { kind: 'opendsr', behaviour: 'refuses' },
    silent: { kind: 'opendsr', behaviour: 'silent' },
  },
};

describe('a vendor that speaks OpenDSR', () => {
  let at: Stand;
  before(async () => {
    at = await stand(seed);
  });
  after(() => at.stop());

  const vendor = (name: string, options: object = {}, dataSources: readonly string[] = []) =>
    opened(
      openDsr,
      {
        baseUrl: `${at.simulator.vendors}/opendsr/${name}/v2`,
        token: at.simulator.vendorToken,
        regulation: 'gdpr',
        ...options,
      },
      parts(at, { id: name, dataSources, instructions: 'Write to them.' }),
    );
  const ask = (
    name: string,
    {
      options = {},
      requestId = 'R-1',
      dataSources = [],
      about = question(ANA),
      generation = 1,
    }: {
      options?: object;
      requestId?: string;
      dataSources?: readonly string[];
      about?: ReturnType<typeof question>;
      generation?: number;
    } = {},
  ) => vendor(name, options, dataSources).ask(at.context(name, { requestId }), about, generation);
  const answer = async (name: string, reference: string) => {
    for (;;) {
      const polled = await vendor(name).poll?.(at.context(name), reference);
      if (polled?.state === 'answered') return polled;
    }
  };
  const reference = async (...given: Parameters<typeof ask>) => {
    const asked = await ask(...given);
    assert.equal(asked.way, 'poll');
    return asked.way === 'poll' ? asked.reference : '';
  };

  it('is asked, polled, and its results are taken in', async () => {
    const asked = await ask('ads');
    assert.ok(asked.way === 'poll' && asked.expectedAt);
    const waiting = await vendor('ads').poll?.(at.context('ads'), asked.reference);
    assert.equal(waiting?.state, 'waiting');
    const { outcome, receipt } = await answer('ads', asked.reference);
    assert.equal(outcome, 'delivered');
    assert.deepEqual(
      receipt?.files.map(({ path, mediaType }) => [path, mediaType]),
      [[`systems/ads/results-${asked.reference.slice(0, 8)}.json`, 'application/json']],
    );
    assert.deepEqual(JSON.parse(await at.text(receipt?.files[0]?.path ?? '')), rows);
    assert.deepEqual(
      [receipt?.notes, receipt?.provenance.resultsCount, receipt?.provenance.subjectRequestId],
      [[], 3, asked.reference],
    );
  });

  it('has not said that it holds nothing where it speaks of results and gives no link to them', () =>
    withCloud(
      ({ path }) =>
        path.endsWith('/discovery')
          ? {
              body: {
                api_version: '2.0',
                supported_identities: [{ identity_type: 'email', identity_format: 'raw' }],
                supported_subject_request_types: ['access'],
              },
            }
          : { body: { subject_request_id: 'S-1', request_status: 'completed', results_count: 3 } },
      async (small) => {
        const failure = await opened(
          openDsr,
          { baseUrl: `${small.origin}/v2`, regulation: 'gdpr', signature: 'none' },
          parts(small, { id: 'ads' }),
        )
          .poll?.(small.context('ads'), 'S-1')
          .catch((error: unknown) => error);
        assert.ok(failure instanceof SystemFailure);
        assert.deepEqual(
          [failure.facts.kind, failure.facts.code],
          ['unreadable', 'NO_RESULTS_LINK'],
        );
      },
    ));

  it('sees one request, however often it is asked, and another one when it is asked anew', async () => {
    const first = await reference('silent', { requestId: 'R-2' });
    assert.equal(await reference('silent', { requestId: 'R-2' }), first);
    assert.notEqual(await reference('silent', { requestId: 'R-2', generation: 2 }), first);
    assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(subjectRequestId('R-2', 'silent', 1), first);
  });

  it('is told only identities that it lists, in a form that it takes', async () => {
    assert.equal((await answer('hashed', await reference('hashed'))).outcome, 'delivered');
    const about = question(ANA, {
      profiles: [
        profile({ partyId: 'C-7', dataSource: 'NUM_1' }),
        profile({ partyId: 'X-1', dataSource: 'CRM_1' }),
      ],
    });
    assert.equal(
      (await answer('numbers', await reference('numbers', { about, dataSources: ['NUM_1'] })))
        .outcome,
      'delivered',
    );
    assert.equal((await ask('numbers', { requestId: 'R-3', about })).way, 'manual');
  });

  const byHand: readonly [string, Parameters<typeof ask>, RegExp][] = [
    [
      'its entry names no regulation',
      ['ads', { options: { regulation: undefined } }],
      /regulation/,
    ],
    ['it takes none of the identities', ['devices'], /identities/],
    [
      'its entry forbids the identities that it takes',
      ['ads', { options: { identities: ['ios_vendor_id'] } }],
      /identities/,
    ],
    ['it takes no access requests', ['erasers'], /access/],
  ];
  for (const [reason, given, why] of byHand) {
    it(`is asked by hand where ${reason}`, async () => {
      const asked = await ask(...given);
      assert.ok(asked.way === 'manual');
      assert.match(asked.why, why);
      assert.match(asked.instructions, /^Write to them\.[\s\S]*ana\.lima@example\.com/);
    });
  }

  it('holds nothing where it completes without results', async () => {
    assert.equal(
      (
        await answer(
          'ads',
          await reference('ads', { requestId: 'R-4', about: question('nobody@example.com') }),
        )
      ).outcome,
      'nothing-held',
    );
  });

  it('refuses where it cancels', async () => {
    assert.equal((await answer('refuses', await reference('refuses'))).outcome, 'refused');
  });

  it('is rejected where its results have expired', async () => {
    const id = await reference('ads', { requestId: 'R-7' });
    await at.fault('^vendors GET .*/results/', 'gone');
    await assert.rejects(
      answer('ads', id),
      (error) =>
        error instanceof SystemFailure &&
        error.facts.kind === 'rejected' &&
        error.facts.status === 410,
    );
    await at.clear();
  });

  it('is told that its answer is no longer needed, and may say that it is too late', async () => {
    const id = await reference('silent', { requestId: 'R-5' });
    await vendor('silent').withdraw?.(at.context('silent'), id);
    assert.equal((await answer('silent', id)).outcome, 'refused');
    await vendor('silent').withdraw?.(at.context('silent'), id);
    await vendor('silent').withdraw?.(
      at.context('silent'),
      subjectRequestId('R-none', 'silent', 1),
    );
  });

  it('is denied with a wrong token', async () => {
    await assert.rejects(
      ask('ads', { options: { token: 'wrong' } }),
      (error) => error instanceof SystemFailure && error.facts.kind === 'denied',
    );
  });

  it('is unreadable where its answers are signed for another domain', async () => {
    await assert.rejects(
      ask('ads', { requestId: 'R-6', options: { domain: 'opendsr.other.example' } }),
      (error) => error instanceof SystemFailure && error.facts.code === 'PROCESSOR_DOMAIN',
    );
    assert.equal(
      (
        await ask('ads', {
          requestId: 'R-6',
          options: { domain: 'opendsr.ads.example', signature: 'rsa-pkcs1' },
        })
      ).way,
      'poll',
    );
  });

  const unsigned =
    (results: (origin: string) => string) =>
    ({ path }: { path: string }, origin: string) =>
      path.endsWith('/discovery')
        ? {
            body: {
              api_version: '2.0',
              supported_identities: [{ identity_type: 'email', identity_format: 'raw' }],
              supported_subject_request_types: ['access'],
              processor_certificate: `${origin}/certificate`,
            },
          }
        : {
            body: {
              subject_request_id: 'S-1',
              request_status: 'completed',
              results_count: 3,
              results_url: results(origin),
            },
          };
  const polled = async (
    options: object,
    results: (origin: string) => string = (origin) => `${origin}/results`,
  ) => {
    let told: { code: string | undefined; seen: string[] } = { code: undefined, seen: [] };
    await withCloud(unsigned(results), async (small) => {
      const failure = await opened(
        openDsr,
        { baseUrl: `${small.origin}/v2`, regulation: 'gdpr', ...options },
        parts(small, { id: 'ads' }),
      )
        .poll?.(small.context('ads'), 'S-1')
        .catch((error: unknown) => error);
      told = {
        code: failure instanceof SystemFailure ? failure.facts.code : undefined,
        seen: small.seen.map(({ path }) => path),
      };
    });
    return told;
  };

  it('is unreadable where the signature that the configuration asks for was left out', async () => {
    for (const signature of ['rsa-pss', 'rsa-pkcs1', 'ecdsa-der', 'ecdsa-p1363']) {
      assert.equal((await polled({ signature })).code, 'SIGNATURE_MISSING');
    }
    assert.deepEqual((await polled({ signature: 'auto' })).seen.at(-1), '/results');
  });

  it('is signed by the domain of its own address, whatever its answers say of themselves', async () => {
    const baseUrl = `${at.simulator.vendors.replace('127.0.0.1', 'localhost')}/opendsr/ads/v2`;
    await assert.rejects(
      ask('ads', { requestId: 'R-8', options: { baseUrl } }),
      (error) => error instanceof SystemFailure && error.facts.code === 'PROCESSOR_DOMAIN',
    );
    assert.equal(
      (
        await ask('ads', {
          requestId: 'R-8',
          options: {
            baseUrl,
            domain: 'opendsr.ads.example',
            hosts: [new URL(at.simulator.vendors).host],
          },
        })
      ).way,
      'poll',
    );
  });

  it(
    'is rejected where it sends us to a host that is neither its own nor listed, before ' +
      'anything is sent there',
    async () => {
      for (const link of [
        'https://files.vendor.example/results',
        'http://127.0.0.1:9/results',
        'http://localhost:9/results',
      ]) {
        const { code, seen } = await polled({ signature: 'none' }, () => link);
        assert.deepEqual([code, seen.includes('/results')], ['LINK_HOST', false], link);
      }
    },
  );

  it('tells the doctor what it takes', async () => {
    assert.equal(
      await vendor('ads').check?.(new AbortController().signal),
      'takes access, portability, erasure by email',
    );
  });
});

describe('counting results', () => {
  const cases: readonly [string, string, number | undefined][] = [
    ['application/json', '[]', 0],
    ['application/json', ' [ {"a":"],[","b":[1,2]} , {"c":"\\""} ]', 2],
    ['application/json', '{"a":[1,2]}', 1],
    ['application/json', '[1,"x",null]', 3],
    ['application/x-ndjson', '{"a":1}\n\n{"a":2}', 2],
    ['text/csv', 'a,b\r\n1,"x\ny"\r\n2,z\r\n', 2],
    ['application/zip', 'PK', undefined],
  ];
  for (const [mediaType, text, expected] of cases) {
    it(`finds ${expected ?? 'nothing to count'} in ${JSON.stringify(text)}`, () => {
      for (const size of [1, 3, 1000]) {
        const counter = resultCounter(mediaType);
        for (let at = 0; at < text.length; at += size) {
          counter.add(Buffer.from(text.slice(at, at + size)));
        }
        assert.equal(counter.total(), expected);
      }
    });
  }
});

it('a day of submission counts from its first instant, and an instant is told in UTC', () => {
  assert.deepEqual(
    [wireTime('2026-11-23'), wireTime('2026-11-23T10:15:00+01:00')],
    ['2026-11-23T00:00:00.000Z', '2026-11-23T09:15:00.000Z'],
  );
});
