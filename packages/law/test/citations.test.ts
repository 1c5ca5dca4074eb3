import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LAWS, printCitation, printCitations, type Citation } from '../src/index.ts';
import { actOf } from '../src/model/citation.ts';
import { PRINTED } from './printed-citations.ts';

/** Every citation in a law, wherever a field `cite` holds one. */
function citationsIn(value: unknown): Citation[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) =>
    name === 'cite' ? [held as Citation] : citationsIn(held),
  );
}

describe('citations', () => {
  for (const [law, printed] of Object.entries(PRINTED)) {
    it(`are printed as ever in ${law}`, () =>
      assert.deepEqual(
        [...new Set(citationsIn(LAWS.get(law)).map((it) => printCitation(it)))],
        printed,
      ));
  }

  const act = actOf('Act');
  for (const [citation, printed] of [
    [[act.article(3), act.recital(2)], 'Act Art. 3, recital 2'],
    [[act.recital(2), act.recital(3)], 'Act recitals 2, 3'],
    [[act.section(3, { to: 5 })], 'Act ss 3 to 5'],
    [[act.paragraph(3)], 'Act, para 3'],
    [[act.article(3, 1, { sentence: 1 }), act.article(4)], 'Act Art. 3(1), first sentence, 4'],
    [[act.whole()], 'Act'],
  ] as const) {
    it(`print ${printed}`, () => assert.equal(printCitation(citation), printed));
  }

  it('are not merged in a row', () =>
    assert.equal(printCitations([[act.article(3)], [act.article(4)]]), 'Act Art. 3; Act Art. 4'));

  it('take the forms of a language, and its names', () =>
    assert.equal(
      printCitation([act.article(3), actOf('Code').section(4), actOf('Rules').section(5)], {
        write: ([{ act, number }]) => (act.name === 'Act' ? `article ${number}` : undefined),
        names: { Code: 'code' },
        between: ' / ',
      }),
      'article 3 / code s 4; Rules s 5',
    ));
});
