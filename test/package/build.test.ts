import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { buildPackage, previewFiles } from '../../src/package/build.ts';
import { listPackage } from '../../src/package/list.ts';
import { fieldType } from '../../src/package/manifest.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import type { Store } from '../../src/storage/filesystem.ts';
import {
  AT,
  individual,
  inNewStore,
  order,
  putFile,
  putTables,
  smallPackage,
  text,
} from './sample.ts';

const CSV = 'profiles/1/ssot__Individual__dlm.csv';
const NDJSON = 'profiles/1/ssot__Individual__dlm.ndjson';
const MAILS = 'systems/acme-mail/acme-mail-1/mails.txt';
const working = (store: Store, path: string) => join(store.directory, 'work/R-1/files', path);
const unzipped = (archive: string, name: string) =>
  execFileSync('unzip', ['-p', archive, name]).toString();
const hasUnzip = spawnSync('unzip', ['-v']).error === undefined;

interface Manifest {
  readonly [key: string]: unknown;
  readonly resources: readonly Record<string, unknown>[];
  readonly dossier: Record<string, unknown>;
}
const manifestOf = (archive: string) =>
  JSON.parse(unzipped(archive, 'datapackage.json')) as Manifest;

describe('a package', () => {
  it('holds index, manifest, profiles, systems and sums, in this order, and is verified', () =>
    inNewStore(async (store) => {
      const { path, uri, bytes, files, sha256 } = await buildPackage(await smallPackage(store));
      assert.equal(path, join(store.directory, 'packages/R-1.zip'));
      assert.match(uri, /^file:\/\/.*\/packages\/R-1\.zip$/);
      const whole = await readFile(path);
      assert.deepEqual(
        [bytes, sha256],
        [whole.length, createHash('sha256').update(whole).digest('hex')],
      );
      assert.equal(await readFile(`${path}.sha256`, 'utf8'), `${sha256}  R-1.zip\n`);
      assert.deepEqual(
        (await listPackage(path)).files.map(({ path }) => path),
        ['index.html', CSV, NDJSON, MAILS],
      );
      assert.equal(files, 6);
      assert.equal((await verifyPackage(path)).ok, true);
      assert.deepEqual((await readdir(dirname(path))).toSorted(), ['R-1.zip', 'R-1.zip.sha256']);
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    }));

  it('has the same bytes when it is made again', () =>
    inNewStore(async (store) => {
      const given = await smallPackage(store);
      assert.deepEqual(await buildPackage(given), await buildPackage(given));
    }));

  it('can be checked by sha256sum and opened by others', { skip: !hasUnzip }, () =>
    inNewStore(async (store) => {
      const { path } = await buildPackage(await smallPackage(store));
      const folder = join(store.directory, 'unpacked');
      await mkdir(folder);
      execFileSync('unzip', ['-q', path, '-d', folder]);
      execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder });
      execFileSync('sha256sum', ['--strict', '-c', `${basename(path)}.sha256`], {
        cwd: dirname(path),
      });
    }),
  );

  it('puts profile 10 behind profile 9', () =>
    inNewStore(async (store) => {
      const tables = [10, 9, 1].map((number) => ({
        ...individual,
        path: `profiles/${number}/ssot__Individual__dlm`,
      }));
      const files = await previewFiles(store, [
        await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, tables),
      ]);
      assert.deepEqual(
        files.map(({ path }) => path.split('/')[1]),
        ['1', '1', '9', '9', '10', '10'],
      );
    }));

  it('may be empty, and says so', () =>
    inNewStore(async (store) => {
      const { path, files } = await buildPackage(order(store, [], { profiles: [] }));
      assert.equal(files, 3);
      assert.equal((await verifyPackage(path)).ok, true);
    }));

  it('of a supplement has a name of its own', () =>
    inNewStore(async (store) => {
      const { path } = await buildPackage(await smallPackage(store, { supplement: 1 }));
      assert.equal(basename(path), 'R-1.s1.zip');
      assert.equal((await listPackage(path)).name, 'r-1.s1');
      assert.equal(
        await readFile(`${path}.sha256`, 'utf8').then((line) => line.slice(66)),
        'R-1.s1.zip\n',
      );
    }));

  it('tells its progress in bytes of files', () =>
    inNewStore(async (store) => {
      const seen: (readonly [number, number])[] = [];
      await buildPackage(
        await smallPackage(store, { progress: (done, total) => seen.push([done, total]) }),
      );
      assert.deepEqual(seen.at(-1), [375, 375]);
    }));

  it('takes away what an attempt that was killed left behind, and nothing of other requests', () =>
    inNewStore(async (store) => {
      const folder = join(store.directory, 'packages');
      await mkdir(folder);
      for (const name of ['.R-1.zip.0123456789ab.part', '.R-10.zip.0123456789ab.part']) {
        await writeFile(join(folder, name), 'PK');
      }
      await buildPackage(await smallPackage(store));
      assert.deepEqual((await readdir(folder)).toSorted(), [
        '.R-10.zip.0123456789ab.part',
        'R-1.zip',
        'R-1.zip.sha256',
      ]);
    }));

  it('leaves nothing when it is stopped', () =>
    inNewStore(async (store) => {
      const given = await smallPackage(store, { signal: AbortSignal.abort() });
      await assert.rejects(buildPackage(given), { name: 'AbortError' });
      assert.deepEqual(await readdir(join(store.directory, 'packages')), []);
    }));
});

describe('a package is not made when', () => {
  const cases: readonly (readonly [
    why: string,
    message: RegExp,
    spoil: (store: Store) => Promise<unknown>,
  ])[] = [
    [
      'a file was changed',
      /PackageError: systems\/acme-mail\/acme-mail-1\/mails\.txt: was changed after its receipt was made/,
      (store) => writeFile(working(store, MAILS), 'Hello Eva\n'.repeat(20)),
    ],
    [
      'a file grew',
      /mails\.txt: is longer than its receipt says \(200 bytes\)/,
      (store) => appendFile(working(store, MAILS), 'x'),
    ],
    [
      'a file was cut off',
      /mails\.txt: was changed after its receipt was made \(150 bytes/,
      (store) => truncate(working(store, MAILS), 150),
    ],
    [
      'a file is missing',
      /mails\.txt: is missing in the store/,
      (store) => rm(working(store, MAILS)),
    ],
    [
      'a table that the index shows is missing',
      /Individual__dlm\.ndjson: is missing in the store/,
      (store) => rm(working(store, NDJSON)),
    ],
    [
      'a receipt is missing',
      /acme-1\.json: is not in the store/,
      (store) => rm(join(store.directory, 'work/R-1/receipts/acme-1.json')),
    ],
  ];
  for (const [why, message, spoil] of cases) {
    it(why, () =>
      inNewStore(async (store) => {
        const given = await smallPackage(store);
        await spoil(store);
        await assert.rejects(buildPackage(given), message);
        assert.deepEqual(await readdir(join(store.directory, 'packages')), []);
      }),
    );
  }

  it('a receipt counts other records than its file holds', () =>
    inNewStore(async (store) => {
      const ref = await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, [
        individual,
      ]);
      const receipt = await store.getReceipt(ref);
      const wrong = await store.putReceipt('R-1', {
        ...receipt,
        files: receipt.files.map((file) => ({ ...file, rows: 2 })),
      });
      await assert.rejects(buildPackage(order(store, [wrong])), {
        name: 'PackageError',
        path: CSV,
        message: /holds 1 records where its receipt counts 2/,
      });
    }));

  it('two files differ by capitals alone, for one would replace the other where it is unpacked', () =>
    inNewStore(async (store) => {
      for (const [one, other] of [
        ['Report.txt', 'report.txt'],
        ['a.TXT', 'A.txt'],
      ] as const) {
        const receipts = await Promise.all(
          [one, other].map((name, index) =>
            putFile(
              store,
              'R-1',
              { name: `a-${index}`, system: 'a', answerId: 'a-1' },
              `systems/a/a-1/${name}`,
              name,
              'text/plain',
            ),
          ),
        );
        await assert.rejects(
          buildPackage(order(store, receipts)),
          /differs from systems\/a\/a-1\/\S+ by capitals alone/,
        );
      }
    }));

  it('two receipts name one file', () =>
    inNewStore(async (store) => {
      const first = await putTables(store, 'R-1', { name: 'one', system: 'data-cloud' }, [
        individual,
      ]);
      const other = await putTables(store, 'R-1', { name: 'two', system: 'data-cloud' }, [
        individual,
      ]);
      await assert.rejects(
        buildPackage(order(store, [first, other])),
        /is named by two receipts, "one" and "two"/,
      );
    }));

  it('a receipt names a file beside profiles and systems', () =>
    inNewStore(async (store) => {
      const ref = await putFile(
        store,
        'R-1',
        { name: 'x', system: 'x', answerId: 'x-1' },
        'index.html',
        'x',
        'text/html',
      );
      await assert.rejects(
        buildPackage(order(store, [ref])),
        /index\.html: is no path for a package/,
      );
    }));
});

describe('only what the receipts name is packed', () => {
  it('and not what else lies among the working copies', () =>
    inNewStore(async (store) => {
      const given = await smallPackage(store);
      await writeFile(working(store, 'profiles/1/other-person.ndjson'), '{}\n');
      const { path } = await buildPackage(given);
      assert.ok(!(await listPackage(path)).files.some(({ path }) => path.includes('other')));
    }));

  it('and not what an operator withheld: a table goes as a whole', { skip: !hasUnzip }, () =>
    inNewStore(async (store) => {
      const given = await smallPackage(store, {
        withheld: [{ path: NDJSON, reason: 'names a third person', cite: 'GDPR Art. 15(4)' }],
      });
      const { path } = await buildPackage(given);
      assert.deepEqual(
        (await listPackage(path)).files.map(({ path }) => path),
        ['index.html', MAILS],
      );
      assert.deepEqual(
        manifestOf(path).dossier.withheld,
        [CSV, NDJSON].map((each) => ({
          path: each,
          reason: 'names a third person',
          cite: 'GDPR Art. 15(4)',
        })),
      );
      for (const name of ['index.html', 'datapackage.json']) {
        assert.ok(!unzipped(path, name).includes('said'), name);
      }
      assert.deepEqual(
        (await previewFiles(store, given.receipts, given.withheld)).map(({ path }) => path),
        [MAILS],
      );
      assert.equal((await verifyPackage(path)).ok, true);
    }),
  );
});

describe('the manifest', { skip: !hasUnzip }, () => {
  it('is a Data Package, version 2, that describes each file', () =>
    inNewStore(async (store) => {
      const { path } = await buildPackage(await smallPackage(store));
      const { resources, dossier: _dossier, ...head } = manifestOf(path);
      assert.deepEqual(head, {
        $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
        name: 'r-1',
        title: 'Answer to the access request R-1',
        created: AT,
      });
      const csv = await readFile(working(store, CSV));
      assert.deepEqual(resources[1], {
        name: 'profiles-1-ssot__individual__dlm.csv',
        path: CSV,
        title: 'Individual',
        type: 'table',
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        bytes: csv.length,
        hash: `sha256:${createHash('sha256').update(csv).digest('hex')}`,
        rows: 1,
        dialect: { delimiter: ',', quoteChar: '"', doubleQuote: true, header: true },
        schema: {
          $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
          fields: [
            { name: 'ssot__Id__c', title: 'Individual ID', type: 'string' },
            { name: 'ssot__FirstName__c', title: 'First name', type: 'string' },
            { name: 'ssot__Note__c', title: 'Note', type: 'string' },
          ],
        },
      });
      assert.equal(resources[0]?.path, 'index.html');
    }));

  it('names request, receipts, gaps, profiles, lookups, what is not included, and notes', () =>
    inNewStore(async (store) => {
      const gaps = [{ system: 'acme-ads', because: 'overdue' as const, note: 'asked twice' }];
      const lookups = [
        {
          identifier: 'emails[0]',
          dataSpace: 'default',
          ruleset: 'Ir01',
          partyIds: 1,
          outcome: 'found' as const,
        },
      ];
      const notIncluded = [
        { dataSpace: 'default', object: 'ssot__Account__dlm', label: 'Account', why: 'shared' },
      ];
      const given = await smallPackage(store, { gaps, lookups, notIncluded, notes: ['a note'] });
      const { dossier } = manifestOf((await buildPackage(given)).path);
      assert.deepEqual(
        { ...dossier, receipts: undefined },
        {
          version: 1,
          request: given.request,
          receipts: undefined,
          gaps,
          withheld: [],
          profiles: [{ number: 1, dataSpace: 'default', dataSource: 'CRM_1' }],
          lookups,
          notIncluded,
          notes: ['a note'],
        },
      );
      assert.deepEqual(
        (dossier.receipts as { name: string; files: string[] }[]).map(({ name, files }) => [
          name,
          files,
        ]),
        [
          ['data-cloud', [NDJSON, CSV]],
          ['acme-1', [MAILS]],
        ],
      );
    }));

  it('gives each resource a name of its own', () =>
    inNewStore(async (store) => {
      const receipts = [
        await putFile(
          store,
          'R-1',
          { name: 'a', system: 'a', answerId: '1' },
          'systems/a/1/x-y.txt',
          '1',
          'text/plain',
        ),
        await putFile(
          store,
          'R-1',
          { name: 'b', system: 'a', answerId: '1' },
          'systems/a/1-x-y.txt',
          '2',
          'text/plain',
        ),
      ];
      const { resources } = manifestOf((await buildPackage(order(store, receipts))).path);
      assert.deepEqual(
        resources.map(({ name }) => name),
        ['index', 'systems-a-1-x-y.txt', 'systems-a-1-x-y.txt-2'],
      );
    }));

  const types: readonly (readonly [given: string, type: string])[] = [
    ['text', 'string'],
    ['STRING', 'string'],
    ['number', 'number'],
    ['currency', 'number'],
    ['int', 'integer'],
    ['boolean', 'boolean'],
    ['date', 'date'],
    ['DATE_ONLY', 'date'],
    ['datetime', 'datetime'],
    ['DATE_TIME', 'datetime'],
    ['timestamp with time zone', 'datetime'],
    ['location', 'any'],
    ['', 'any'],
  ];
  for (const [given, type] of types) {
    it(`types ${given || 'nothing'} as ${type}`, () => assert.equal(fieldType(given).type, type));
  }
});

describe('memory', () => {
  it('does not grow with a file: 60 MB pass through in pieces', () =>
    inNewStore(async (store) => {
      const sink = await store.sink('R-1').open('systems/a/1/large.csv', { mediaType: 'text/csv' });
      const line = `${'some words,'.repeat(9)}end\r\n`.repeat(1000);
      for (let index = 0; index < 600; index++) {
        await sink.write(line);
      }
      const file = await sink.finish(600_000 - 1);
      const ref = await store.putReceipt('R-1', {
        system: 'a',
        connector: 'manual',
        name: 'a',
        at: AT,
        outcome: 'delivered',
        files: [file],
        tables: [{ name: 'large', label: 'Large', fields: [text('a', 'A')] }],
        provenance: {},
        withheldRows: 0,
        notes: [],
      });
      const used = () => process.memoryUsage().arrayBuffers;
      const before = used();
      let peak = 0;
      const progress = () => {
        peak = Math.max(peak, used() - before);
      };
      const { path } = await buildPackage(order(store, [ref], { progress }));
      assert.equal((await verifyPackage(path, { progress })).ok, true);
      assert.ok(peak < 40_000_000, `${peak} bytes`);
    }));
});
