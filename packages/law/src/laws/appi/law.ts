import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const APPI = actOf('APPI');
/** The act with its article numbers before the renumbering. */
const FORMER = actOf('APPI', { numberedUntil: '2022-03-31' });
const CIVIL_CODE = actOf('Civil Code');

const edition = {
  rights: {
    access: { rule: 'Disclosure of retained personal data', cite: [APPI.article(33)] },
    portability: {
      absent:
        'The APPI knows no right to portability. The right that exists is disclosure (Art. ' +
        '33), also as an electromagnetic record: send the type "access".',
    },
  },
  answer: {
    rule:
      'Without delay: taken as 14 days from arrival, the day of arrival not counted. The 14 ' +
      'days are this program’s policy, not the statute’s: after two weeks the person may sue',
    cite: [APPI.article(33, 2), APPI.article(39), CIVIL_CODE.article(140)],
    within: { amount: 14, unit: 'day' },
  },
  lateStart: [],
  pauses: [],
  extension: {
    absent: 'the APPI names no period, and so no extension of one.',
    cite: [APPI.article(33, 2)],
  },
  roll: { absent: 'A target is not moved by weekends or holidays.', cite: [APPI.article(33, 2)] },
  refusal: {
    rule: 'A refusal, or that no such data exist, is notified without delay, with reasons where possible',
    cite: [APPI.article(33, 3), APPI.article(36)],
    within: 'extended',
  },
  identity: {
    rule: 'The business may set the way to ask and to prove identity, and publishes it',
    cite: [APPI.article(37)],
  },
  lookBack: 'All retained personal data; the law knows no limit in time.',
  fee: {
    rule: 'A fee within reason may be set in advance and published',
    cite: [APPI.article(38)],
  },
  formats: [
    'In the way that the person chooses, an electromagnetic record among them; on paper where ' +
      'that is difficult (Art. 33(2)).',
  ],
  doubts: [
    'The APPI says "without delay" and names no number of days; 14 days are policy (Art. 39 ' +
      'lets the person sue after two weeks).',
  ],
} as const;

/**
 * Act on the Protection of Personal Information, Japan (個人情報の保護に関する法律). Salesforce’s help calls it
 * "PIPA, Japan".
 */
const appi: Law = {
  title: 'Act on the Protection of Personal Information (Japan)',
  short: 'APPI',
  alsoCalled: ['pipa'],
  citation: [actOf('Act No. 57 of 2003 (個人情報の保護に関する法律)').whole()],
  countries: ['JP'],
  place: 'subject',
  reach: {
    rule: 'Holds for businesses in Japan, wherever the person lives',
    cite: [APPI.article(16, 2)],
  },
  authority: {
    name: '個人情報保護委員会 / Personal Information Protection Commission (PPC)',
    web: 'https://www.ppc.go.jp',
    address: 'Kasumigaseki Common Gate West Tower, 3-2-1 Kasumigaseki, Chiyoda-ku, Tokyo 100-0013',
  },
  editions: [
    {
      ...edition,
      from: '2017-05-30',
      to: '2022-03-31',
      rights: {
        ...edition.rights,
        access: {
          rule: 'Disclosure of retained personal data',
          cite: [FORMER.article(28)],
        },
      },
      answer: {
        ...edition.answer,
        cite: [FORMER.article(28, 2), FORMER.article(34), CIVIL_CODE.article(140)],
      },
      formats: ['In writing, or in another way that the person agrees to.'],
      doubts: [
        ...edition.doubts,
        'The act as numbered until 31 March 2022 was not read; its articles are named from memory.',
      ],
    },
    { from: '2022-04-01', ...edition },
  ],
  leftToPeople: [
    'Harm to the person or others, serious hindrance of the business, or a breach of other ' +
      'law (Art. 33(2), items 1 to 3).',
    'The published way to ask, and the fee (Art. 37, 38).',
  ],
  sources: [
    {
      what: 'Art. 33: without delay, the manner chosen',
      url: 'https://kp-lo.jp/law-info/---4.html',
      readOn: '2026-11-23',
    },
    {
      what: 'Art. 33(3), as the commission explains it',
      url: 'https://qiita.com/tetz1/items/01ef7145b2bbeecc192b',
      readOn: '2026-11-23',
    },
    {
      what: 'Art. 39: two weeks before a suit',
      url: 'https://esora-law.com/law/jouhou/advancedemand/',
      readOn: '2026-11-23',
    },
    {
      what: 'Art. 37, 38: procedures and fees',
      url: 'https://houritsushoku.com/archives/clauses-setting-forth-the-procedures-for-making-a-request-for-disclosure-etc-in-the-privacy-policy.html',
      readOn: '2026-11-23',
    },
  ],
};
export default appi;
