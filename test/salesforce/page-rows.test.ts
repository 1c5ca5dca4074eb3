import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'lossless-json';
import { SystemFailure } from '../../src/http/failure.ts';
import { listedRows, readRowsAnswer } from '../../src/salesforce/page-rows.ts';

const read = (text: string) => readRowsAnswer(text, 'data-cloud');
const asDoubles = (value: unknown): unknown => JSON.parse(stringify(value) ?? 'null');
const value = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.json().map((json) => JSON.parse(json) as unknown),
);
const table = fc
  .integer({ min: 0, max: 5 })
  .chain((width) =>
    fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 6 }),
  );

describe('rows that are found in the text of an answer', () => {
  it('are the ones that a parser gives, value by value, and so is the rest', () => {
    fc.assert(
      fc.property(
        table,
        fc.json().map((json) => JSON.parse(json) as unknown),
        fc.constantFrom(undefined, 1),
        (data, other, indent) => {
          const text = JSON.stringify(
            { before: other, data, 'da"ta': other, after: [data] },
            null,
            indent,
          );
          const { envelope, rows } = read(text);
          const parsed = JSON.parse(text) as { data: unknown[][] };
          assert.deepEqual(asDoubles(rows?.toArray()), parsed.data);
          const { data: _, ...rest } = parsed;
          assert.deepEqual(asDoubles({ ...(envelope as object), data: null }), {
            ...rest,
            data: null,
          });
          const listed = listedRows(parsed.data);
          parsed.data.forEach((row, at) =>
            row.forEach((__, column) => {
              assert.deepEqual(JSON.parse(rows?.json(at, column) ?? ''), parsed.data[at]?.[column]);
              assert.deepEqual(
                [rows?.isText(at, column), typeof row[column] === 'string'],
                [listed.isText(at, column), typeof row[column] === 'string'],
              );
              if (typeof row[column] !== 'number' && typeof row[column] !== 'object') {
                assert.equal(rows?.text(at, column), listed.text(at, column));
              }
            }),
          );
        },
      ),
    );
  });

  it('keep every digit', () => {
    const { rows } = read('{"data":[[12345678901234567890.1250, 1e400]],"metadata":[]}');
    assert.deepEqual(
      [rows?.json(0, 0), rows?.text(0, 0), rows?.text(0, 1)],
      ['12345678901234567890.1250', '12345678901234567890.1250', '1e400'],
    );
  });

  it('are none where something else stands there, which is left to its reader', () => {
    for (const text of [
      '{"data":null}',
      '{"data":[{"a":1}]}',
      '{"data":[[1],[1,2]]}',
      '{"data":"[[1]]"}',
      '{"other":[[1]]}',
      '[[1]]',
      '{"data":[1]}',
    ]) {
      assert.equal(read(text).rows, undefined, text);
    }
  });

  it('are no JSON where a piece of them is none', () => {
    const texts = [
      '',
      '{',
      '{"data":[[1]',
      '{"data":[[1]],',
      '{"data":[[1]]}}',
      '{"data":[[1}]}',
      '{"data":[["a]]}',
      '{"data":[[nul]]}',
      '{"data":[[01]]}',
      '{"data":[[1 2]]}',
      '{"data":[[,]]}',
      '{"data":[[1],]}',
      '{"data":[[1]] "x":1}',
      '{"data":[["a\nb"]]}',
      '<html>',
    ];
    for (const text of texts) {
      assert.throws(() => read(text), SyntaxError, text);
    }
  });

  it('are unreadable, and no bug, where an escape is none', () => {
    const { rows } = read('{"data":[["\\\\q","\\q"]]}');
    assert.equal(rows?.text(0, 0), '\\q');
    assert.throws(
      () => rows?.text(0, 1),
      (error) => error instanceof SystemFailure && error.facts.kind === 'unreadable',
    );
  });
});
