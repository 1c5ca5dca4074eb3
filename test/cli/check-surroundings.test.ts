import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, it, type TestContext } from 'node:test';
import { look, type Finds } from '../../src/cli/doctor/finding.ts';
import {
  checkClear,
  checkClouds,
  checkNode,
  checkStorage,
} from '../../src/cli/doctor/check-surroundings.ts';

describe('what the doctor looks at', () => {
  const versions = [
    ['20.18.1', true],
    ['20.20.2', true],
    ['22.0.0', true],
    ['20.18.0', false],
    ['20.9.5', false],
    ['18.99.99', false],
  ] as const;
  for (const [version, good] of versions) {
    it(`Node ${version} is ${good ? 'good' : 'too old'}`, () =>
      good ? assert.ok(checkNode(version)) : assert.throws(() => checkNode(version), /too old/));
  }

  it('a cloud that is neither configured nor declared is named', () => {
    const system = { id: 'crm', connector: 'core-crm', dataSources: [] };
    const notUsed = {
      'marketing-cloud': 'no licence',
      'account-engagement': 'no licence',
      'b2c-commerce': 'no licence',
    };
    assert.throws(() => checkClouds({ systems: [system], notUsed }), /^Error: personalization:/);
    assert.ok(
      checkClouds({ systems: [system], notUsed: { ...notUsed, personalization: 'no licence' } }),
    );
  });

  it('warns where messages in clear are taken, and fails for nothing that works', () => {
    const seen = (['all', 'input', 'never'] as const).map((clear) =>
      checkClear({ accept: { clear } }),
    );
    assert.deepEqual(
      seen.map(({ ok, warning, actions }) => [ok, warning, actions.length]),
      [
        [true, true, 1],
        [true, undefined, 0],
        [true, undefined, 0],
      ],
    );
  });

  it('a data directory that cannot be written is named with the reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dossier-storage-'));
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(
      checkStorage({ storage: { directory: join(folder, 'file', 'data') } }),
      /file stands where a folder must be \(ENOTDIR\)/,
    );
    assert.match(
      await checkStorage({ storage: { directory: join(folder, 'data') } }),
      /made just now/,
    );
    await rm(folder, { recursive: true });
  });

  it('a place where nothing can be made ends the check at once, with its code', async () => {
    await assert.rejects(checkStorage({ storage: { directory: '/proc/dossier/data' } }), /ENOENT/);
  });

  it('a check that hangs ends all the same', async () => {
    const finding = await look('disk', () => new Promise<string>(() => undefined), [], 20);
    assert.match(finding.found, /did not come to an end within 0\.02 s/);
  });

  const mounted = async (
    t: TestContext,
    options: string,
    work: (folder: string) => Promise<void>,
  ) => {
    const folder = await mkdtemp(join(tmpdir(), 'dossier-mount-'));
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    try {
      if (status !== 0) return t.skip('a file system can be mounted here by root only');
      await work(folder);
    } finally {
      if (status === 0) spawnSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    }
  };
  it('a read-only file system is called that, though the folder does not exist', (t) =>
    mounted(t, 'ro,size=64k', (folder) =>
      assert.rejects(
        checkStorage({ storage: { directory: join(folder, 'deep', 'data') } }),
        /mounted read-only \(EROFS\)/,
      ),
    ));
  it('a full disk is called that', (t) =>
    mounted(t, 'size=64k', async (folder) => {
      await writeFile(join(folder, 'ballast'), Buffer.alloc(64 * 1024)).catch(() => undefined);
      await assert.rejects(
        checkStorage({ storage: { directory: folder } }),
        (error: Finds) =>
          /disk is full \(ENOSPC\)/.test(error.message) && /Make room/.test(error.actions.join()),
      );
    }));
});
