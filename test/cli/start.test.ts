import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { COMMANDS } from '../../src/cli/commands/index.ts';

const run = promisify(execFile);
const clients = Object.keys(COMMANDS).filter((name) => /^(?:request|vendor|law) /.test(name));

/** What a program prints of the native modules that it has loaded. */
const NATIVE =
  "console.log(process.report.getReport().sharedObjects.filter((it) => it.endsWith('.node')).length)";

describe('what starts', () => {
  it('by `import { Dossier }` loads nothing native, and no library before the first call', async () => {
    const { stdout } = await run(process.execPath, [
      '--input-type=module',
      '-e',
      (
        `const { Dossier } = await import('dossier'); console.log(typeof Dossier.connect, ` +
        `Object.keys(require('node:module')._cache ?? {}).length); ${NATIVE}`
      ).replace("require('node:module')", "(await import('node:module')).default"),
    ]);
    assert.deepEqual(stdout.trim().split('\n'), ['function 0', '0']);
  });

  it('by a client command is one bundle, which says what the compiled files say', async () => {
    for (const name of [clients[0] ?? '', 'request show', 'law due']) {
      const args = [...name.split(' '), '--help'];
      const [bundled, compiled] = await Promise.all(
        ['bin/dossier.js', 'dist/src/cli/main.js'].map((main) =>
          run(process.execPath, [main, ...args]),
        ),
      );
      assert.equal(bundled?.stdout, compiled?.stdout);
      assert.match(bundled?.stdout ?? '', new RegExp(`^Usage: dossier ${name} `));
    }
  });

  it('by a client command answers a question of law from the bundle', async () => {
    const { stdout } = await run(process.execPath, [
      'bin/dossier.js',
      'law',
      'due',
      '--law',
      'gdpr',
      '--country',
      'FR',
      '--received',
      '2026-07-31',
    ]);
    assert.match(stdout, /31 Aug 2026/);
  });
});
