import assert from 'node:assert/strict';
import { constants, createHash, randomUUID, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { startSimulator, type Seed } from '../src/simulator.ts';
import { answered, control, simulated, type Answered } from './start.ts';

const seed: Seed = {
  vendors: {
    ads: {
      kind: 'opendsr',
      completesAfterPolls: 2,
      results: {
        'ana@example.com': [
          { segment: 'outdoor', score: 123456789012345678n },
          { segment: 'travel' },
        ],
      },
    },
    swift: {
      kind: 'opendsr',
      completesAfterPolls: 0,
      resultsExpireAfterSeconds: 0,
      signature: 'rsa-pss',
      results: { 'ana@example.com': [{ a: 1 }] },
    },
    stern: { kind: 'opendsr', behaviour: 'refuses' },
    silent: {
      kind: 'opendsr',
      behaviour: 'silent',
      identities: [{ type: 'controller_customer_id', format: 'raw' }],
    },
  },
};
const stage = simulated(seed);

const at = (vendor: string, path: string) =>
  `${stage.simulator.vendors}/opendsr/${vendor}/v2${path}`;
const call = async (
  method: string,
  vendor: string,
  path: string,
  body?: string,
  token = stage.simulator.vendorToken,
): Promise<Answered> =>
  answered(
    await fetch(at(vendor, path), {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body }),
    }),
  );
const order = (more: Record<string, unknown> = {}) =>
  JSON.stringify({
    regulation: 'gdpr',
    subject_request_id: randomUUID(),
    subject_request_type: 'access',
    submitted_time: '2026-11-23T09:15:00Z',
    api_version: '2.0',
    subject_identities: [
      { identity_type: 'email', identity_value: 'ana@example.com', identity_format: 'raw' },
    ],
    ...more,
  });
const idOf = (body: string) =>
  (JSON.parse(body) as { subject_request_id: string }).subject_request_id;
const email = (value: string, format: string) => ({
  subject_identities: [{ identity_type: 'email', identity_value: value, identity_format: format }],
});
const customer = {
  subject_identities: [
    { identity_type: 'controller_customer_id', identity_value: '7', identity_format: 'raw' },
  ],
};

async function statesOf(vendor: string, body: string, polls: number): Promise<string[]> {
  assert.equal((await call('POST', vendor, '/requests', body)).status, 201);
  const states = [];
  for (let poll = 0; poll < polls; poll += 1) {
    states.push((await call('GET', vendor, `/requests/${idOf(body)}`)).body.request_status);
  }
  return states;
}

describe('a vendor that speaks OpenDSR', () => {
  it('tells without a token what it takes', async () => {
    const { status, body } = await answered(await fetch(at('silent', '/discovery')));
    assert.equal(status, 200);
    assert.deepEqual(body.supported_identities, [
      { identity_type: 'controller_customer_id', identity_format: 'raw' },
    ]);
    assert.equal((await answered(await fetch(at('nobody', '/discovery')))).status, 404);
  });

  it('answers with the request that it got, completes after its polls, and hands the rows out whole', async () => {
    const body = order(
      email(createHash('sha256').update('ana@example.com').digest('hex'), 'sha256'),
    );
    const taken = await call('POST', 'ads', '/requests', body);
    assert.equal(taken.status, 201);
    assert.equal(Buffer.from(taken.body.encoded_request, 'base64').toString(), body);
    const first = (await call('GET', 'ads', `/requests/${idOf(body)}`)).body;
    assert.deepEqual([first.request_status, first.results_url], ['in_progress', null]);
    const second = (await call('GET', 'ads', `/requests/${idOf(body)}`)).body;
    assert.deepEqual([second.request_status, second.results_count], ['completed', 2]);
    assert.equal(
      await (await fetch(second.results_url ?? '')).text(),
      '[{"segment":"outdoor","score":123456789012345678},{"segment":"travel"}]',
    );
  });

  for (const [vendor, options] of [
    ['ads', {}],
    ['swift', { padding: constants.RSA_PKCS1_PSS_PADDING }],
  ] as const) {
    it(`signs what it says with the key of the certificate that it names: ${vendor}`, async () => {
      const { headers, text } = await call('POST', vendor, '/requests', order());
      const { body } = await answered(await fetch(at(vendor, '/discovery')));
      const certificate = new X509Certificate(
        await (await fetch(body.processor_certificate)).text(),
      );
      assert.ok(certificate.checkHost(headers.get('x-opendsr-processor-domain') ?? ''));
      assert.ok(
        certificate.verify(new X509Certificate(readFileSync(stage.simulator.ca)).publicKey),
      );
      assert.ok(
        verify(
          'sha256',
          Buffer.from(text),
          { key: certificate.publicKey, ...options },
          Buffer.from(headers.get('x-opendsr-signature') ?? '', 'base64'),
        ),
      );
    });
  }

  it('completes with nothing for somebody it does not know', async () => {
    const body = order(email('stranger@example.com', 'raw'));
    await statesOf('ads', body, 2);
    const { body: status } = await call('GET', 'ads', `/requests/${idOf(body)}`);
    assert.deepEqual(
      [status.request_status, status.results_count, status.results_url],
      ['completed', 0, null],
    );
  });

  it('can refuse, or stay silent until it is moved by hand', async () => {
    assert.deepEqual(await statesOf('stern', order(), 2), ['cancelled', 'cancelled']);
    const body = order(customer);
    assert.deepEqual(await statesOf('silent', body, 3), ['pending', 'pending', 'pending']);
    assert.deepEqual(
      (await control(stage.simulator, 'GET', '/vendors/silent/requests')).body.requests.map(
        ({ id, polls }) => [id, polls],
      ),
      [[idOf(body), 3]],
    );
    await control(stage.simulator, 'POST', `/vendors/silent/requests/${idOf(body)}/complete`);
    assert.equal(
      (await call('GET', 'silent', `/requests/${idOf(body)}`)).body.request_status,
      'completed',
    );
  });

  it('lets its results expire', async () => {
    const body = order();
    await statesOf('swift', body, 1);
    const { results_url: url } = (await call('GET', 'swift', `/requests/${idOf(body)}`)).body;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    assert.equal((await fetch(url ?? '')).status, 410);
  });

  it('cancels while a request is pending, and not later', async () => {
    const body = order();
    await statesOf('ads', body, 0);
    assert.equal((await call('DELETE', 'ads', `/requests/${idOf(body)}`)).status, 202);
    assert.equal((await call('DELETE', 'ads', `/requests/${idOf(body)}`)).status, 400);
  });

  it('honours the older names', async () => {
    const body = order();
    const { status, headers } = await call('POST', 'ads', '/opengdpr_requests', body);
    assert.equal(status, 201);
    assert.ok(headers.has('x-opengdpr-signature'));
    assert.equal((await call('GET', 'ads', `/opengdpr_requests/${idOf(body)}`)).status, 200);
  });

  it('refuses a wrong token with 401, and what it does not understand with 400', async () => {
    assert.equal((await call('POST', 'ads', '/requests', order(), 'wrong')).status, 401);
    const body = order();
    assert.equal((await call('POST', 'ads', '/requests', body)).status, 201);
    const wrong = [
      body,
      '{',
      order({ regulation: 'lgpd' }),
      order({ subject_request_id: '1' }),
      order({ subject_request_type: 'sale' }),
      order({ submitted_time: 'today' }),
      order({ subject_identities: [] }),
      order(email('x', 'md5')),
    ];
    for (const text of wrong) {
      assert.equal((await call('POST', 'ads', '/requests', text)).status, 400);
    }
  });

  it('calls back on each change of state, signed', async () => {
    const heard: {
      url: string;
      status: string;
      signed: boolean;
    }[] = [];
    let told: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      told = resolve;
    });
    const receiver = createServer((request: IncomingMessage, response) => {
      let text = '';
      request
        .on('data', (chunk: Buffer) => {
          text += chunk.toString();
        })
        .on('end', () => {
          response.writeHead(202).end();
          const { request_status: status } = JSON.parse(text) as { request_status: string };
          if (
            heard.push({
              url: request.url ?? '',
              status,
              signed: 'x-opendsr-signature' in request.headers,
            }) === 2
          ) {
            told();
          }
        });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => {
      receiver.once('listening', resolve);
    });
    await statesOf(
      'ads',
      order({
        status_callback_urls: [`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`],
      }),
      2,
    );
    await both;
    receiver.close();
    assert.deepEqual(
      heard.toSorted((a, b) => b.status.localeCompare(a.status)),
      [
        { url: '/hook', status: 'in_progress', signed: true },
        { url: '/hook', status: 'completed', signed: true },
      ],
    );
  });

  it(
    'still knows its requests, its token and its people when the simulator starts again, and ' +
      'keeps no address in clear',
    async () => {
      const body = order();
      await statesOf('ads', body, 1);
      await stage.simulator.stop();
      assert.doesNotMatch(readFileSync(`${stage.folder}/vendors.json`, 'utf8'), /ana@example\.com/);
      const { vendorToken } = stage.simulator;
      stage.simulator = await startSimulator({ seed, folder: stage.folder });
      assert.equal(stage.simulator.vendorToken, vendorToken);
      const { body: status } = await call('GET', 'ads', `/requests/${idOf(body)}`);
      assert.deepEqual([status.request_status, status.results_count], ['completed', 2]);
    },
  );
});
