import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Payload } from '@temporalio/common';
import { ORIGIN_METADATA } from '../../src/contract/contract.ts';
import { openMessage, withOrigin } from '../../src/workflows/commands/origin.ts';
import { refusedOrigin } from '../../src/workflows/commands/take-message.ts';
import type { RequestRun } from '../../src/workflows/state/request-run.ts';

const payload = (text: string, origin?: string): Payload => ({
  metadata: {
    encoding: Buffer.from('json/plain'),
    ...(origin !== undefined && { [ORIGIN_METADATA]: Buffer.from(origin) }),
  },
  data: Buffer.from(text),
});
const opened = (given: Payload) =>
  openMessage(JSON.parse(Buffer.from(withOrigin(given).data ?? []).toString()));

describe('how a message came', () => {
  it('is told to the handler, and does not change the message', () => {
    assert.deepEqual(opened(payload('{"by":"x"}', 'clear')), {
      body: { by: 'x' },
      origin: 'clear',
    });
    assert.deepEqual(opened(payload('{"by":"x"}', 'unbound')), {
      body: { by: 'x' },
      origin: 'unbound',
    });
    assert.deepEqual(opened(payload('{"by":"x"}')), { body: { by: 'x' }, origin: 'bound' });
  });
  it('is not what the message says of itself', () => {
    assert.equal(opened(payload('{"by":"x","$origin":"bound"}', 'clear')).origin, 'clear');
    assert.deepEqual(opened(payload('{"by":"x","$origin":"bound"}')).body, {
      by: 'x',
      $origin: 'bound',
    });
  });
  it('is left out of what is no object, which no message is', () => {
    for (const text of ['', '{', '7', 'null', '[1]']) {
      assert.equal(Buffer.from(withOrigin(payload(text, 'clear')).data ?? []).toString(), text);
    }
  });
});

describe('what a message is taken for', () => {
  const refused = (
    accept: 'never' | 'input' | 'all' | undefined,
    origin: 'clear' | 'unbound' | 'bound',
  ) =>
    refusedOrigin({ state: { plan: { accept } } } as unknown as RequestRun, origin) !== undefined;
  const cases = [
    [undefined, { clear: false, unbound: false, bound: false }],
    ['all', { clear: false, unbound: false, bound: false }],
    ['input', { clear: true, unbound: false, bound: false }],
    ['never', { clear: true, unbound: true, bound: false }],
  ] as const;
  for (const [accept, expected] of cases) {
    it(`accept.clear: ${accept ?? 'not known, as in requests of 0.1.0'}`, () => {
      for (const origin of ['clear', 'unbound', 'bound'] as const) {
        assert.equal(refused(accept, origin), expected[origin], origin);
      }
    });
  }
});
