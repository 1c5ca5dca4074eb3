import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describeFailure } from '../src/cli/output/failures.ts';

const script = fileURLToPath(new URL('../../scripts/prune-native.mjs', import.meta.url));
const own = `${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch as string]}-${
  { linux: 'unknown-linux-gnu', darwin: 'apple-darwin', win32: 'pc-windows-msvc' }[
    process.platform as string
  ]
}`;

describe('native binaries of other platforms', () => {
  let folder: string;
  const binary = async (path: string) => {
    await mkdir(join(folder, path), { recursive: true });
    await writeFile(join(folder, path, 'index.node'), 'binary');
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-native-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are removed, each by its name; those of this platform and of no platform stay', async () => {
    const others = ['x86_64-pc-windows-msvc', 'aarch64-apple-darwin', 'x86_64-apple-darwin'].filter(
      (name) => name !== own,
    );
    for (const name of [own, ...others]) {
      await binary(`sdk/releases/${name}`);
    }
    await binary('plain/build');
    const said = execFileSync(process.execPath, [script, folder], { encoding: 'utf8' });
    for (const name of others) {
      assert.ok(said.includes(`removed ${join('sdk/releases', name)}`), said);
      assert.ok(!existsSync(join(folder, 'sdk/releases', name)));
    }
    assert.ok(existsSync(join(folder, 'sdk/releases', own, 'index.node')));
    assert.ok(existsSync(join(folder, 'plain/build/index.node')));
  });

  it('are left where there is none for this platform, which is said', async () => {
    await binary(`other/releases/${own.startsWith('x86_64') ? 'aarch64' : 'x86_64'}-apple-darwin`);
    const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /There is no binary for .* in other.releases/);
  });
});

it('a command that needs the simulator says in one sentence how it is installed', () => {
  const { facts, exitCode } = describeFailure(
    Object.assign(
      new Error("Cannot find package '@dossier/salesforce-simulator' imported from /app/stack.js"),
      { code: 'ERR_MODULE_NOT_FOUND' },
    ),
  );
  assert.equal(exitCode, 1);
  assert.match(facts.message, /^[^.]*: npm install @dossier\/salesforce-simulator@\d+\.\d+\.\d+$/);
});
