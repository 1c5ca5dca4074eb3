import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reasonRefusal } from '../../src/contract/extension-reason.ts';
import { LAWS, printCitation } from '@dossier/law';

const laws = LAWS;
const refusal = (law: string, reason: string) => {
  const { extension } = laws.get(law)!.editions.at(-1)!;
  if ('absent' in extension) throw new Error(`${law} knows no extension`);
  return reasonRefusal(reason, {
    allowed: true,
    used: false,
    latest: null,
    reasons: extension.reasons.map(({ words }) => words),
    cite: printCitation(extension.cite),
    ...(extension.anyReason && { anyReason: true }),
  });
};

describe('the reason for an extension', () => {
  for (const [law, reason] of [
    ['gdpr', 'complex'],
    ['gdpr', 'Complexity of the request'],
    ['gdpr', 'the NUMBER of requests'],
    ['gdpr', 'too many requests at once'],
    ['gdpr', 'wegen der Komplexität'],
    ['gdpr', 'nombre de demandes'],
    ['gdpr', '請求が複雑なため'],
    ['uk-gdpr', 'it is complex'],
    ['pipeda', 'consultations with our bank'],
    ['pipeda', 'would interfere with operations'],
    ['pipeda', 'convert into an alternative format'],
    ['popia', 'large number of records'],
    ['popia', 'search in another office'],
    ['privacy-act-nz', 'large quantity'],
    ['privacy-act-nz', 'complexity'],
    ['ccpa', 'our archive is slow'],
    ['us-state', 'staff are away'],
    ['fadp', 'not possible in time'],
    ['pdpa-sg', 'not possible in time'],
    ['pipa-kr', 'the archive is being moved'],
  ] as const) {
    it(`"${reason}" is taken under ${law}`, () => assert.equal(refusal(law, reason), undefined));
  }

  for (const [law, reason, cite] of [
    ['gdpr', 'we are busy', 'GDPR Art. 12(3)'],
    ['gdpr', 'holidays', 'GDPR Art. 12(3)'],
    ['gdpr', 'the request came late', 'GDPR Art. 12(3)'],
    ['uk-gdpr', 'staff shortage', 'UK GDPR Art. 12A(3)'],
    ['pipeda', 'we are busy', 'PIPEDA s 8(4)'],
    ['popia', 'staff shortage', 'PAIA s 57'],
    ['privacy-act-nz', 'staff shortage', 'Privacy Act 2020 s 48'],
  ] as const) {
    it(`"${reason}" is refused under ${law}, with the article and what is allowed`, () => {
      const said = refusal(law, reason) ?? '';
      assert.ok(said.includes(reason) && said.includes(cite), said);
      const { extension } = laws.get(law)!.editions.at(-1)!;
      assert.ok('reasons' in extension);
      for (const { words } of extension.reasons) {
        assert.ok(said.includes(words), said);
      }
    });
  }
});
