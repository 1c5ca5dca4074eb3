import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const LGPD = actOf('LGPD', { paragraphSign: '§' });
const CIVIL_CODE = actOf('Código Civil');

/** Lei Geral de Proteção de Dados, Brazil. */
const lgpd: Law = {
  title: 'General Personal Data Protection Law (Brazil)',
  short: 'LGPD',
  citation: [actOf('Lei nº 13.709/2018').whole()],
  countries: ['BR'],
  place: 'subject',
  reach: {
    rule: 'Holds for processing in Brazil, wherever the person lives',
    cite: [LGPD.article(3, { item: 'I' })],
  },
  authority: {
    name: 'Autoridade Nacional de Proteção de Dados (ANPD)',
    web: 'https://www.gov.br/anpd',
  },
  editions: [
    {
      from: '2020-09-18',
      rights: {
        access: {
          rule: 'Confirmation of processing and access',
          cite: [
            LGPD.article(18, { item: 'I' }),
            LGPD.article(18, { item: 'II' }),
            LGPD.article(19, { apart: ';' }),
          ],
        },
        portability: {
          rule: 'Portability to another supplier, as the ANPD regulates it',
          cite: [LGPD.article(18, { item: 'V' })],
        },
      },
      answer: {
        rule:
          'A clear and complete declaration within 15 days of the request, that day not ' +
          'counted; a simplified one at once',
        cite: [LGPD.article(19, { item: 'I' }), LGPD.article(19, { item: 'II' })],
        within: { amount: 15, unit: 'day' },
      },
      lateStart: [],
      pauses: [],
      extension: { absent: 'the LGPD knows no extension.', cite: [LGPD.article(19)] },
      roll: {
        absent: 'the roll of Civil Code Art. 132 is not used: the earlier date.',
        cite: [CIVIL_CODE.article(132)],
      },
      refusal: {
        rule: 'What cannot be done at once is answered with the reasons, or with who the controller is',
        cite: [LGPD.article(18, 4)],
        within: 'extended',
      },
      identity: {
        rule: 'The request comes from the holder or a representative; that stops no clock',
        cite: [LGPD.article(18, 3)],
      },
      lookBack: 'All personal data held; the law knows no limit in time.',
      fee: { rule: 'Free of charge', cite: [LGPD.article(18, 5)] },
      formats: [
        'Electronic, secure and suitable, or printed, as the holder chooses (Art. 19 § 2); a ' +
          'full electronic copy where processing rests on consent or contract (Art. 19 § 3).',
      ],
      doubts: [
        'The 15 days are taken as calendar days and are not rolled over a weekend or holiday.',
        'They count from the date of the request; a letter that is dated earlier has less time.',
        'Portability has no period of its own until the ANPD regulates it; the 15 days of access are taken.',
      ],
    },
  ],
  leftToPeople: [
    'Small processing agents have double periods (Resolução CD/ANPD 2/2022), unless the ' +
      'processing is of high risk; that is not applied here.',
    'Periods of the ANPD for single sectors (Art. 19 § 4).',
    'Trade and industrial secrets (Art. 19 II).',
  ],
  sources: [
    {
      what: 'Art. 19',
      url: 'https://lgpd-brazil.info/chapter_03/article_19',
      readOn: '2026-11-23',
    },
    {
      what: 'Art. 18',
      url: 'https://lgpd.fundacaofaceli.edu.br/direitos-do-titular/',
      readOn: '2026-11-23',
    },
    {
      what: 'Resolução CD/ANPD 2/2022',
      url: 'https://incolape.com.br/2022/02/04/lgpd-regulamentacao-para-agentes-de-tratamento-de-pequeno-porte',
      readOn: '2026-11-23',
    },
  ],
};
export default lgpd;
