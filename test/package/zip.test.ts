import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { isPackageName, isPackagePath, safeNameFor } from '../../src/contract/package-path.ts';
import {
  centralHeader,
  endOf,
  localHeader,
  readCentral,
  readEnd,
  type ZipEntry,
} from '../../src/package/zip-format.ts';
import { byteSource, readEntry, readList } from '../../src/package/zip-reader.ts';
import { zipWriter } from '../../src/package/zip-writer.ts';
import { AT } from './sample.ts';

type Part = readonly [name: string, content: Buffer];
const whenOf = { date: 23927, time: 18912 };
const runs = (command: string, ...args: string[]) => spawnSync(command, args).error === undefined;

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dossier-zip-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function write(
  parts: readonly Part[],
  announced = true,
): Promise<{
  path: string;
  bytes: number;
  sha256: string;
}> {
  const path = join(folder, 'x.zip');
  const handle = await open(path, 'w+');
  const zip = zipWriter(handle, AT);
  for (const [index, [name, content]] of parts.entries()) {
    await zip.add(name, pieces(content), {
      method: content.length === 0 || index % 5 === 4 ? 0 : 8,
      ...(announced && { bytes: content.length }),
    });
  }
  const closed = await zip.close('SHA256SUMS', Buffer.from('sums\n'));
  await handle.close();
  return { path, ...closed };
}

async function* pieces(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += 65_000) {
    yield content.subarray(at, at + 65_000);
  }
}

async function read(path: string): Promise<Part[]> {
  const handle = await open(path);
  try {
    const { entries, when } = await readList(handle, (await handle.stat()).size);
    const source = byteSource(handle);
    const parts: Part[] = [];
    for (const entry of entries) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of readEntry(source, entry, when, assert.fail)) {
        chunks.push(chunk);
      }
      parts.push([entry.name, Buffer.concat(chunks)]);
    }
    return parts;
  } finally {
    await handle.close();
  }
}

const letters = fc
  .array(fc.constantFrom('a', 'é', 'ß', '日', '한', 'ا', 'ж', '𝒜', '-', '.', '7'), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const segment = fc
  .oneof(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/), letters)
  .filter(isPackageName);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));
const content = fc
  .oneof(
    fc.uint8Array({ maxLength: 2000 }),
    fc.string({ maxLength: 2000 }).map((text) => Buffer.from(text)),
    fc.integer({ min: 60_000, max: 300_000 }).map((length) => Buffer.alloc(length, 'abcdefg')),
  )
  .map((bytes) => Buffer.from(bytes));
const parts = fc.uniqueArray(fc.tuple(path, content), {
  selector: ([name]) => name,
  maxLength: 12,
});

describe('what the writer writes', () => {
  it('is what the reader reads, whatever the names and bytes', () =>
    fc.assert(
      fc.asyncProperty(parts, fc.boolean(), async (files, announced) => {
        const { path: archive, bytes, sha256 } = await write(files, announced);
        assert.deepEqual(await read(archive), [...files, ['SHA256SUMS', Buffer.from('sums\n')]]);
        const whole = await readFile(archive);
        assert.equal(bytes, whole.length);
        assert.equal(sha256, createHash('sha256').update(whole).digest('hex'));
      }),
      { numRuns: 60 },
    ));

  it('is the same bytes for the same files', () =>
    fc.assert(
      fc.asyncProperty(parts, async (files) => {
        assert.equal((await write(files)).sha256, (await write(files)).sha256);
      }),
      { numRuns: 15 },
    ));

  it(
    'is opened by unzip and by Python',
    { skip: !runs('unzip', '-v') || !runs('python3', '--version') },
    async () => {
      const files: Part[] = [
        ['a.txt', Buffer.from('hello')],
        ['b/empty', Buffer.alloc(0)],
        ['b/large.bin', Buffer.alloc(3_000_000, 'xyz')],
        ['c.csv', Buffer.from('a\n')],
        ['d', Buffer.from('stored')],
      ];
      const { path: archive } = await write(files);
      assert.match(execFileSync('unzip', ['-tq', archive]).toString(), /No errors detected/);
      const script =
        'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nprint(z.testzip(), ' +
        '[(i.filename, i.file_size, i.date_time) for i in z.infolist()][:1])';
      assert.equal(
        execFileSync('python3', ['-c', script, archive]).toString(),
        "None [('a.txt', 5, (2026, 11, 23, 9, 15, 0))]\n",
      );
    },
  );

  it('may hold more than 65,535 files', async () => {
    const files = Array.from({ length: 65_535 }, (_, index): Part => [
      `f/${index}`,
      Buffer.alloc(0),
    ]);
    const { path: archive } = await write(files);
    const handle = await open(archive);
    assert.equal((await readList(handle, (await handle.stat()).size)).entries.length, 65_536);
    await handle.close();
    if (runs('python3', '--version')) {
      assert.equal(
        execFileSync('python3', [
          '-c',
          'import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))',
          archive,
        ]).toString(),
        '65536\n',
      );
    }
  });

  it('is refused where a file is larger than was announced and no place was kept for its size', async () => {
    const handle = await open(join(folder, 'y.zip'), 'w+');
    await assert.rejects(
      zipWriter(handle, AT).add('x', pieces(Buffer.from('x')), { method: 0, bytes: 0xff000000 }),
      /has 1 bytes where 4278190080 were announced/,
    );
    await handle.close();
  });

  it('stops when it is told to', async () => {
    const handle = await open(join(folder, 'y.zip'), 'w+');
    await assert.rejects(
      zipWriter(handle, AT, AbortSignal.abort()).add('x', pieces(Buffer.alloc(200_000)), {
        method: 8,
      }),
      { name: 'AbortError' },
    );
    await handle.close();
  });

  it('passes on what goes wrong while it reads', async () => {
    const handle = await open(join(folder, 'y.zip'), 'w+');
    const broken = (async function* () {
      yield Buffer.alloc(100_000);
      throw new Error('disk gone');
    })();
    await assert.rejects(zipWriter(handle, AT).add('x', broken, { method: 8 }), /disk gone/);
    await handle.close();
  });
});

describe('headers of sizes beyond 4 GiB', () => {
  const sizes = fc.oneof(
    fc.integer({ min: 0, max: 2000 }),
    fc.integer({ min: 0xfeffffff, max: 0x100000010 }),
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  );
  const entry = fc
    .record({
      name: path,
      method: fc.constantFrom(0 as const, 8 as const),
      crc: fc.nat({ max: 0xffffffff }),
      bytes: sizes,
      compressed: sizes,
      offset: sizes,
      sealed: fc.boolean(),
    })
    .filter(({ bytes, compressed }) => bytes >= 0xff000000 || compressed < 0xffffffff)
    .map(({ sealed, ...rest }): ZipEntry => ({
      ...rest,
      ...(sealed && { seal: Buffer.alloc(32, 7) }),
    }));

  it('are read as they were written', () =>
    fc.assert(
      fc.property(entry, (given) => {
        const header = centralHeader(given, whenOf);
        const found = readCentral(header, 0);
        assert.deepEqual(found, { entry: given, when: whenOf, length: header.length });
        assert.deepEqual(localHeader(found?.entry ?? given, whenOf), localHeader(given, whenOf));
      }),
    ));

  it('end as they were written', () =>
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.oneof(fc.nat({ max: 65_540 }), sizes),
        (bytes, offset, entries) => {
          assert.deepEqual(
            readEnd(Buffer.concat([Buffer.alloc(100), endOf({ bytes, offset, entries })])),
            { bytes, offset, entries },
          );
        },
      ),
    ));
});

describe('a safe name', () => {
  it('comes of any name, and stays what it is once it is safe', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), segment),
        (name) => {
          const safe = safeNameFor(name);
          assert.ok(isPackageName(safe), `${name} → ${safe}`);
          assert.equal(safeNameFor(safe), safe);
        },
      ),
      { numRuns: 2000 },
    ));

  it('never leads out of a folder', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', ':', '\0', ' ', '%') }),
        (name) => {
          assert.ok(!isPackagePath(name) || !/(^|\/)\.|^\/|\\|:/.test(name));
        },
      ),
      { numRuns: 2000 },
    ));

  for (const [name, safe] of [
    ['Export 2024.csv', 'Export-2024.csv'],
    ['Ana Límä.pdf', 'Ana-Límä.pdf'],
    ['../../etc/passwd', 'etc-passwd'],
    ['.htaccess', 'file.htaccess'],
    ['データ.xlsx', 'データ.xlsx'],
    ['a b.tar.gz', 'a-b.tar.gz'],
    ['CON.txt', 'file-CON.txt'],
    ['', 'file'],
    ['...', 'file'],
    [`${'a'.repeat(300)}.json`, `${'a'.repeat(100)}.json`],
  ] as const) {
    it(`of ${JSON.stringify(name.slice(0, 30))} is ${safe.slice(0, 30)}`, () =>
      assert.equal(safeNameFor(name), safe));
  }
});
