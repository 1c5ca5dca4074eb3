import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  foldedPath,
  isPackageName,
  isPackagePath,
  isSafeName,
  safeNameFor,
} from '../../src/contract/package-path.ts';

/**
 * Any text, with much of what makes names hard: other scripts, marks, halves of pairs, directions,
 * devices, dots.
 */
const pieces = [
  'a',
  'é',
  'e\u0301',
  'ß',
  'İ',
  '日',
  'が',
  'か\u3099',
  '한',
  'क\u094D\u200Dष',
  'ا',
  '\u202E',
  '\u200F',
  '\u2066',
  '\uFEFF',
  '\uD800',
  '𝒜',
  '😀',
  '¹',
  '①',
  '.',
  '..',
  '-',
  '_',
  ' ',
  '/',
  '\\',
  ':',
  '*',
  '\0',
  '\n',
  'CON',
  'nul',
  'COM',
  'lpt9',
  '\u0301',
  '.pdf',
  '.',
];
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
);

describe('a file name keeps its script', () => {
  for (const [given, kept] of [
    ['Ana Límä – Export (2024).csv', 'Ana-Límä-Export-2024.csv'],
    ['Straße.pdf', 'Straße.pdf'],
    ['見積書 2026年.xlsx', '見積書-2026年.xlsx'],
    ['계약서.pdf', '계약서.pdf'],
    ['договор №5.docx', 'договор-5.docx'],
    ['صورة.jpg', 'صورة.jpg'],
    ['रसीद.pdf', 'रसीद.pdf'],
    ['e\u0301te\u0301.txt', 'été.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['com¹.txt', 'file-com¹.txt'],
    ['CON', 'file-CON'],
    ['..', 'file'],
    ['a?b*c.', 'a-b-c'],
    ['plain-Name_1.csv', 'plain-Name_1.csv'],
  ] as const) {
    it(`${JSON.stringify(given)} becomes ${kept}`, () => assert.equal(safeNameFor(given), kept));
  }
});

describe('a name made safe', () => {
  it('is always a step of a package path, whatever it was', () =>
    fc.assert(
      fc.property(name, (given) => {
        const made = safeNameFor(given);
        assert.ok(isPackageName(made), JSON.stringify([given, made]));
        assert.ok(
          isPackagePath(`systems/crm/files/001000000000001AAA-${made}`.slice(0, 500)) ||
            made.length > 100,
        );
      }),
      { numRuns: 2000 },
    ));

  it('stays as it is', () =>
    fc.assert(
      fc.property(name, (given) =>
        assert.equal(safeNameFor(safeNameFor(given)), safeNameFor(given)),
      ),
      { numRuns: 1000 },
    ));

  it('is the same for both spellings of its accents', () =>
    fc.assert(
      fc.property(name, (given) =>
        assert.equal(safeNameFor(given.normalize('NFD')), safeNameFor(given.normalize('NFC'))),
      ),
      { numRuns: 1000 },
    ));

  it('holds nothing that turns the direction of writing, is invisible, or means something to Windows', () =>
    fc.assert(
      fc.property(name, (given) => {
        const made = safeNameFor(given);
        assert.doesNotMatch(made, /[\p{C}\p{Z}<>:"/\\|?*]|\.$/u);
        assert.ok(Buffer.byteLength(made) <= 200);
      }),
      { numRuns: 1000 },
    ));
});

describe('a step of a package path', () => {
  it('is every safe name, and no decomposed, long or turned one', () => {
    assert.ok(
      fc
        .sample(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/), 200)
        .filter(isSafeName)
        .every(isPackageName),
    );
    assert.deepEqual(
      [
        'e\u0301',
        'x'.repeat(129),
        '日'.repeat(67),
        'a\u202Eb',
        'com³.txt',
        'a.',
        '.a',
        '\u0301a',
        'a b',
        '',
        'a\\b',
      ].filter(isPackageName),
      [],
    );
  });

  it('is never a request, a system or an answer outside ASCII', () =>
    assert.deepEqual(['é', '日本', 'ß'].filter(isSafeName), []));
});

it('paths are compared as file systems do that know no case', () => {
  for (const [a, b] of [
    ['systems/a/Straße.txt', 'systems/A/STRASSE.TXT'],
    ['é.txt', 'e\u0301.txt'],
    ['ΣΑΣ', 'σας'],
  ] as const) {
    assert.equal(foldedPath(a), foldedPath(b));
  }
  assert.notEqual(foldedPath('a.txt'), foldedPath('ä.txt'));
});
