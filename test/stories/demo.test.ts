import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'node:test';
import type { RequestStatus } from '../../src/contract/status.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { personalTexts, textsInFiles } from '../support/personal-texts.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const texts = personalTexts(
  JSON.parse(readFileSync(join(root, 'samples/seed-demo.json'), 'utf8')) as Seed,
);

const surroundings = (home: string) => ({
  env: {
    PATH: process.env.PATH,
    HOME: home,
    ...(process.env.DOSSIER_CACHE_DIR && { DOSSIER_CACHE_DIR: process.env.DOSSIER_CACHE_DIR }),
  },
});
const processesOf = async (dataDir: string): Promise<string[]> =>
  (await promisify(execFile)('ps', ['-eo', 'pid,args'])).stdout
    .split('\n')
    .filter((line) => line.includes(dataDir));

describe('dossier demo', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-demo-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it(
    'ends by itself with --exit, with verified packages, no person in the database and the ' +
      'logs, and no process left behind',
    async () => {
      const dataDir = join(folder, 'data');
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(root, 'bin/dossier.js'), 'demo', '--exit', '--json', '--data-dir', dataDir],
        surroundings(folder),
      );
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const last = lines.at(-1) as { done: boolean; requests: RequestStatus[] };
      assert.equal(last.done, true);
      const delivered = last.requests.filter(({ stage }) => stage === 'delivered');
      assert.ok(delivered.length >= 3);
      for (const { requestId, package: archive } of delivered) {
        assert.equal(
          fileURLToPath(archive?.uri ?? ''),
          join(dataDir, 'packages', `${requestId}.zip`),
        );
        assert.deepEqual((await verifyPackage(fileURLToPath(archive?.uri ?? ''))).problems, []);
      }
      const logs = (await readdir(join(dataDir, 'logs'))).map((name) =>
        join(dataDir, 'logs', name),
      );
      assert.ok(logs.length >= 3);
      const databases = (await readdir(dataDir))
        .filter((name) => name.startsWith('temporal.db'))
        .map((name) => join(dataDir, name));
      assert.ok(databases.length > 0);
      assert.deepEqual(await textsInFiles([...databases, ...logs], texts), {});

      assert.deepEqual(await processesOf(dataDir), []);
      const addresses = [
        lines[0]?.ui,
        lines[0]?.core,
        lines[0]?.vendors,
        `http://${String(lines[0]?.temporal)}`,
      ].map(String);
      for (const address of addresses) {
        await assert.rejects(
          fetch(address),
          (error: Error & { cause?: { code?: string } }) => error.cause?.code === 'ECONNREFUSED',
          address,
        );
      }
    },
  );

  it('ends well when Ctrl-C comes in the middle of the story, and leaves no process behind', async () => {
    const dataDir = join(folder, 'interrupted');
    const demo = spawn(
      process.execPath,
      [join(root, 'bin/dossier.js'), 'demo', '--json', '--data-dir', dataDir],
      { ...surroundings(folder), stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await once(demo.stdout, 'data');
    demo.kill('SIGINT');
    assert.deepEqual(await once(demo, 'exit'), [0, null]);
    assert.deepEqual(await processesOf(dataDir), []);
  });
});
