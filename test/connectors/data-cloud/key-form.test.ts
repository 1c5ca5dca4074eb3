import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  askable,
  isCastable,
  isNumberType,
  keyText,
  plainNumber,
} from '../../../src/connectors/data-cloud/key-form.ts';
import { listedRows } from '../../../src/salesforce/page-rows.ts';

const decimal = fc.tuple(
  fc.boolean(),
  fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }),
  fc.string({
    unit: fc.constantFrom(...Array.from({ length: 10 }, (_, digit) => String(digit))),
    maxLength: 18,
  }),
);
const written = ([negative, whole, places]: readonly [boolean, bigint, string]) =>
  `${negative ? '-' : ''}${whole}${places === '' ? '' : `.${places}`}`;
const places = (text: string) => (text.includes('.') ? text : `${text}.`);

describe('the plain form of a number that is a key', () => {
  it('is one for all spellings that engines give a number', () => {
    fc.assert(
      fc.property(decimal, fc.nat(18), fc.nat(5), (number, zeros, before) => {
        const text = written(number);
        const plain = plainNumber(text);
        const [, sign = '', rest = ''] = /^(-?)(.*)$/.exec(text) ?? [];
        for (const spelled of [
          text,
          `${places(text)}${'0'.repeat(zeros)}`,
          `${sign}${'0'.repeat(before)}${rest}`,
          ` ${text} `,
          `${text}e0`,
          sign === '' ? `+${text}` : text,
        ]) {
          assert.equal(plainNumber(spelled), plain, spelled);
        }
      }),
    );
  });

  it('is never one for different numbers', () => {
    const exact = (text: string): bigint => {
      const [whole = '', behind = ''] = text.split('.');
      return BigInt(`${whole}${behind.padEnd(18, '0')}`);
    };
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        assert.equal(
          plainNumber(written(a)) === plainNumber(written(b)),
          exact(written(a)) === exact(written(b)),
        );
      }),
    );
  });

  it('is what doubles are too, with every exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        assert.equal(Number(plainNumber(String(number))), number === 0 ? 0 : number);
        assert.equal(plainNumber(number.toExponential()), plainNumber(String(number)));
      }),
    );
  });

  it('is itself in its plain form', () => {
    fc.assert(
      fc.property(decimal, (number) => {
        const plain = plainNumber(written(number)) ?? '';
        assert.equal(plainNumber(plain), plain);
      }),
    );
  });

  for (const [text, plain] of [
    ['880.000000000000000000', '880'],
    ['0880', '880'],
    ['-0.000', '0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['12.5E-3', '0.0125'],
    ['1e+20', '100000000000000000000'],
    ['12345678901234567890.125000000000000000', '12345678901234567890.125'],
    ['', undefined],
    ['.', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['P-1', undefined],
    ['0x10', undefined],
    ['1,000', undefined],
    ['1e99999', undefined],
  ] as const) {
    it(`of ${text === '' ? 'nothing' : text} is ${plain ?? 'none'}`, () =>
      assert.equal(plainNumber(text), plain));
  }

  it('is found in the time that reading takes', () => {
    for (const text of [
      '0'.repeat(100_000),
      `${'0'.repeat(100_000)}x`,
      `1.${'0'.repeat(100_000)}1`,
      `${'1'.repeat(100_000)}.e`,
    ]) {
      plainNumber(text);
    }
  });
});

describe('a key as it is compared', () => {
  const page = listedRows([['007', '007.000000000000000000', 7, true, null]]);
  const columns = ['Varchar', 'DECIMAL', 'numeric', 'Boolean', 'Varchar'].map((type) => ({ type }));

  it('is the text itself in a column of texts, where 007 is not 7', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        assert.equal(keyText(listedRows([[text]]), [{ type: 'Varchar' }], 0, 0), text),
      ),
    );
    assert.notEqual(keyText(page, columns, 0, 0), keyText(page, columns, 0, 2));
  });

  it('is the plain number in a column of numbers, as number and as text', () => {
    assert.deepEqual(
      columns.map((_, column) => keyText(page, columns, 0, column)),
      ['007', '7', '7', 'true', ''],
    );
  });

  it('knows the names that metadata and the query APIs have for numbers', () => {
    for (const type of [
      'NUMBER',
      'Numeric',
      'numeric',
      'DECIMAL',
      'Float8',
      'DOUBLE',
      'double precision',
      'BigInt',
      'Integer',
      'SMALLINT',
      'numeric(38,18)',
    ]) {
      assert.ok(isNumberType(type), type);
    }
    for (const type of [
      'STRING',
      'Varchar',
      'TEXT',
      'DATE',
      'TimestampTZ',
      'Boolean',
      'interval',
      'point',
      'IntervalText',
    ]) {
      assert.ok(!isNumberType(type), type);
    }
  });
});

describe('IDs that a field of numbers is asked for', () => {
  it('are those that the engine casts', () => {
    assert.deepEqual(
      askable({ number: true }, [
        '880',
        'P-1',
        '0880',
        '-5.5',
        '',
        '1e3',
        '1'.repeat(21),
        '00300000000001AAA',
        'NaN',
      ]),
      ['880', '0880', '-5.5'],
    );
    assert.deepEqual(askable({}, ['880', 'P-1']), ['880', 'P-1']);
    assert.ok(
      isCastable(`${'9'.repeat(20)}.${'9'.repeat(18)}`) && !isCastable(`1.${'9'.repeat(19)}`),
    );
  });
});
