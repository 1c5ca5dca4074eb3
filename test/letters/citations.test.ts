import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LAWS, printCitations, type Citation } from '@dossier/law';
import { LANGUAGES } from '../../src/letters/render.ts';
import { PRINTED } from './printed-citations.ts';

const letters = fileURLToPath(new URL('../../../src/letters/', import.meta.url));

/** Every citation in a law, wherever a field `cite` holds one. */
function citationsIn(value: unknown): Citation[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) =>
    name === 'cite' ? [held as Citation] : citationsIn(held),
  );
}

/** All that a law cites, and what a refusal cites in one row. */
const rows = new Map(
  [...LAWS.values()]
    .flatMap((law) => [
      ...citationsIn(law).map((it) => [it]),
      ...law.editions.map(({ identity, refusal }) => [identity.cite, refusal.cite]),
    ])
    .map((row) => [printCitations(row), row]),
);

describe('citations in letters', () => {
  for (const [language, { citations }] of Object.entries(LANGUAGES)) {
    it(`are written in ${language} as ever`, () => {
      for (const [english, printed] of Object.entries(PRINTED)) {
        const row = rows.get(english);
        assert.ok(row !== undefined, `no law cites ${english}`);
        assert.equal(printCitations(row, citations), printed[language] ?? english);
      }
    });
  }

  it('are written from their fields, and never by rewriting text', () => {
    const sources = [
      'citations.ts',
      ...readdirSync(`${letters}languages`).map((it) => `languages/${it}`),
    ];
    for (const name of sources) {
      assert.doesNotMatch(
        readFileSync(letters + name, 'utf8'),
        /RegExp|\.(?:replace|replaceAll|match|matchAll|exec|test)\(|[[(,=] ?\/[^/*]/,
        name,
      );
    }
    assert.doesNotMatch(
      readFileSync(`${letters}render.ts`, 'utf8'),
      /[cC]it(?:e|ation)\w*\b[^;]*\.(?:replace|match)/,
    );
  });
});
