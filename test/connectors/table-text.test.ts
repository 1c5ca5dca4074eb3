import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { csvHeader, csvWriter, ndjsonWriter } from '../../src/connectors/shared/table-text.ts';
import { listedRows, readRowsAnswer, type PageRows } from '../../src/salesforce/page-rows.ts';

const DATA = '[["=1+1","a,b",-5.50,null,true],["\\u00e9\\"","x\\ny",1e2,{"k":[1,"\\"z\\""]},""]]';
const sources: readonly [string, PageRows][] = [
  ['in the text of an answer', readRowsAnswer(`{"data":${DATA}}`, 'crm').rows as PageRows],
  ['as values', listedRows(JSON.parse(DATA) as unknown[][])],
];
const text = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString('utf8');

for (const [where, page] of sources) {
  describe(`rows ${where}`, () => {
    it('are written as NDJSON under the names of their columns', () => {
      const lines = text(ndjsonWriter(['a', 'b"', 'c', 'd', 'e'])(page, [0, 1]))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      assert.deepEqual(lines, [
        { a: '=1+1', 'b"': 'a,b', c: -5.5, d: null, e: true },
        { a: 'é"', 'b"': 'x\ny', c: 100, d: { k: [1, '"z"'] }, e: '' },
      ]);
    });

    it('are written for spreadsheets, where no text is a formula', () => {
      const [first = '', second = ''] = text(csvWriter(5)(page, [0, 1])).split('\r\n');
      assert.match(first, /^'=1\+1,"a,b",-5\.50?,,true$/);
      assert.match(second, /^"é""","x\ny",(1e2|100),"{""k"":\[1,""\\""z\\""""\]}",$/);
    });

    it('are the ones that are asked for, cut to the columns', () => {
      assert.equal(text(csvWriter(2)(page, [1])), '"é""","x\ny"\r\n');
      assert.equal(text(ndjsonWriter(['a'])(page, [])), '');
    });
  });
}

const piece = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  ',',
  '"',
  '\\',
  "'",
  '\uFF1D',
  '\uFF20',
  'é',
  '😀',
  'x',
  '',
  ' ',
);
const words = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const cell = fc.oneof(
  words,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.record({ a: words, b: fc.array(words) }),
);
const rowsOf = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 6,
  }),
);

it('rows in the text of an answer are written as the same rows as values are, whatever they hold', () => {
  fc.assert(
    fc.property(rowsOf, fc.integer({ min: 1, max: 5 }), (given, columns) => {
      const answer = JSON.stringify({ data: given });
      const values = (JSON.parse(answer) as { data: unknown[][] }).data;
      const width = Math.min(columns, values[0]?.length ?? 0);
      const places = values.map((_, place) => place);
      const page = readRowsAnswer(answer, 'crm').rows as PageRows;
      const names = Array.from({ length: width }, (_, index) => `n"${index}`);
      assert.equal(
        text(csvWriter(width)(page, places)),
        text(csvWriter(width)(listedRows(values), places)),
      );
      assert.equal(
        text(ndjsonWriter(names)(page, places)),
        text(ndjsonWriter(names)(listedRows(values), places)),
      );
    }),
    { numRuns: 2000 },
  );
});

describe('a text that a spreadsheet could run', () => {
  const cases: readonly (readonly [text: string, written: string])[] = [
    ['=1+1', `'=1+1`],
    ['+351 21', `'+351 21`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\uFF1D1', `'\uFF1D1`],
    ['\t=1', `'\t'=1`],
    ['\n=1+1', `"'\n'=1+1"`],
    ['a\n=1', `"a\n'=1"`],
    ['a\r\n-1', `"a\r\n'-1"`],
    ['x;=1+1', `x;'=1+1`],
    ['x\t@A1', `x\t'@A1`],
    ['ana@example.com', 'ana@example.com'],
    ['a-b', 'a-b'],
    ['a; b', 'a; b'],
    ['2024-01-01', '2024-01-01'],
  ];
  for (const [given, written] of cases) {
    it(`${JSON.stringify(given)} is written ${JSON.stringify(written)}`, () =>
      assert.equal(text(csvWriter(1)(listedRows([[given]]), [0])), `${written}\r\n`));
  }

  it('has no place where a formula could begin, whatever the separator', () => {
    fc.assert(
      fc.property(words, (given) => {
        const cellText = text(csvWriter(1)(listedRows([[given]]), [0])).slice(0, -2);
        const content = cellText.startsWith('"')
          ? cellText.slice(1, -1).replaceAll('""', '"')
          : cellText;
        for (const part of content.split(/[\t\r\n;]/)) {
          assert.ok(!/^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(part), JSON.stringify(content));
        }
        assert.equal(content.replaceAll("'", ''), given.replaceAll("'", ''));
      }),
      { numRuns: 2000 },
    );
  });
});

it('bytes that are given back are written over, and not before', () => {
  const write = ndjsonWriter(['a']);
  const [one, two] = [listedRows([['one']]), listedRows([['two']])];
  const first = write(one, [0]);
  const second = write(two, [0]);
  assert.deepEqual([text(first), text(second)], ['{"a":"one"}\n', '{"a":"two"}\n']);
  first.giveBack();
  assert.equal(text(write(two, [0])), '{"a":"two"}\n');
});

it('a header is marked as UTF-8 and quoted where it must be', () =>
  assert.equal(csvHeader(['a', 'b,c', 'd"e']), '\uFEFFa,"b,c","d""e"\r\n'));
