import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scrub } from '../../src/contract/scrub.ts';

const LONG = 100_000;

describe('a text that is logged', () => {
  const cases: readonly [said: string, kept: string][] = [
    ['sent to ana.lima+gdpr@example.com, again', 'sent to [e-mail], again'],
    ['mailto:ana@example.com to=bo@example.com @nobody', 'mailto:[e-mail] to=[e-mail] @nobody'],
    ['jörg@müller.example', '[e-mail]'],
    ['call +49 (30) 1234567 now, code 1234567', 'call [number] now, code 1234567'],
    [
      'systems/acme-mail/acme-mail-1/Ana-Lima.csv is missing',
      'systems/acme-mail/acme-mail-1/[file] is missing',
    ],
    [
      'in /data/systems/acme-mail/1/Ana.csv and ecosystems/a/b/c',
      'in /data/systems/acme-mail/1/[file] and ecosystems/a/b/c',
    ],
    ['nothing of a person', 'nothing of a person'],
  ];
  for (const [said, kept] of cases) {
    it(`${said} → ${kept}`, () => assert.equal(scrub(said), kept));
  }

  const hostile: readonly [what: string, text: string][] = [
    ['letters', 'a'.repeat(LONG)],
    ['at signs', '@'.repeat(LONG)],
    ['digits', '1'.repeat(LONG)],
    ['brackets behind a digit', `1${'('.repeat(LONG)}`],
    ['digits and brackets', '1('.repeat(LONG / 2)],
    ['folders', 'systems/'.repeat(LONG / 8)],
    ['blanks', ' '.repeat(LONG)],
    ['colons', ':'.repeat(LONG)],
    [
      'an address that the cut goes through',
      `${'x '.repeat(1995)}somebody.with.a.name@example.com ${'x '.repeat(LONG / 2)}`,
    ],
  ];
  for (const [what, text] of hostile) {
    it(`of 100 KB is cut before anything runs over it: ${what}`, () => {
      const said = scrub(text);
      assert.ok(said.length < 4_100, `${said.length} characters`);
      assert.match(said, /… \[\d+ more characters\]$/);
      assert.ok(!said.includes('somebody.with'));
    });
  }
});
