import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from '../src/simulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'dossier-simulator-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const marks = [folder, createHash('sha256').update(folder).digest('hex').slice(0, 16)];
const servers = (): string[] =>
  spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => /\bpostgres -D /.test(line) && marks.some((mark) => line.includes(mark)));
const ended = async (): Promise<boolean> => {
  for (let waited = 0; waited < 200; waited += 1) {
    if (servers().length === 0) return true;
    await sleep(100);
  }
  return false;
};

describe('the database process', () => {
  it('is gone after a stop, and a folder serves one simulator at a time', async () => {
    const { stop } = await startSimulator({ seed: {}, folder });
    assert.notEqual(servers().length, 0);
    await assert.rejects(
      startSimulator({ seed: {}, folder }),
      /in use by a simulator that runs as process \d+/,
    );
    await stop();
    assert.ok(await ended());
  });

  it('does not outlive a parent that is killed, and the folder can be used again', async () => {
    const module = new URL('../src/simulator.js', import.meta.url).href;
    const script =
      `import { startSimulator } from ${JSON.stringify(module)}; await startSimulator({ seed: ` +
      `{}, folder: ${JSON.stringify(folder)} }); console.log('ready');`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => {
      parent.stdout.once('data', resolve);
    });
    assert.notEqual(servers().length, 0);
    parent.kill('SIGKILL');
    assert.ok(await ended());
    const again = await startSimulator({ seed: {}, folder });
    await again.stop();
  });
});
