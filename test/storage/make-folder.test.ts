import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { makeFolder } from '../../src/storage/make-folder.ts';

const inFolder = async (use: (folder: string) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-folder-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

it('a folder that many make at once, parents and all, is made for each of them', () =>
  inFolder(async (root) => {
    for (let round = 0; round < 20; round += 1) {
      const paths = Array.from({ length: 12 }, (_, index) =>
        join(root, `${round}`, 'a', 'b', `${index % 3}`, 'c'),
      );
      await Promise.all(paths.map((path) => makeFolder(path, 0o700)));
      for (const path of paths) {
        assert.equal((await stat(path)).mode & 0o777, 0o700);
      }
    }
  }));

it('a folder below a file is refused with the reason', () =>
  inFolder(async (root) => {
    await writeFile(join(root, 'file'), '');
    await assert.rejects(makeFolder(join(root, 'file', 'a', 'b'), 0o700), { code: 'ENOTDIR' });
  }));
