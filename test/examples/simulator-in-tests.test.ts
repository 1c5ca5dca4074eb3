import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../documents.ts';

const run = promisify(execFile);
/** How npm says that it reaches no registry, and has not kept what it needs. */
const OFFLINE = /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/;

describe('simulator-in-tests', () => {
  it('a packed simulator, installed in an empty folder, serves a test', async (test) => {
    const folder = await mkdtemp(join(tmpdir(), 'dossier-example-'));
    try {
      await run('npm', ['pack', '-w', 'packages/simulator', '--pack-destination', folder], {
        cwd: root,
      });
      const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '';
      assert.match(packed, /^dossier-salesforce-simulator-[\d.]+\.tgz$/);
      await cp(join(root, 'examples/simulator-in-tests'), folder, { recursive: true });
      const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed}`];
      try {
        await run('npm', install, { cwd: folder, timeout: 180_000 });
      } catch (error) {
        const said = (error as { stderr?: string }).stderr ?? '';
        if (!OFFLINE.test(said)) throw error;
        return test.skip('The packed simulator was not tested: npm reaches no registry.');
      }
      const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;
      const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], {
        cwd: folder,
        env,
        timeout: 120_000,
      });
      assert.match(stdout, /# pass 2\n# fail 0/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
