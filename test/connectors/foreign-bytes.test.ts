import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { foreignBytes } from '../../src/connectors/shared/foreign-bytes.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { openStore } from '../../src/storage/filesystem.ts';

const MINUTE = 60_000;
const failed = (kind: string, code: string) => (error: unknown) =>
  error instanceof SystemFailure && error.facts.kind === kind && error.facts.code === code;

/** Takes pieces of `size` bytes, one a minute by the clock of the test. */
async function taken({
  pieces,
  size,
  mostBytes = 1e9,
}: {
  readonly pieces: number;
  readonly size: number;
  readonly mostBytes?: number;
}): Promise<number> {
  let at = 0;
  async function* body() {
    for (let piece = 0; piece < pieces; piece += 1) {
      at += MINUTE;
      yield new Uint8Array(size);
    }
  }
  let bytes = 0;
  for await (const piece of foreignBytes(body(), { system: 'acme', mostBytes, now: () => at })) {
    bytes += piece.length;
  }
  return bytes;
}

describe('a file that another system sends', () => {
  it('is taken whole while it keeps its bounds, however long it takes', async () => {
    assert.equal(await taken({ pieces: 15, size: 1 }), 15);
    assert.equal(await taken({ pieces: 600, size: 64 * 1024 }), 600 * 64 * 1024);
  });

  it('is given up where it drips, and asked for again', () =>
    assert.rejects(taken({ pieces: 17, size: 100 }), failed('unavailable', 'FILE_TOO_SLOW')));

  it('is refused beyond the bound', () =>
    assert.rejects(
      taken({ pieces: 3, size: 4, mostBytes: 11 }),
      failed('rejected', 'FILE_TOO_LARGE'),
    ));
});

it('a file in the inbox that is larger than the bound is quarantined with the bound, and not copied', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-bound-'));
  try {
    const store = openStore(folder, { mostBytes: 10 });
    const inbox = join(folder, 'inbox/R-1/acme');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(inbox, 'small.csv'), '0123456789');
    await writeFile(join(inbox, 'large.csv'), '0123456789a');
    const receive = (uri: string) =>
      store.receiveInboxFile({ requestId: 'R-1', system: 'acme', answerId: 'acme-1', uri });
    assert.ok('file' in (await receive('small.csv')));
    assert.deepEqual(await receive('large.csv'), {
      quarantined: 'has 11 bytes, and limits.fileGiB of dossier.yaml takes 10',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
