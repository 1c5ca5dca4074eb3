import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { safeNameFor } from '../../src/contract/package-path.ts';
import { buildPackage } from '../../src/package/build.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import { inNewStore, order, putFile } from './sample.ts';

const NAMES = [
  '見積書 2026年.txt',
  'Straße & Allee #5.txt',
  'договор.txt',
  'صورة.txt',
  'रसीद.txt',
  '계약서.txt',
];
const hasUnzip = spawnSync('unzip', ['-v']).error === undefined;
const hasPython = spawnSync('python3', ['--version']).error === undefined;

describe('files named in any script', () => {
  const withPackage = (use: (path: string, folder: string) => Promise<void>) =>
    inNewStore(async (store) => {
      const receipts = [];
      for (const [index, name] of NAMES.entries()) {
        receipts.push(
          await putFile(
            store,
            'R-1',
            { name: `acme-${index}`, system: 'acme-mail', answerId: `acme-mail-${index}` },
            `systems/acme-mail/a-${index}/${safeNameFor(name)}`,
            name,
            'text/plain',
          ),
        );
      }
      const { path } = await buildPackage(order(store, receipts));
      await use(path, store.directory);
    });

  it('pass the verifier', () =>
    withPackage(async (path) => assert.deepEqual((await verifyPackage(path)).problems, [])));

  it(
    'keep their names where a package is unpacked, and the sums name them',
    { skip: !hasUnzip || !hasPython },
    () =>
      withPackage(async (path, directory) => {
        const folder = join(directory, 'unpacked');
        await mkdir(folder);
        execFileSync('python3', ['-m', 'zipfile', '-e', path, folder]);
        execFileSync('sha256sum', ['--strict', '--status', '-c', 'SHA256SUMS'], { cwd: folder });
        for (const [index, name] of NAMES.entries()) {
          assert.equal(
            await readFile(join(folder, `systems/acme-mail/a-${index}`, safeNameFor(name)), 'utf8'),
            name,
          );
        }
        const page = await readFile(join(folder, 'index.html'), 'utf8');
        assert.match(
          page,
          /href="systems\/acme-mail\/a-0\/%E8%A6%8B%E7%A9%8D%E6%9B%B8-2026%E5%B9%B4\.txt"/,
        );
        assert.match(page, />見積書-2026年\.txt</);
      }),
  );
});
