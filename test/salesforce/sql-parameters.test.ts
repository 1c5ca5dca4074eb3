import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { byPosition, withLiterals, withoutControls } from '../../src/salesforce/sql-parameters.ts';

const asked = (p0: string) => ({
  text: 'SELECT 1 FROM "A:p0" WHERE "x" IN (:p0, :p1)',
  parameters: { p0, p1: 'b' },
});

describe('values of a query', () => {
  it('hold no control character: the engine puts them together', () => {
    const { text, parameters } = withoutControls(asked('a\u0001b\t'));
    assert.equal(
      text,
      'SELECT 1 FROM "A:p0" WHERE "x" IN ((:p0_0 || CHR(1) || :p0_2 || CHR(9) || :p0_4), :p1)',
    );
    assert.deepEqual(parameters, { p0_0: 'a', p0_2: 'b', p0_4: '', p1: 'b' });
  });

  it('stay what they are where they hold none', () =>
    assert.deepEqual(withoutControls(asked('a')), asked('a')));

  for (const [what, value] of [
    ['NUL', 'a\0'],
    ['half a surrogate pair', 'a\ud800'],
    ['the other half', '\udc00a'],
  ] as const) {
    it(`are null where they hold ${what}, which no stored text does`, () => {
      const { text, parameters } = withoutControls(asked(value));
      assert.deepEqual(
        [text, parameters],
        ['SELECT 1 FROM "A:p0" WHERE "x" IN (CAST(NULL AS VARCHAR), :p1)', { p1: 'b' }],
      );
    });
  }

  it('never need an escape of JSON with a number, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const sql = withoutControls(asked(value));
        assert.ok(
          !JSON.stringify(Object.values(sql.parameters)).replaceAll('\\\\', '').includes('\\u'),
        );
        assert.equal(byPosition(sql).values.length, byPosition(sql).text.split('?').length - 1);
        withLiterals(sql);
      }),
    );
  });
});
