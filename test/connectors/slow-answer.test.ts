import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'node:test';
import { readAll } from '../../src/connectors/opendsr/read-answer.ts';
import { SystemFailure } from '../../src/http/failure.ts';

async function* drip() {
  for (;;) {
    yield Buffer.from(' ');
    await sleep(5);
  }
}
const { signal } = new AbortController();

it('an answer that drips without an end is given up when its time is over, and asked for again later', async () => {
  await assert.rejects(
    readAll('acme', { body: Readable.from(drip()), signal, within: 60 }),
    (error: unknown) =>
      error instanceof SystemFailure &&
      error.facts.kind === 'unavailable' &&
      error.facts.code === 'ANSWER_TOO_SLOW',
  );
  assert.equal(
    (
      await readAll('acme', {
        body: Readable.from([Buffer.from('{'), Buffer.from('}')]),
        signal,
        within: 60_000,
      })
    ).toString(),
    '{}',
  );
});
