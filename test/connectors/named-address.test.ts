import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import {
  guardedAgent,
  placeOf,
  refuseForeignHost,
  refuseInternalAddress,
  type Resolve,
} from '../../src/connectors/shared/named-address.ts';
import { callVendor } from '../../src/connectors/shared/vendor-http.ts';
import { SystemFailure } from '../../src/http/failure.ts';

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'taken';
  } catch (error) {
    assert.ok(error instanceof SystemFailure, String(error));
    return error.facts.code ?? '';
  }
};
const resolver =
  (table: Readonly<Record<string, string>>): Resolve =>
  async (host) => [
    {
      address: table[host] ?? '93.184.216.34',
      family: table[host]?.includes(':') === true ? 6 : 4,
    },
  ];

describe('the place of an address', () => {
  const places = {
    public: ['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '::ffff:93.184.216.34'],
    internal: [
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '127.0.0.1',
      '127.8.8.8',
      '::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
    ],
    never: [
      '169.254.169.254',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      'fe80::1',
      'ff02::1',
      '::',
      '64:ff9b::a00:1',
      '::ffff:169.254.169.254',
    ],
  } as const;
  for (const [place, addresses] of Object.entries(places)) {
    for (const address of addresses) {
      it(`${address} is ${place}`, () => assert.equal(placeOf(address), place));
    }
  }
});

describe('a link that a vendor names', () => {
  const hosts = {
    system: 'ads',
    base: 'https://opendsr.vendor.example/v2',
    hosts: ['files.vendor.example', 'cdn.example:8443'],
  };
  const links: readonly (readonly [string, string])[] = [
    ['https://opendsr.vendor.example/results/1', 'taken'],
    ['https://files.vendor.example/a', 'taken'],
    ['https://cdn.example:8443/a', 'taken'],
    ['https://opendsr.vendor.example:8443/results/1', 'LINK_HOST'],
    ['https://cdn.example/a', 'LINK_HOST'],
    ['https://vendor.example/a', 'LINK_HOST'],
    ['https://files.vendor.example.evil.example/a', 'LINK_HOST'],
    ['https://files.vendor.example@evil.example/a', 'LINK_HOST'],
    ['https://me:you@files.vendor.example/a', 'LINK_HOST'],
    ['file:///etc/passwd', 'LINK_HOST'],
    ['no address', 'LINK_HOST'],
  ];
  for (const [link, expected] of links) {
    it(`${link}: ${expected}`, async () =>
      assert.equal(await codeOf(() => refuseForeignHost(link, hosts)), expected));
  }

  it(
    'leads to no address within the network, in whatever notation, unless the vendor itself ' +
      'stands there',
    async () => {
      const inside = { system: 'ads', base: 'http://127.0.0.1:9/v2', hosts: [] };
      for (const link of [
        'http://127.0.0.1/',
        'http://2130706433/',
        'http://0x7f.1/',
        'http://[::ffff:127.0.0.1]/',
        'http://10.0.0.1/',
      ]) {
        assert.equal(
          await codeOf(() => refuseInternalAddress(link, { ...hosts, resolve: resolver({}) })),
          'LINK_ADDRESS',
          link,
        );
        assert.equal(await codeOf(() => refuseInternalAddress(link, inside)), 'taken', link);
      }
      for (const named of [hosts, inside]) {
        assert.equal(
          await codeOf(() =>
            refuseInternalAddress('http://169.254.169.254/latest', {
              ...named,
              resolve: resolver({}),
            }),
          ),
          'LINK_ADDRESS',
        );
      }
    },
  );

  describe('is looked at when the connection is made', () => {
    let origin = '';
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.host ?? '');
      response.end('rows');
    });
    before(async () => {
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      origin = `http://files.vendor.example:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
      server.close();
    });
    const fetched = (base: string, table: Readonly<Record<string, string>>) =>
      codeOf(async () => {
        const { body } = await callVendor('ads', {
          method: 'GET',
          url: `${origin}/a`,
          signal: AbortSignal.timeout(5_000),
          dispatcher: guardedAgent({ system: 'ads', base, hosts: [], resolve: resolver(table) }),
        });
        await body.dump();
      });

    it('and no request leaves where its name resolves into the network', async () => {
      assert.equal(
        await fetched('https://vendor.example', { 'files.vendor.example': '127.0.0.1' }),
        'LINK_ADDRESS',
      );
      assert.equal(
        await fetched('http://127.0.0.1:9', { 'files.vendor.example': '169.254.169.254' }),
        'LINK_ADDRESS',
      );
      assert.deepEqual(seen, []);
    });
    it('and the address that was looked at is the one that is connected to', async () => {
      assert.equal(
        await fetched('http://127.0.0.1:9', { 'files.vendor.example': '127.0.0.1' }),
        'taken',
      );
      assert.equal(seen.length, 1);
    });
  });
});
