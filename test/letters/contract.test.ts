import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestInput, type RequestInput } from '../../src/contract/request.ts';
import { LAWS, letterLaw, printCitation, type Citation } from '@dossier/law';
import {
  LETTER_KINDS,
  type LetterFacts,
  type LetterKind,
  type LetterLaw,
} from '../../src/letters/letter.ts';
import { LANGUAGES, renderLetter } from '../../src/letters/render.ts';
import { templateFaults } from '../../src/letters/template.ts';

const CITED: Readonly<Record<LetterKind, readonly (keyof LetterLaw['cites'])[]>> = {
  acknowledgement: ['right', 'answer'],
  'identity-request': ['identity', 'answer'],
  reminder: ['identity', 'answer'],
  clarification: ['right', 'answer'],
  extension: ['extension'],
  refusal: ['identity', 'refusal'],
  delivery: ['right'],
  supplement: ['right'],
  withdrawal: ['right'],
};
const DAYS: Readonly<Record<string, readonly [received: string, answer: string]>> = {
  de: ['23. November 2026', '23. Dezember 2026'],
  en: ['23 November 2026', '23 December 2026'],
  es: ['23 de noviembre de 2026', '23 de diciembre de 2026'],
  fr: ['23 novembre 2026', '23 décembre 2026'],
  ja: ['2026年11月23日', '2026年12月23日'],
  pt: ['23 de novembro de 2026', '23 de dezembro de 2026'],
};

const requestOf = (change: Partial<RequestInput> = {}) =>
  requestInput.parse({
    requestId: 'R-1042',
    type: 'access',
    subject: { emails: ['ana@example.com'], name: 'Ana Lima' },
    residence: { country: 'IE' },
    receivedAt: '2026-11-23',
    ...change,
  });
const factsOf = (
  kind: LetterKind,
  change: Partial<RequestInput> = {},
  more: Partial<LetterFacts> = {},
): LetterFacts => ({
  kind,
  request: requestOf(change),
  law: 'gdpr',
  receivedOn: '2026-11-23',
  answerBy: '2026-12-23',
  formerAnswerBy: '2026-12-01',
  reason: 'complex',
  question: 'Which account is meant?',
  number: 1,
  identityOpen: true,
  gaps: [{ system: 'acme-mail', because: 'overdue', note: '' }],
  files: 12,
  deleteBy: '2027-01-22',
  ...more,
});
const law = letterLaw({ request: requestOf(), law: 'gdpr', controller: { country: 'FR' } });
const localised = (cite: Citation, language: string) =>
  printCitation(cite, LANGUAGES[language]!.citations);

describe('letters', () => {
  it('there are in English, German, French, Japanese, Portuguese and Spanish', () =>
    assert.deepEqual(Object.keys(LANGUAGES).sort(), ['de', 'en', 'es', 'fr', 'ja', 'pt']));
});

for (const [language, words] of Object.entries(LANGUAGES)) {
  describe(`letters in ${language}`, () => {
    for (const kind of LETTER_KINDS) {
      const letter = renderLetter(factsOf(kind, { language }), law, {
        company: 'Acme GmbH',
        contact: 'privacy@acme.example',
      });

      it(`${kind}: has no hole, and says the same as text and HTML`, () => {
        assert.equal(letter.language, language);
        assert.doesNotMatch(
          letter.markdown + letter.text + letter.html,
          /\{\{|\}\}|undefined|null/,
        );
        assert.doesNotMatch(letter.text, /[*#]|\\|<https/);
        assert.ok(
          letter.text.startsWith(letter.subject) && letter.subject.includes('R-1042'),
          letter.subject,
        );
        assert.ok(
          letter.html.startsWith('<!DOCTYPE html>') &&
            letter.html.includes(`<html lang="${language}">`) &&
            letter.html.includes(`<title>${letter.subject}</title>`),
        );
      });

      it(`${kind}: cites the articles, names both authorities with their addresses, and who writes`, () => {
        for (const name of CITED[kind]) {
          assert.ok(
            letter.text.includes(localised(law.cites[name], language)),
            `${name}: ${localised(law.cites[name], language)}`,
          );
        }
        for (const { name, web, address } of law.authorities) {
          assert.ok(
            letter.text.includes(name) &&
              letter.text.includes(address ?? name) &&
              letter.html.includes(`href="${web}"`),
            name,
          );
        }
        assert.deepEqual(
          law.authorities.map(({ name }) => name),
          ['Data Protection Commission', 'Commission nationale de l’informatique et des libertés'],
        );
        assert.match(letter.text, /Ana Lima[^]*privacy@acme\.example[^]*Acme GmbH/);
      });

      it(`${kind}: works without a name, a contact, and what may be missing`, () => {
        const bare = renderLetter(
          factsOf(
            kind,
            { language, subject: { emails: ['ana@example.com'] } },
            { identityOpen: false, gaps: [], files: undefined, deleteBy: null },
          ),
          law,
        );
        assert.doesNotMatch(bare.text, /\{\{|\}\}|undefined|null/);
        assert.ok(bare.text.includes(words.company));
      });

      it(`${kind}: works where no authority is known`, () => {
        const bare = renderLetter(
          factsOf(kind, { language, residence: undefined }),
          { ...law, authorities: [] },
          { company: 'Acme GmbH' },
        );
        assert.doesNotMatch(bare.text, /\{\{|\}\}|:\n\n\n|undefined|null/);
      });

      it(`${kind}: the template is well formed`, () =>
        assert.deepEqual(
          [words.templates[kind], words.greeting, words.closing, words.remedies].flatMap(
            templateFaults,
          ),
          [],
        ));
    }

    it('write days as they are written in that language', () => {
      const { text } = renderLetter(factsOf('acknowledgement', { language }), law);
      for (const day of DAYS[language]!) {
        assert.ok(text.includes(day), text);
      }
    });

    it('put a listed reason in that language, and leave an operator’s own words', () => {
      assert.ok(
        renderLetter(factsOf('extension', { language }), law).text.includes(
          words.reasons.complexity,
        ),
      );
      assert.ok(
        renderLetter(
          factsOf('extension', { language }, { reason: 'the NUMBER of requests' }),
          law,
        ).text.includes(words.reasons.number),
      );
      assert.ok(
        renderLetter(
          factsOf('extension', { language }, { reason: 'our archive is slow' }),
          law,
        ).text.includes('our archive is slow'),
      );
    });

    it('have words for every gap', () =>
      assert.ok(Object.values(words.gaps).every((text) => text.length > 5)));

    it('refuse alike, whether anything is held or not', () => {
      const refusal = (more: Partial<LetterFacts>) =>
        renderLetter(factsOf('refusal', { language }, more), law).text;
      assert.equal(
        refusal({ gaps: [], files: undefined, deleteBy: null }),
        refusal({ files: 400 }),
      );
    });
  });
}

describe('the language of a letter', () => {
  const cases: readonly (readonly [
    what: string,
    change: Partial<RequestInput>,
    language: string,
  ])[] = [
    ['is the one that the request names', { language: 'ja' }, 'ja'],
    ['may be named with a country', { language: 'pt-BR' }, 'pt'],
    ['is that of the residence', { residence: { country: 'AT' } }, 'de'],
    ['is that of the region', { residence: { country: 'CH', region: 'GE' } }, 'fr'],
    [
      'takes the region with its country too',
      { residence: { country: 'CA', region: 'CA-QC' } },
      'fr',
    ],
    ['is English where the residence has another', { residence: { country: 'FI' } }, 'en'],
    [
      'is that of the residence where the one named has no letters',
      { language: 'it', residence: { country: 'BR' } },
      'pt',
    ],
    ['is English where nothing is known', { residence: undefined, law: 'gdpr' }, 'en'],
  ];
  for (const [what, change, language] of cases) {
    it(what, () => assert.equal(renderLetter(factsOf('delivery', change), law).language, language));
  }

  it('may be set where it is not known', () =>
    assert.equal(
      renderLetter(factsOf('delivery', { residence: { country: 'FI' } }), law, { language: 'es' })
        .language,
      'es',
    ));

  for (const [change, day] of [
    [{ residence: { country: 'AT' } }, '23. Jänner 2027'],
    [{ residence: { country: 'US', region: 'CA' } }, 'January 23, 2027'],
    [{ residence: { country: 'IE' } }, '23 January 2027'],
    [{ language: 'en', residence: { country: 'JP' } }, '23 January 2027'],
  ] as const) {
    it(`writes ${day} in ${change.residence.country}`, () =>
      assert.ok(
        renderLetter(
          factsOf('acknowledgement', change, { answerBy: '2027-01-23' }),
          law,
        ).text.includes(day),
      ));
  }
});

describe('articles and days, as a lawyer of the country writes them', () => {
  const cases: readonly (readonly [
    language: string,
    residence: RequestInput['residence'],
    law: string,
    kind: LetterKind,
    words: readonly string[],
  ])[] = [
    [
      'de',
      { country: 'DE', region: 'BE' },
      'gdpr',
      'acknowledgement',
      [
        '(Art. 15 Abs. 1 und 3 DSGVO)',
        '1. Januar 2027 (Art. 12 Abs. 3 DSGVO; Art. 3 Abs. 1, Abs. 2 Buchst. c VO (EWG, ' +
          'Euratom) Nr. 1182/71)',
      ],
    ],
    [
      'de',
      { country: 'DE' },
      'gdpr',
      'extension',
      [
        '(Art. 12 Abs. 3 Satz 2 DSGVO)',
        'Für private Stellen ist die Behörde ihres Landes zuständig',
      ],
    ],
    [
      'de',
      { country: 'CH' },
      'fadp',
      'acknowledgement',
      ['(Art. 25 DSG)', '(Art. 25 Abs. 7 DSG; Art. 18 Abs. 1 DSV; Art. 77 OR)'],
    ],
    [
      'fr',
      { country: 'CH', region: 'GE' },
      'fadp',
      'acknowledgement',
      ['(art. 25 LPD)', '1er janvier 2027 (art. 25 al. 7 LPD; art. 18 al. 1 OPDo; art. 77 CO)'],
    ],
    [
      'fr',
      { country: 'FR' },
      'gdpr',
      'extension',
      ['le 1er janvier 2027 (article 12, paragraphe 3, deuxième phrase, du RGPD)'],
    ],
    [
      'fr',
      { country: 'CA', region: 'QC' },
      'quebec-law-25',
      'refusal',
      [
        'Le 1er novembre 2026',
        'RLRQ, c. P-39.1, art. 32 et 34',
        'Demande d’examen de mésentente, dans les 30 jours.',
      ],
    ],
    [
      'es',
      { country: 'ES' },
      'gdpr',
      'acknowledgement',
      [
        '1 de enero de 2027 (artículo 12, apartado 3, del RGPD; artículo 3, apartado 1, y ' +
          'apartado 2, letra c), del Reglamento',
      ],
    ],
    [
      'pt',
      { country: 'PT' },
      'gdpr',
      'acknowledgement',
      ['1 de janeiro de 2027 (artigo 12.º, n.º 3, do RGPD'],
    ],
    [
      'pt',
      { country: 'BR' },
      'lgpd',
      'acknowledgement',
      ['1º de janeiro de 2027 (LGPD, art. 19, I e II)', '(LGPD, art. 18, § 3º)'],
    ],
    [
      'ja',
      { country: 'JP' },
      'appi',
      'acknowledgement',
      ['2027年1月1日', '（個人情報保護法第33条第2項、第39条、民法第140条）', '個人情報保護委員会'],
    ],
    [
      'en',
      { country: 'IE' },
      'gdpr',
      'identity-request',
      ['If we have no answer before 1 January 2027'],
    ],
    ['en', { country: 'IE' }, 'gdpr', 'reminder', ['If it does not come before 1 January 2027']],
    [
      'en',
      { country: 'GB', region: 'ENG' },
      'uk-gdpr',
      'refusal',
      ['UK GDPR Art. 12(6); UK GDPR Art. 12(4)', 'Complain to the controller first'],
    ],
  ];
  for (const [language, residence, id, kind, words] of cases) {
    it(`${language}, ${id}, ${kind}`, async () => {
      const change = { residence, receivedAt: '2026-11-01' };
      const { text, language: written } = renderLetter(
        factsOf(kind, change, { law: id, receivedOn: '2026-11-01', answerBy: '2027-01-01' }),
        letterLaw({ request: requestOf(change), law: id }),
      );
      assert.equal(written, language);
      for (const part of words) {
        assert.ok(text.includes(part), `${part}\n${text}`);
      }
    });
  }

  it('name an article once, where the same one carries identity and refusal', async () => {
    const change = { residence: { country: 'US', region: 'VA' } };
    assert.match(
      renderLetter(
        factsOf('refusal', change, { law: 'us-state' }),
        letterLaw({ request: requestOf(change), law: 'us-state' }),
      ).text,
      /cannot answer it \(Va\. Code § 59\.1-577\)/,
    );
  });

  it('say in every language what is said with an authority', async () => {
    const notes = [...LAWS.values()]
      .flatMap(({ authority }) =>
        'byCountry' in authority ? Object.values(authority.byCountry) : [authority],
      )
      .flatMap(({ note }) => (note === undefined ? [] : [note]));
    assert.ok(notes.length > 3);
    for (const [language, words] of Object.entries(LANGUAGES)) {
      if (language !== 'en') {
        assert.deepEqual(
          notes.filter((note) => words.notes[note] === undefined),
          [],
          language,
        );
      }
    }
  });
});

describe('what a person wrote', () => {
  const { markdown, text, html } = renderLetter(
    factsOf('acknowledgement', {
      subject: {
        emails: ['ana@example.com'],
        name: '<script>x</script> [*Ana*](javascript:x) {{law}} & #1',
      },
    }),
    law,
  );
  it('is text and no markup', () => {
    assert.ok(text.includes('<script>x</script> [*Ana*](javascript:x) {{law}} & #1'));
    assert.ok(
      html.includes('&lt;script&gt;') &&
        !html.includes('<script>') &&
        !html.includes('href="javascript'),
    );
    assert.ok(markdown.includes('\\[\\*Ana\\*\\]'));
  });
});

describe('the law of a letter', () => {
  it('names the authority of the Land, and what the company names', async () => {
    const request = requestOf({ residence: { country: 'DE', region: 'DE-BE' } });
    const own = { name: 'Our lead authority', web: 'https://authority.example' };
    const { authorities } = letterLaw({
      request,
      law: 'gdpr',
      controller: { country: 'DE', region: 'BY' },
      authority: own,
    });
    assert.deepEqual(
      authorities.map(({ name }) => name),
      [
        'Our lead authority',
        'Berliner Beauftragte für Datenschutz und Informationsfreiheit',
        'Bayerisches Landesamt für Datenschutzaufsicht',
      ],
    );
  });

  it('names the authorities of every law that may hold, the governing one’s first', async () => {
    const { authorities, cites } = letterLaw({
      request: requestOf({ residence: { country: 'JP' } }),
      law: 'appi',
      controller: { country: 'FR' },
    });
    assert.match(authorities[0]?.name ?? '', /PPC/);
    assert.ok(authorities.some(({ web }) => web === 'https://www.cnil.fr'));
    assert.match(printCitation(cites.answer), /APPI Art\. 33/);
  });

  it(
    'has a value for every place of every letter, under every law, where neither residence nor ' +
      'controller are known',
    async () => {
      const laws = LAWS;
      for (const law of laws.keys()) {
        const request = requestOf({
          law,
          residence: law === 'us-state' ? { country: 'US', region: 'VA' } : undefined,
        });
        for (const kind of LETTER_KINDS) {
          assert.ok(
            renderLetter(
              factsOf(kind, { law, residence: request.residence }, { law }),
              letterLaw({ request, law }),
            ).text.length > 100,
            `${law} ${kind}`,
          );
        }
      }
    },
  );

  for (const [region, appeal] of [
    ['VA', true],
    ['UT', false],
  ] as const) {
    it(`${appeal ? 'wants' : 'does not want'} an appeal named in a refusal in ${region}`, async () => {
      const state = letterLaw({
        request: requestOf({ residence: { country: 'US', region } }),
        law: 'us-state',
      });
      assert.equal(renderLetter(factsOf('refusal'), state).text.includes('appeal'), appeal);
    });
  }
});
