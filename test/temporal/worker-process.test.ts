import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { makeKey } from '../../src/codec/keys.ts';
import { testServer, type TestServer } from '../support/server.ts';

describe('a worker process', { timeout: 120_000 }, () => {
  let folder: string;
  let server: TestServer;
  before(async () => {
    server = await testServer();
    folder = await mkdtemp(join(tmpdir(), 'dossier-worker-'));
    await writeFile(join(folder, 'dossier.yaml'), 'version: 1\nstorage: { directory: ./data }\n');
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function startChild(
    address: string,
    keys: string,
  ): {
    child: ChildProcess;
    ended: Promise<{ code: number | null; lines: Record<string, unknown>[] }>;
  } {
    const child = fork(
      fileURLToPath(new URL('./worker-child.js', import.meta.url)),
      [join(folder, 'dossier.yaml'), address],
      {
        silent: true,
        env: { PATH: process.env.PATH, DOSSIER_CODEC_KEYS: keys },
      },
    );
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    const ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      lines: log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    }));
    return { child, ended };
  }

  it('says when it listens, logs JSON lines, and ends well when it is asked to', async () => {
    const { child, ended } = startChild(server.address, makeKey());
    assert.deepEqual((await once(child, 'message'))[0], {
      address: server.address,
      namespace: 'default',
      taskQueue: 'dossier',
    });
    child.kill('SIGTERM');
    const { code, lines } = await ended;
    assert.equal(code, 0);
    assert.ok(
      lines.every(
        ({ at, level, message }) =>
          typeof at === 'string' && typeof level === 'string' && typeof message === 'string',
      ),
    );
    assert.equal(
      lines.some(({ message }) => message === 'Worker state changed'),
      true,
    );
  });

  it('does not start on a storage that it cannot write, and says why and what to do', async () => {
    await rm(join(folder, 'data'), { recursive: true, force: true });
    await writeFile(join(folder, 'data'), '');
    const { code, lines } = await startChild(server.address, makeKey()).ended;
    await rm(join(folder, 'data'));
    assert.deepEqual([code, lines.map(({ error }) => error)], [1, ['StorageUnusable']]);
    assert.match(
      String(lines[0]?.message),
      /data: The storage cannot be used: a file stands where a folder must be \((ENOTDIR|EEXIST)\)/,
    );
  });

  it('does not start without a key, and says how to make one', async () => {
    const { code, lines } = await startChild(server.address, '').ended;
    assert.equal(code, 1);
    assert.equal(lines[0]?.error, 'CodecKeyError');
    assert.match(
      String(lines[0]?.message),
      /^DOSSIER_CODEC_KEYS is not set; payloads are never stored in clear\. Make one by: node -p /,
    );
  });

  it('ends with one error where no server listens', async () => {
    const { code, lines } = await startChild('127.0.0.1:1', makeKey()).ended;
    assert.equal(code, 1);
    assert.deepEqual(
      lines.map(({ error }) => error),
      ['TemporalUnreachable'],
    );
  });
});
