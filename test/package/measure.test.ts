import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { formatOf, measure } from '../../src/package/measure.ts';

const rows: readonly (readonly [format: 'csv' | 'ndjson', text: string, rows: number])[] = [
  ['ndjson', '', 0],
  ['ndjson', '{}\n', 1],
  ['ndjson', '{}\n{}', 2],
  ['ndjson', '{}\r\n{}\r\n', 2],
  ['csv', '', 0],
  ['csv', 'a,b\r\n', 0],
  ['csv', 'a,b', 0],
  ['csv', 'a,b\r\n1,2\r\n', 1],
  ['csv', 'a,b\n1,2\n3,4', 2],
  ['csv', '\ufeffa\r\n1\r\n', 1],
  ['csv', 'a\n"1\n2\n3"\n', 1],
  ['csv', 'a\n"say ""hi""\n"\n', 1],
  ['csv', 'a\n"x""\n""y"\n2\n', 2],
];

describe('the records of a table', () => {
  for (const [format, text, count] of rows) {
    it(`${JSON.stringify(text)} as ${format}: ${count}, however it is cut in pieces`, () => {
      const bytes = Buffer.from(text);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const measured = measure(format);
        measured.update(bytes.subarray(0, cut));
        measured.update(bytes.subarray(cut));
        assert.deepEqual(measured.result(), {
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          rows: count,
        });
      }
    });
  }

  it('are not counted where a file is no table', () => {
    assert.equal(measure().result().rows, undefined);
    assert.deepEqual(['a.csv', 'a.CSV', 'a.ndjson', 'a.jsonl', 'a.json', 'csv'].map(formatOf), [
      'csv',
      'csv',
      'ndjson',
      'ndjson',
      undefined,
      undefined,
    ]);
  });
});
