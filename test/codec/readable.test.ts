import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readable } from '../../src/codec/readable.ts';

const payload = (encoding: string, data: string) => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data),
});
const sign = (encoding: string) => payload('json/plain', JSON.stringify({ undecodable: encoding }));

describe('payloads that nobody can read', () => {
  it('pass where the converter reads them', async () => {
    const good = [
      payload('json/plain', '{"a": [1, null]}'),
      payload('json/plain', '"text"'),
      payload('binary/null', ''),
      payload('binary/plain', '\u0000'),
    ];
    assert.deepEqual(await readable.decode(good), good);
    assert.deepEqual(await readable.encode(good), good);
  });

  it('become a sign that names the encoding, and nothing that throws', async () => {
    const bad = [
      payload('json/plain', '{"a": '),
      payload('json/plain', ''),
      payload('text/xml', '<a/>'),
      payload('', 'x'),
      { data: Buffer.from('x') },
      {},
    ];
    assert.deepEqual(
      await readable.decode(bad),
      ['json/plain', 'json/plain', 'text/xml', '', '', ''].map(sign),
    );
    assert.deepEqual(await readable.decode([payload(`a b"${'c'.repeat(80)}`, '')]), [
      sign(`a?b?${'c'.repeat(60)}`),
    ]);
  });
});
