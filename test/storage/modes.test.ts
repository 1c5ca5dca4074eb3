import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimDataDir } from '../../src/cli/stack/stack-lock.ts';
import { supervise } from '../../src/temporal/local-server/supervise.ts';
import { openStore } from '../../src/storage/filesystem.ts';

const modeOf = async (path: string): Promise<string> =>
  ((await stat(path)).mode & 0o777).toString(8);

describe("what lies in a data directory is nobody else's to read, whatever the umask", () => {
  let folder: string;
  let former: number;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-modes-'));
    former = process.umask(0);
  });
  after(async () => {
    process.umask(former);
    await rm(folder, { recursive: true, force: true });
  });

  it('a directory of a stack that was open before', async () => {
    const open = join(folder, 'stack');
    await mkdir(open, { mode: 0o777 });
    claimDataDir(open)();
    assert.equal(await modeOf(open), '700');
  });

  it('a store whose folder was open before, and what is written into it', async () => {
    const open = join(folder, 'store');
    await mkdir(open);
    await chmod(open, 0o755);
    const store = openStore(open);
    await store.claimRecord('R-1', { runId: 'run', at: '2026-11-23T10:00:00.000Z' });
    assert.equal(await modeOf(open), '700');
    await store.writeLetter('R-1', '001-question.md', 'text');
    assert.equal(await modeOf(join(open, 'outbox')), '700');
    assert.equal(await modeOf(join(open, 'outbox', 'R-1', '001-question.md')), '600');
  });

  it('what a server writes, and its log', async () => {
    const [log, written] = [join(folder, 'server.log'), join(folder, 'temporal.db')];
    const server = await supervise('/bin/sh', ['-c', `: > "${written}"; exec sleep 30`], log);
    while (!existsSync(written)) {
      await sleep(20);
    }
    await server.stop();
    assert.deepEqual([await modeOf(log), await modeOf(written)], ['600', '600']);
  });
});
