import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { buildPackage, type BuiltPackage } from '../../src/package/build.ts';
import { listPackage } from '../../src/package/list.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import { dosTime } from '../../src/package/zip-format.ts';
import { byteSource, readEntry, readList } from '../../src/package/zip-reader.ts';
import { zipWriter } from '../../src/package/zip-writer.ts';
import { openStore } from '../../src/storage/filesystem.ts';
import { AT, inNewStore, smallPackage } from './sample.ts';

let folder: string;
let built: BuiltPackage;
let good: Buffer;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dossier-verify-'));
  built = await buildPackage(await smallPackage(openStore(folder)));
  good = await readFile(built.path);
  await rename(`${built.path}.sha256`, join(folder, 'sum'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function problemsWith(bytes: Uint8Array): Promise<string[]> {
  const path = join(folder, 'changed.zip');
  await writeFile(path, bytes);
  const { ok, problems } = await verifyPackage(path);
  assert.equal(ok, problems.length === 0);
  return problems.map(({ entry, problem }) => `${entry ?? 'archive'}: ${problem}`);
}

async function everywhere(change: (at: number) => Uint8Array, step: number): Promise<number[]> {
  const missed: number[] = [];
  for (let at = 0; at < good.length; at += step) {
    if ((await problemsWith(change(at))).length === 0) missed.push(at);
  }
  return missed;
}

describe('a package as it was made', () => {
  it('is verified, with its entries, bytes and hash, and a note that its own hash was not there to compare', async () => {
    assert.deepEqual(await verifyPackage(built.path), {
      ok: true,
      problems: [],
      files: built.files,
      bytes: built.bytes,
      sha256: built.sha256,
      notes: [
        "There is no R-1.zip.sha256 beside it, so the archive's own hash could not be compared.",
      ],
    });
  });

  it('is compared with the hash beside it, if there is one', () =>
    inNewStore(async (store) => {
      const { path } = await buildPackage(await smallPackage(store));
      assert.deepEqual((await verifyPackage(path)).notes, []);
      await writeFile(`${path}.sha256`, `${'0'.repeat(64)}  R-1.zip\n`);
      assert.match(
        (await verifyPackage(path)).problems[0]?.problem ?? '',
        /R-1\.zip\.sha256 says otherwise/,
      );
    }));

  it('tells its progress and can be stopped', async () => {
    const seen: number[] = [];
    await verifyPackage(built.path, { progress: (done, total) => seen.push(done / total) });
    assert.ok(
      seen.length > 0 &&
        seen.every((share, index) => share >= (seen[index - 1] ?? 0) && share <= 1),
    );
    await assert.rejects(verifyPackage(built.path, { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });
});

describe('not one byte can be changed, missing or added', () => {
  it('changed: a byte anywhere', async () => {
    const path = join(folder, 'flipped.zip');
    await writeFile(path, good);
    const handle = await open(path, 'r+');
    const parts = await partsOf(built.path);
    const texts = good.indexOf(parts[2]?.name ?? '');
    const missed: number[] = [];
    for (let at = 0; at < good.length; at += at > 100 && at < texts - 100 ? 7 : 1) {
      await handle.write(Uint8Array.of(good.readUInt8(at) ^ (1 << (at % 8))), 0, 1, at);
      if ((await verifyPackage(path)).ok) missed.push(at);
      await handle.write(good, at, 1, at);
    }
    await handle.close();
    assert.deepEqual(missed, []);
    assert.equal((await verifyPackage(path)).ok, true);
  });

  it('changed so that it unpacks to the very same files', async () => {
    const [index] = await partsOf(built.path);
    const begin = 30 + 'index.html'.length;
    const end = good.indexOf(Buffer.from('504b0304', 'hex'), begin);
    const same: string[][] = [];
    for (let at = end - 1; at > begin && same.length === 0; at--) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(good);
        changed[at] = good.readUInt8(at) ^ (1 << bit);
        if (unpacksTo(index?.content, changed.subarray(begin, end))) {
          same.push(await problemsWith(changed));
        }
      }
    }
    assert.ok(same.length > 0);
    for (const problems of same) {
      assert.deepEqual(problems, [
        'SHA256SUMS: its seal does not fit the bytes before it: some of them were changed',
      ]);
    }
  });

  it('missing: a byte anywhere', async () => {
    assert.deepEqual(
      await everywhere((at) => Buffer.concat([good.subarray(0, at), good.subarray(at + 1)]), 13),
      [],
    );
  });

  it('added: a byte anywhere', async () => {
    assert.deepEqual(
      await everywhere(
        (at) => Buffer.concat([good.subarray(0, at), Buffer.from([0]), good.subarray(at)]),
        13,
      ),
      [],
    );
    assert.notDeepEqual(await problemsWith(Buffer.concat([good, Buffer.from([0])])), []);
    assert.notDeepEqual(await problemsWith(Buffer.concat([Buffer.from('MZ'), good])), []);
  });

  it('cut off: at any length', async () => {
    assert.deepEqual(await everywhere((at) => good.subarray(0, at), 29), []);
  });
});

function unpacksTo(content: Buffer | undefined, packed: Buffer): boolean {
  try {
    return content !== undefined && inflateRawSync(packed).equals(content);
  } catch {
    return false;
  }
}

type Part = {
  name: string;
  method: 0 | 8;
  content: Buffer;
};
async function partsOf(path: string): Promise<Part[]> {
  const handle = await open(path);
  const { entries, when } = await readList(handle, (await handle.stat()).size);
  const source = byteSource(handle);
  const parts: Part[] = [];
  for (const entry of entries) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of readEntry(source, entry, when, assert.fail)) {
      chunks.push(chunk);
    }
    parts.push({ name: entry.name, method: entry.method, content: Buffer.concat(chunks) });
  }
  await handle.close();
  return parts;
}

async function remade(parts: readonly Part[], at = AT): Promise<Buffer> {
  const path = join(folder, 'remade.zip');
  const handle = await open(path, 'w+');
  const zip = zipWriter(handle, at);
  for (const { name, method, content } of parts.slice(0, -1)) {
    await zip.add(
      name,
      (async function* () {
        yield content;
      })(),
      { method, bytes: content.length },
    );
  }
  const last = parts.at(-1);
  await zip.close(last?.name ?? 'x', last?.content ?? Buffer.alloc(0));
  await handle.close();
  return readFile(path);
}

describe('an archive that somebody made anew', () => {
  it('from the same parts is the same', async () => {
    assert.deepEqual(await remade(await partsOf(built.path)), good);
  });

  const FILE = 'systems/acme-mail/acme-mail-1/mails.txt';
  const changed = (parts: readonly Part[], name: string, change: (text: string) => string) =>
    parts.map((part) =>
      part.name === name
        ? { ...part, content: Buffer.from(change(part.content.toString())) }
        : part,
    );
  const line = (parts: readonly Part[], name: string) =>
    new RegExp(`^.{64}  ${name}\n`, 'm').exec(parts.at(-1)?.content.toString() ?? '')?.[0] ??
    assert.fail(name);
  const cases: readonly (readonly [
    what: string,
    problem: RegExp,
    change: (parts: readonly Part[]) => readonly Part[],
  ])[] = [
    [
      'lacks a file',
      /mails\.txt: is listed in SHA256SUMS and missing/,
      (parts) => parts.filter(({ name }) => name !== FILE),
    ],
    [
      'lacks a file and its sum',
      /mails\.txt: stands in the manifest and is missing/,
      (parts) =>
        changed(
          parts.filter(({ name }) => name !== FILE),
          'SHA256SUMS',
          (text) => text.replace(line(parts, FILE), ''),
        ),
    ],
    [
      'has a file more',
      /more\.txt: is not listed in SHA256SUMS/,
      (parts) => [
        ...parts.slice(0, -1),
        { name: 'systems/more.txt', method: 8, content: Buffer.from('x') },
        ...parts.slice(-1),
      ],
    ],
    [
      'has a file changed',
      /mails\.txt: has the SHA-256/,
      (parts) => changed(parts, FILE, (text) => text.replace('Ana', 'Eva')),
    ],
    [
      'has a file twice',
      /mails\.txt: stands twice/,
      (parts) => [
        ...parts.slice(0, -1),
        ...parts.filter(({ name }) => name === FILE),
        ...parts.slice(-1),
      ],
    ],
    [
      'has its files in another order',
      /SHA256SUMS: does not list the files in their order/,
      (parts) => [parts[0]!, parts[1]!, parts[3]!, parts[2]!, ...parts.slice(4)],
    ],
    [
      'does not begin with its index',
      /index\.html: does not stand in its place/,
      (parts) => [parts[1]!, parts[0]!, ...parts.slice(2)],
    ],
    [
      'does not end with its sums',
      /SHA256SUMS: does not stand in its place/,
      (parts) => [...parts.slice(0, -2), parts.at(-1)!, parts.at(-2)!],
    ],
    [
      'has no manifest',
      /datapackage\.json: is missing/,
      (parts) => parts.filter(({ name }) => name !== 'datapackage.json'),
    ],
    [
      'has a manifest that is no JSON',
      /datapackage\.json: is no JSON/,
      (parts) => changed(parts, 'datapackage.json', () => '{'),
    ],
    [
      'has a manifest of another kind',
      /datapackage\.json: is no manifest of a package/,
      (parts) => changed(parts, 'datapackage.json', () => '{}'),
    ],
    [
      'has a manifest that counts other records',
      /Individual__dlm\.csv: holds 1 records, and the manifest says 2/,
      (parts) => changed(parts, 'datapackage.json', (text) => text.replace('"rows":1', '"rows":2')),
    ],
    [
      'has a manifest with another size',
      /Individual__dlm\.csv: has 82 bytes, and the manifest says 83/,
      (parts) =>
        changed(parts, 'datapackage.json', (text) => text.replace('"bytes":82', '"bytes":83')),
    ],
    [
      'has a receipt less',
      /mails\.txt: is named by no receipt/,
      (parts) =>
        changed(parts, 'datapackage.json', (text) =>
          text.replace(`"files":["${FILE}"]`, '"files":[]'),
        ),
    ],
    [
      'has a file that would climb out',
      /\.\.\/x: has a name that no package has/,
      (parts) => [
        ...parts.slice(0, -1),
        { name: '../x', method: 0, content: Buffer.from('x') },
        ...parts.slice(-1),
      ],
    ],
    [
      'has a file with an absolute name',
      /\/etc\/x: has a name that no package has/,
      (parts) => [
        ...parts.slice(0, -1),
        { name: '/etc/x', method: 0, content: Buffer.from('x') },
        ...parts.slice(-1),
      ],
    ],
    [
      'lists a file twice in its sums',
      /mails\.txt: stands twice in SHA256SUMS/,
      (parts) => changed(parts, 'SHA256SUMS', (text) => text + line(parts, FILE)),
    ],
    [
      'has a word more in its sums',
      /SHA256SUMS: holds a line/,
      (parts) => changed(parts, 'SHA256SUMS', (text) => `# by me\n${text}`),
    ],
    [
      'has its sums without the last end of line',
      /is not listed in SHA256SUMS/,
      (parts) => changed(parts, 'SHA256SUMS', (text) => text.trimEnd()),
    ],
  ];
  for (const [what, problem, change] of cases) {
    it(`${what}: is found out`, async () => {
      const problems = await problemsWith(await remade(change(await partsOf(built.path))));
      assert.ok(
        problems.some((each) => problem.test(each)),
        problems.join('\n'),
      );
    });
  }

  it('has another time: is found out', async () => {
    assert.deepEqual(
      await problemsWith(await remade(await partsOf(built.path), '2026-11-24T00:00:00.000Z')),
      ['datapackage.json: was made at another time than the archive says'],
    );
  });

  it('has a comment: is found out', async () => {
    const commented = Buffer.concat([good, Buffer.from('hello')]);
    commented.writeUInt16LE(5, good.length - 2);
    assert.match((await problemsWith(commented))[0] ?? '', /no end record in the last 22 bytes/);
  });

  it('claims more than it holds: is found out before it is unpacked', async () => {
    const at = good.lastIndexOf(Buffer.from(FILE)) - 46;
    const bomb = Buffer.from(good);
    bomb.writeUInt32LE(0x7fffffff, at + 24);
    const local = bomb.readUInt32LE(at + 42);
    bomb.writeUInt32LE(0x7fffffff, local + 22);
    assert.ok(
      (await problemsWith(bomb)).some((problem) =>
        /claims 2147483647 bytes, more than \d+ packed bytes can hold/.test(problem),
      ),
    );
  });

  it('claims less than it holds: is found out, and no more is unpacked', async () => {
    const at = good.lastIndexOf(Buffer.from(FILE)) - 46;
    const bomb = Buffer.from(good);
    bomb.writeUInt32LE(5, at + 24);
    bomb.writeUInt32LE(5, bomb.readUInt32LE(at + 42) + 22);
    assert.ok(
      (await problemsWith(bomb)).some((problem) =>
        problem.includes('unpacks to more than the 5 bytes that it claims'),
      ),
    );
  });

  it('says that it is encrypted: is found out', async () => {
    const at = good.lastIndexOf(Buffer.from(FILE)) - 46;
    const changed = Buffer.from(good);
    changed.writeUInt16LE(0x0801, at + 8);
    assert.match(
      (await problemsWith(changed))[0] ?? '',
      /mails\.txt: its header in the list has flags that no package has/,
    );
  });
});

describe('an archive that was made to exhaust its reader', () => {
  const MIB = 2 ** 20;
  const made = (parts: Readonly<Record<string, Buffer>>) =>
    remade(Object.entries(parts).map(([name, content]) => ({ name, method: 8 as const, content })));
  const index = Buffer.from('<!doctype html>');

  it('by a long SHA256SUMS: is not read', async () => {
    const problems = await problemsWith(
      await made({
        'index.html': index,
        'datapackage.json': Buffer.from('{}'),
        SHA256SUMS: Buffer.alloc(17 * MIB, '\n'),
      }),
    );
    assert.ok(
      problems.some((problem) =>
        /SHA256SUMS: claims \d+ bytes, more than can be checked/.test(problem),
      ),
      problems.join('\n'),
    );
    assert.ok(problems.length <= 101);
  });
  it('by many problems: tells a hundred, and how many more there are', async () => {
    const problems = await problemsWith(
      await made({
        'index.html': index,
        'datapackage.json': Buffer.from('{}'),
        SHA256SUMS: Buffer.alloc(2 * MIB, 'x\n'),
      }),
    );
    assert.ok(problems.length <= 101, `${problems.length}`);
    assert.ok(problems.every((problem) => problem.length < 700));
  });
  it('by a long manifest: is listed by nobody', async () => {
    await made({
      'index.html': index,
      'datapackage.json': Buffer.alloc(17 * MIB, ' '),
      SHA256SUMS: Buffer.from('x\n'),
    });
    await assert.rejects(
      listPackage(join(folder, 'remade.zip')),
      /claims \d+ bytes, more than is looked at/,
    );
  });
  it('by names that differ in case only: is found out', async () => {
    const problems = await problemsWith(
      await made({
        'index.html': index,
        'datapackage.json': Buffer.from('{}'),
        'systems/Mail/a.txt': index,
        'systems/mail/a.txt': index,
        SHA256SUMS: Buffer.from(''),
      }),
    );
    assert.ok(
      problems.some((problem) =>
        /systems\/mail\/a\.txt: differs from systems\/Mail\/a\.txt only in case/.test(problem),
      ),
      problems.join('\n'),
    );
  });
});

describe('what is no package', () => {
  const cases: readonly (readonly [what: string, bytes: Buffer, problem: RegExp])[] = [
    ['an empty file', Buffer.alloc(0), /no end record/],
    ['a text', Buffer.from('hello, this is only a text and no archive at all\n'), /no end record/],
    [
      'an empty archive',
      Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'),
      /index\.html: is missing/,
    ],
  ];
  for (const [what, bytes, problem] of cases) {
    it(`${what}: is refused in words`, async () => {
      const problems = await problemsWith(bytes);
      assert.match(problems[0] ?? '', problem);
    });
  }

  it('a file that is not there: is refused in words', async () => {
    const path = join(folder, 'missing.zip');
    assert.deepEqual(await verifyPackage(path), {
      ok: false,
      problems: [{ problem: `there is no file at ${path}` }],
      notes: [],
      files: 0,
      bytes: 0,
      sha256: '',
    });
  });

  it('a folder: is refused in words', async () => {
    assert.deepEqual((await verifyPackage(folder)).problems, [{ problem: `${folder} is no file` }]);
  });
});

describe('the time of an archive', () => {
  it('is in UTC, to two seconds', () => {
    assert.deepEqual(dosTime('2026-11-23T09:15:31.000Z'), {
      date: (46 << 9) | (11 << 5) | 23,
      time: (9 << 11) | (15 << 5) | 15,
    });
  });
});
