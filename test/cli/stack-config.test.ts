import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readEnvFile, writeEnvFile } from '../../src/cli/stack/env-file.ts';
import { seedFacts } from '../../src/cli/stack/seed-facts.ts';
import { ensureKeys, writeStackConfig } from '../../src/cli/stack/stack-config.ts';
import { claimDataDir } from '../../src/cli/stack/stack-lock.ts';
import { loadConfig } from '../../src/config/config.ts';
import { readSeed } from '@dossier/salesforce-simulator';

const simulator = {
  core: 'http://127.0.0.1:1',
  vendors: 'http://127.0.0.1:2',
  clientId: 'client',
  clientSecret: 'secret',
  ca: '/ca.pem',
  vendorToken: 'token',
};
const temporal = { address: '127.0.0.1:3', namespace: 'default' };
const seed = seedFacts(
  readSeed({
    dataCloud: {
      default: {
        ssot__Individual__dlm: [
          { ssot__Id__c: '1', ssot__DataSourceId__c: 'CRM_Home' },
          { ssot__Id__c: '2', ssot__DataSourceId__c: 'Acme_Ads_EU' },
          { ssot__Id__c: '3', ssot__DataSourceId__c: 'Shop' },
        ],
      },
      brand: { ssot__Individual__dlm: [{ ssot__Id__c: '4', ssot__DataSourceId__c: 'Shop' }] },
    },
    vendors: { 'acme-ads': { kind: 'opendsr' } },
  }),
);

describe('the configuration of a stack', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-config-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [what, ids, reason] of [
    ['a device of Windows', ['com1'], /systems\[0\]\.id: is a name that file systems keep/],
    [
      'an ID over 64 characters',
      ['s'.repeat(65)],
      /systems\[0\]\.id: may hold 64 characters at most, and holds 65/,
    ],
    [
      'two IDs that differ by capital letters',
      ['Shop', 'shop'],
      /systems\[1\]\.id: "shop" differs from "Shop" by capital letters only/,
    ],
    [
      'an ID that differs from data-cloud by capital letters',
      ['Data-Cloud'],
      /differs from "data-cloud"/,
    ],
  ] as const) {
    it(`refuses ${what}, for an ID is a folder in every package`, async () => {
      const file = join(folder, 'ids.yaml');
      await writeFile(
        file,
        `version: 1\nstorage: { directory: . }\nsystems: ` +
          `[${ids.map((id) => `{ id: ${id}, connector: manual }`).join(', ')}]\n`,
      );
      assert.throws(() => loadConfig(file, {}), reason);
    });
  }

  it('makes a key once, and keeps it at the next start', async () => {
    const first = ensureKeys(folder, undefined);
    assert.match(first.DOSSIER_CODEC_KEYS ?? '', /^[\w.-]+:[\w+/]{43}=$/);
    assert.deepEqual(ensureKeys(folder, undefined), first);
    assert.equal((await stat(join(folder, '.env'))).mode & 0o777, 0o600);
  });

  it('follows from the seed where no configuration is given', () => {
    ensureKeys(folder, undefined);
    const config = loadConfig(
      writeStackConfig({ dataDir: folder, base: undefined, seed, simulator, temporal }),
      {},
    );
    assert.deepEqual(config.salesforce?.dataSpaces, ['default', 'brand']);
    assert.equal(config.salesforce?.clientSecret, 'secret');
    assert.deepEqual(
      config.systems.map(({ id, connector, dataSources }) => ({ id, connector, dataSources })),
      [
        { id: 'crm', connector: 'core-crm', dataSources: ['CRM_Home'] },
        { id: 'acme-ads', connector: 'opendsr', dataSources: ['Acme_Ads_EU'] },
      ],
    );
    assert.deepEqual(seed.unclaimed, ['Shop']);
    assert.equal(config.storage.directory, folder);
    assert.deepEqual(config.temporal, temporal);
  });

  it('asks every cloud that the seed has, and says of the others that it has none', () => {
    const rows = [{ OrderId: '1', ContactKey: 'K-1', EmailAddress: 'a@example.com' }];
    const clouds = seedFacts(
      readSeed({
        dataCloud: { default: {} },
        marketingCloud: {
          businessUnits: {
            7: {
              dataExtensions: [
                { name: 'Orders', key: 'orders', rows },
                { name: 'News', key: 'news', rows: [{ Email: 'a@example.com' }] },
                { name: 'Prices', key: 'prices', rows: [{ Sku: '1' }] },
              ],
            },
          },
        },
        b2cCommerce: {
          customerLists: { Main: [] },
          sites: {
            Shop: [
              { orderNo: '2', creationDate: '2024-05-01T10:00:00Z' },
              { orderNo: '1', creationDate: '2023-02-03T10:00:00Z' },
            ],
          },
        },
        consent: {},
      }),
    );
    const addresses = {
      marketingCloud: {
        auth: 'http://127.0.0.1:4',
        clientId: 'mc',
        clientSecret: 'mc-secret',
        businessUnits: ['7'],
      },
      b2cCommerce: {
        auth: 'http://127.0.0.1:5',
        api: 'http://127.0.0.1:6',
        clientId: 'cc',
        clientSecret: 'cc-secret',
        organizationId: 'f_ecom_zzte_001',
        customerLists: ['Main'],
        sites: ['Shop'],
      },
      bucket: { endpoint: 'http://127.0.0.1:7' },
    };
    const { systems, notUsed, policies } = loadConfig(
      writeStackConfig({
        dataDir: folder,
        base: undefined,
        seed: clouds,
        simulator: { ...simulator, ...addresses },
        temporal,
      }),
      {},
    );
    assert.deepEqual(
      systems.map(({ id }) => id),
      ['crm', 'marketing-cloud', 'b2c-commerce', 'data-cloud-copy'],
    );
    assert.deepEqual(
      policies.default?.systems,
      systems.map(({ id }) => id),
    );
    assert.deepEqual(Object.keys(notUsed), ['account-engagement', 'personalization']);
    const [, marketing, commerce, copy] = systems as readonly Record<string, unknown>[];
    assert.deepEqual(marketing?.dataExtensions, [
      { key: 'orders', column: 'ContactKey' },
      { key: 'news', column: 'Email', holds: 'email' },
    ]);
    assert.deepEqual(clouds.clouds.unread, ['prices']);
    assert.deepEqual(
      [
        marketing?.clientSecret,
        commerce?.apiUrl,
        commerce?.tokenUrl,
        commerce?.ordersSince,
        copy?.endpoint,
      ],
      [
        'mc-secret',
        'http://127.0.0.1:6',
        'http://127.0.0.1:5/dwsso/oauth2/access_token',
        '2023-02-03',
        'http://127.0.0.1:7',
      ],
    );
  });

  it('keeps what a given configuration says, and replaces Salesforce and storage', async () => {
    const base = join(folder, 'own', 'dossier.yaml');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(folder, 'own'));
    await writeFile(
      base,
      [
        'version: 1',
        'salesforce: { loginUrl: "https://acme.my.salesforce.com", clientId: theirs, ' +
          'privateKeyFile: key.pem, username: u, dataSpaces: [brand], exclude: [Secret__dlm] }',
        'systems: [{ id: acme-ads, connector: opendsr, baseUrl: ' +
          '"${DOSSIER_SIMULATOR_VENDORS}/opendsr/acme-ads/v2", token: "${ADS_TOKEN}" }]',
        'notUsed: { core-crm: "no licence; test" }',
        'policies: { default: { reviewPackage: true } }',
        'controller: { country: DE }',
        'storage: { directory: /elsewhere }',
      ].join('\n'),
    );
    await writeFile(
      join(folder, 'own', '.env'),
      'ADS_TOKEN="with # and spaces"\nDOSSIER_CODEC_KEYS=theirs\n',
    );
    const dataDir = join(folder, 'data');
    await mkdir(dataDir);
    const { DOSSIER_CODEC_KEYS: keys } = ensureKeys(dataDir, base);
    assert.notEqual(keys, 'theirs');
    const config = loadConfig(writeStackConfig({ dataDir, base, seed, simulator, temporal }), {});
    assert.deepEqual(config.salesforce?.dataSpaces, ['brand']);
    assert.deepEqual(config.salesforce?.exclude, ['Secret__dlm']);
    assert.equal(config.salesforce?.loginUrl, simulator.core);
    assert.equal(config.salesforce?.privateKeyFile, undefined);
    assert.deepEqual(
      config.systems.map(({ baseUrl, token }) => ({ baseUrl, token })),
      [{ baseUrl: 'http://127.0.0.1:2/opendsr/acme-ads/v2', token: 'with # and spaces' }],
    );
    assert.equal(config.policies.default?.reviewPackage, true);
    assert.equal(config.controller?.country, 'DE');
    assert.equal(config.storage.directory, dataDir);
  });

  it('writes variables that read back as they were', () => {
    const file = join(folder, 'variables');
    const variables = {
      PLAIN: 'a:b/c=',
      SPACES: 'two words # no comment',
      SINGLE: `it's`,
      BOTH: `it's "here"`,
      LINES: 'one\ntwo',
      EMPTY: '',
    };
    writeEnvFile(file, variables);
    assert.deepEqual(readEnvFile(file), variables);
  });
});

describe('the claim on a data directory', () => {
  it('holds while its process lives, and for no longer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dossier-claim-'));
    await writeFile(join(folder, 'stack.lock'), `${process.ppid}\n`);
    const busy = await readFile(`/proc/${process.ppid}/cmdline`, 'utf8').then(
      (text) => text.includes('node'),
      () => true,
    );
    if (busy) assert.throws(() => claimDataDir(folder), /Another stack runs/);
    await writeFile(join(folder, 'stack.lock'), '999999999\n');
    const release = claimDataDir(folder);
    assert.equal(await readFile(join(folder, 'stack.lock'), 'utf8'), `${process.pid}\n`);
    release();
    await rm(folder, { recursive: true });
  });
});
