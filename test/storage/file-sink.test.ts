import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Readable } from 'node:stream';
import { inNewStore } from '../package/sample.ts';

const NDJSON = { mediaType: 'application/x-ndjson' };
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
const textOf = async (stream: Readable) =>
  Buffer.concat((await stream.toArray()) as Uint8Array[]).toString();

describe('a working copy', () => {
  it('is absent until it is finished, and then whole, with its bytes, hash and rows', () =>
    inNewStore(async (store) => {
      const file = await store.sink('R-1').open('profiles/1/a.ndjson', { ...NDJSON, table: 'a' });
      await file.write('{"a":1}\n');
      await file.write(Buffer.from('{"a":2}\n'));
      await assert.rejects(textOf(store.readFile('R-1', 'profiles/1/a.ndjson')), {
        code: 'ENOENT',
      });
      assert.deepEqual(await file.finish(2), {
        path: 'profiles/1/a.ndjson',
        bytes: 16,
        sha256: sha256('{"a":1}\n{"a":2}\n'),
        rows: 2,
        mediaType: 'application/x-ndjson',
        table: 'a',
      });
      assert.equal(
        await textOf(store.readFile('R-1', 'profiles/1/a.ndjson')),
        '{"a":1}\n{"a":2}\n',
      );
      assert.deepEqual(await readdir(join(store.directory, 'work/R-1/files/profiles/1')), [
        'a.ndjson',
      ]);
    }));

  it('is the owner’s alone, and so are its folders', () =>
    inNewStore(async (store) => {
      const file = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
      await file.finish(0);
      const mode = async (path: string) =>
        ((await stat(join(store.directory, path))).mode & 0o777).toString(8);
      assert.deepEqual(
        await Promise.all(['work', 'work/R-1', 'work/R-1/files/profiles/1'].map(mode)),
        ['700', '700', '700'],
      );
      assert.equal(await mode('work/R-1/files/profiles/1/a.ndjson'), '600');
    }));

  it('keeps the order of writes that nobody waited for, and does not keep the caller’s buffer', () =>
    inNewStore(async (store) => {
      const file = await store
        .sink('R-1')
        .open('systems/a/1/x.bin', { mediaType: 'application/octet-stream' });
      const buffer = Buffer.alloc(40_000);
      const expected: Buffer[] = [];
      const writes: Promise<void>[] = [];
      for (let index = 0; index < 20; index++) {
        buffer.fill(index);
        expected.push(Buffer.from(buffer));
        writes.push(file.write(Buffer.from(buffer)));
      }
      await Promise.all(writes);
      const { sha256: found, bytes } = await file.finish();
      assert.equal(bytes, 800_000);
      assert.equal(found, sha256(Buffer.concat(expected)));
    }));

  it(
    'goes on from its resume point after a crash, hashing the kept prefix again and dropping ' +
      'what lies behind',
    () =>
      inNewStore(async (store) => {
        const first = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
        await first.write(`${'x'.repeat(100_000)}\n`);
        const resumeAt = await first.flush();
        await first.write('lost');
        await first.flush();
        const second = await store.sink('R-1').open('profiles/1/a.ndjson', { ...NDJSON, resumeAt });
        await second.write('kept\n');
        const { bytes, sha256: found } = await second.finish(2);
        assert.equal(bytes, 100_006);
        assert.equal(found, sha256(`${'x'.repeat(100_000)}\nkept\n`));
        assert.equal(
          found,
          sha256(await readFile(join(store.directory, 'work/R-1/files/profiles/1/a.ndjson'))),
        );
        await first.discard();
      }),
  );

  it('goes on from a file that was finished but never reported', () =>
    inNewStore(async (store) => {
      const first = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
      await first.write('one\ntwo\n');
      await first.finish(2);
      const second = await store
        .sink('R-1')
        .open('profiles/1/a.ndjson', { ...NDJSON, resumeAt: 4 });
      await second.write('2\n');
      assert.equal((await second.finish(2)).sha256, sha256('one\n2\n'));
    }));

  it('says that it cannot go on where the prefix is gone or shorter', () =>
    inNewStore(async (store) => {
      const open = () => store.sink('R-1').open('profiles/1/a.ndjson', { ...NDJSON, resumeAt: 10 });
      await assert.rejects(open, { code: 'cannot-resume' });
      await (await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON)).finish(0);
      await assert.rejects(open, { code: 'cannot-resume' });
    }));

  it('is not disturbed by an earlier attempt that wakes up', () =>
    inNewStore(async (store) => {
      const sleeper = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
      await sleeper.write('old\n');
      await sleeper.flush();
      const later = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
      await later.write('new\n');
      await later.flush();
      await sleeper.write('older\n');
      await assert.rejects(sleeper.finish(2), /a later attempt writes this file/);
      assert.equal((await later.finish(1)).sha256, sha256('new\n'));
      assert.equal(await textOf(store.readFile('R-1', 'profiles/1/a.ndjson')), 'new\n');
    }));

  it('may be discarded once more, and after it was finished, without harm', () =>
    inNewStore(async (store) => {
      const file = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
      await file.finish(0);
      await file.discard();
      await file.discard();
      assert.equal(await textOf(store.readFile('R-1', 'profiles/1/a.ndjson')), '');
    }));

  it('waits for a later attempt when it is suspended', () =>
    inNewStore(async (store) => {
      const first = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
      await first.write('one\n');
      await first.suspend?.();
      const second = await store
        .sink('R-1')
        .open('profiles/1/a.ndjson', { ...NDJSON, resumeAt: 4 });
      assert.equal((await second.finish(1)).sha256, sha256('one\n'));
    }));

  it('leaves nothing when it is discarded', () =>
    inNewStore(async (store) => {
      const file = await store.sink('R-1').open('profiles/1/a.ndjson', NDJSON);
      await file.write('x');
      await file.discard();
      assert.deepEqual(await readdir(join(store.directory, 'work/R-1/files/profiles/1')), []);
    }));

  it('holds its bytes whatever the pieces', () =>
    inNewStore(async (store) => {
      const content = randomBytes(300_000);
      const file = await store
        .sink('R-1')
        .open('systems/a/1/x.bin', { mediaType: 'application/octet-stream' });
      for (let at = 0, step = 1; at < content.length; at += step, step = (step * 7) % 70_001) {
        await file.write(content.subarray(at, at + step));
      }
      assert.equal((await file.finish()).sha256, sha256(content));
    }));
});

describe('a package path', () => {
  const unsafe = [
    '',
    '/etc/passwd',
    '../x',
    'profiles/../../x',
    'profiles//x',
    'profiles/./x',
    'a\\b',
    'C:/x',
    'x/',
    '.hidden',
    'profiles/.x',
    'a b',
    'e\u0301.txt',
    'x\0',
    '-rf',
    'nul',
    'systems/CON.txt',
    'a.',
    'a'.repeat(200),
  ];
  for (const path of unsafe) {
    it(`is refused: ${JSON.stringify(path.slice(0, 40))}`, () =>
      inNewStore(async (store) => {
        await assert.rejects(store.sink('R-1').open(path, NDJSON), RangeError);
        assert.throws(() => store.readFile('R-1', path), RangeError);
      }));
  }

  it('is refused where a folder on its way is a symbolic link', () =>
    inNewStore(async (store) => {
      await mkdir(join(store.directory, 'work/R-1/files'), { recursive: true });
      await mkdir(join(store.directory, 'elsewhere'));
      await symlink(
        join(store.directory, 'elsewhere'),
        join(store.directory, 'work/R-1/files/profiles'),
      );
      await assert.rejects(store.sink('R-1').open('profiles/1/a.ndjson', NDJSON), /symbolic link/);
      assert.deepEqual(
        await readdir(join(store.directory, 'elsewhere')).then((names) =>
          names.filter((name) => name.endsWith('.ndjson')),
        ),
        [],
      );
    }));

  for (const requestId of ['..', '../R-1', 'a/b', '', '.x']) {
    it(`does not come from a request ID such as ${JSON.stringify(requestId)}`, () =>
      inNewStore(async (store) => {
        assert.throws(() => store.sink(requestId), RangeError);
        await assert.rejects(async () => store.removeRequest(requestId), RangeError);
      }));
  }
});
