import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readSeed, type Seed } from '../src/seed/seed.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const demo = `${root}samples/seed-demo.json`;
const MARK = /\b(OWN|OTHER|SHARED|AMBIGUOUS|GUESSED|INSIGHT|UNREACHABLE|DELETED|OLDVERSION)-\d{4}"/;
const small = readdirSync(`${root}test/seeds`).map((name) => `${root}test/seeds/${name}`);

describe('a bad seed is refused with the path of what is wrong', () => {
  for (const [seed, message] of [
    [
      { dataCloud: { default: { ssot__Individual__dlm: {} } } },
      'seed: dataCloud.default.ssot__Individual__dlm must be a list of rows',
    ],
    [
      {
        dataCloud: {
          default: {
            ssot__Individual__dlm: [{ ssot__Id__c: 'P-1' }, { ssot__Id__c: { secret: 1 } }],
          },
        },
      },
      'seed: dataCloud.default.ssot__Individual__dlm[1].ssot__Id__c must be a text, a number, ' +
        'true, false or null',
    ],
    [
      { dataCloud: { default: { 'Robert"; DROP': [] } } },
      'seed: dataCloud.default.Robert"; DROP is no object name',
    ],
    [{ dataCloud: { 'a b': {} } }, 'seed: dataCloud.a b is no name of a data space'],
    [{ core: { Contact: [[]] } }, 'seed: core.Contact[0] must be an object'],
    [{ cloud: {} }, 'seed: cloud is unknown'],
    [{ vendors: { ads: { kind: 'fax' } } }, 'seed: vendors.ads.kind must be "opendsr"'],
    [{ vendors: { ads: { kind: 'opendsr', polls: 3 } } }, 'seed: vendors.ads.polls is unknown'],
    [
      { faults: [{ match: '(', kind: 'drop' }] },
      'seed: faults[0].match must be a regular expression',
    ],
    [
      { marketingCloud: { businessUnits: { de: {} } } },
      'seed: marketingCloud.businessUnits.de must be a MID: digits',
    ],
    [
      { marketingCloud: { businessUnits: { 1: { dataExtensions: [{ name: 'x' }] } } } },
      'seed: marketingCloud.businessUnits.1.dataExtensions[0].key',
    ],
    [
      { accountEngagement: { businessUnits: { x: {} } } },
      'seed: accountEngagement.businessUnits.x must be 18 characters',
    ],
    [{ b2cCommerce: { sites: { Acme: [7] } } }, 'seed: b2cCommerce.sites.Acme[0]'],
    [{ consent: { drop: { endpoint: 'ftp://x' } } }, 'seed: consent.drop.endpoint'],
    [{ people: { count: 0 } }, 'seed: people.count'],
    [{ wire: { v2Rows: 'pairs' } }, 'seed: wire.v2Rows'],
    [
      { generate: { default: { ssot__EmailEngagement__dlm: { count: -1 } } } },
      'seed: generate.default.ssot__EmailEngagement__dlm.count',
    ],
  ] as const) {
    it(message, () => {
      assert.throws(
        () => readSeed(seed as never),
        (error: Error) =>
          error.name === 'SeedError' &&
          error.message.startsWith(message) &&
          !error.message.includes('secret'),
      );
    });
  }

  it('names a file that is missing or no JSON', () => {
    assert.throws(
      () => readSeed('/nowhere/seed.json'),
      /^SeedError: \/nowhere\/seed\.json: cannot be read \(ENOENT\)/,
    );
    assert.throws(() => readSeed(`${root}LICENSE`), /LICENSE: is no JSON/);
  });
});

describe('the seeds of the repository', () => {
  it('are readable', () => {
    for (const file of [demo, ...small]) {
      readSeed(file);
    }
  });

  it("mark every row of small ones as the subject's own or another's", () => {
    for (const file of small) {
      for (const rows of [
        ...Object.values(readSeed(file).dataCloud).flatMap((objects) => Object.values(objects)),
        ...Object.values(readSeed(file).core),
      ]) {
        for (const row of rows) {
          assert.match(JSON.stringify(row), MARK, file);
        }
      }
    }
  });

  it("name no address that could be a real person's", () => {
    for (const file of [demo, ...small]) {
      for (const [, domain = ''] of readFileSync(file, 'utf8').matchAll(/@([\w.-]+\w)/g)) {
        assert.match(domain.toLowerCase(), /^example\.(com|org|net)$|\.example$/);
      }
    }
  });

  it('lead from two addresses of Ana to five party IDs of four sources and one unified individual', () => {
    const { default: space } = readSeed(demo).dataCloud;
    const text = (value: unknown) => String(value).trim().toLowerCase();
    const mine = (space?.ssot__ContactPointEmail__dlm ?? []).filter((row) =>
      ['ana.lima@example.com', 'a.lima@example.org'].includes(text(row.ssot__EmailAddress__c)),
    );
    const parties = mine.map((row) => `${text(row.ssot__PartyId__c)}/${text(row.KQ_PartyId__c)}`);
    const links = (space?.UnifiedLinkssotIndividualIr01__dlm ?? []).filter((row) =>
      parties.includes(`${text(row.SourceRecordId__c)}/${text(row.KQ_SourceRecordId__c)}`),
    );
    assert.deepEqual(
      [
        new Set(parties).size,
        new Set(mine.map((row) => row.ssot__DataSourceId__c)).size,
        new Set(links.map((row) => row.UnifiedRecordId__c)).size,
      ],
      [5, 4, 1],
    );
  });
});

describe('the example of a seed in docs/reference/simulator.md', () => {
  it('is a good seed, and holds every cloud', () => {
    const example = [
      ...readFileSync(`${root}docs/reference/simulator.md`, 'utf8').matchAll(
        /```json\n([\s\S]*?)```/g,
      ),
    ]
      .map(([, json]) => json ?? '')
      .find((json) => json.includes('"dataCloud"'));
    const {
      marketingCloud,
      accountEngagement,
      b2cCommerce,
      personalization,
      privacyCenter,
      servesBuckets,
    } = readSeed(JSON.parse(example ?? '') as Seed);
    assert.ok(
      [
        marketingCloud,
        accountEngagement,
        b2cCommerce,
        personalization,
        privacyCenter,
        servesBuckets,
      ].every(Boolean),
    );
  });
});
