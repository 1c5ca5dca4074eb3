import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';
import { AUTHORITIES } from './authorities.ts';

const GDPR = actOf('GDPR');
const PERIODS = actOf('Reg. (EEC, Euratom) 1182/71');
const GUIDELINES = actOf('EDPB Guidelines 01/2022');

const EEA_JOINED = '2018-07-20';
const STATES = Object.keys(AUTHORITIES).filter((place) => !place.includes('-'));
const PAUSE_DOUBT =
  'Art. 12 itself knows no pause. That the days of a question are added rests on the EDPB’s ' +
  'guidelines, whose paragraphs 159-160 were not read themselves, and on one decision of the ' +
  'Berlin authority; the planned date leaves them out.';
const edition = {
  rights: {
    access: {
      rule: 'To know whether personal data are processed, to have access to them, and a copy',
      cite: [GDPR.article(15, 1), GDPR.article(15, 3)],
    },
    portability: {
      rule: 'To receive the data that the person provided, and to have them sent to another controller',
      cite: [GDPR.article(20, 1), GDPR.article(20, 2)],
    },
  },
  answer: {
    rule:
      'One month from receipt; the day of receipt is not counted, and the month ends on the day ' +
      'of the same number, or on the last day of a shorter month',
    cite: [GDPR.article(12, 3), PERIODS.article(3, 1), PERIODS.article(3, 2, 'c')],
    within: { amount: 1, unit: 'month' },
  },
  lateStart: [],
  pauses: [
    {
      on: 'identity',
      rights: ['access', 'portability'],
      count: 'difference',
      cautious: 'none',
      promptWithin: 10,
      rule: 'The days between the question about identity and the answer are added',
      cite: [GDPR.article(12, 6), GUIDELINES.paragraph(159, { to: 160 })],
      doubt: PAUSE_DOUBT,
    },
    {
      on: 'clarification',
      rights: ['access'],
      count: 'difference',
      cautious: 'none',
      promptWithin: 10,
      rule: 'The days between the question what is meant and the answer are added',
      cite: [GDPR.recital(63), GUIDELINES.paragraph(159, { to: 160 })],
      doubt: PAUSE_DOUBT,
    },
  ],
  extension: {
    rule: 'Extended by two further months, three in total, counted from receipt',
    cite: [GDPR.article(12, 3, { sentence: 2 })],
    total: { amount: 3, unit: 'month' },
    noticeWaitsForPauses: false,
    reasons: [
      { words: 'the complexity of the requests', kind: 'complexity' },
      { words: 'the number of the requests', kind: 'number' },
    ],
    doubt:
      'That the three months run from receipt, and not from a first month that was rolled or ' +
      'prolonged, is the ICO’s text for the same words in the United Kingdom; for the Union ' +
      'it is taken alike: the earlier date.',
  },
  roll: {
    rule:
      'A period that ends on a Saturday, Sunday or public holiday ends with the last hour of ' +
      'the following working day; it holds two working days at the least',
    cite: [PERIODS.article(2, 1), PERIODS.article(3, 4), PERIODS.article(3, 5)],
    weekdays: ['saturday', 'sunday'],
    holidays: 'nation-wide',
    leastWorkingDays: 2,
  },
  refusal: {
    rule: 'A refusal, with reasons and the remedies, is due in the first month; an extension does not move it',
    cite: [GDPR.article(12, 4)],
    within: 'base',
    doubt:
      'Art. 12(4) names one month and says nothing of an extension; that an extension does ' +
      'not move a refusal is this program’s reading: the earlier date.',
  },
  identity: {
    rule: 'More information may be asked for where there are reasonable doubts about who asks',
    cite: [GDPR.article(12, 6)],
  },
  lookBack: 'All data held; the law knows no limit in time.',
  fee: {
    rule:
      'Free of charge; a reasonable fee or a refusal only where requests are manifestly ' +
      'unfounded or excessive',
    cite: [GDPR.article(12, 5)],
  },
  formats: [
    'Art. 15(3): a commonly used electronic form where the request was made by electronic means.',
    'Art. 20(1): structured, commonly used, machine-readable (JSON, CSV, XML); a PDF does not do.',
  ],
  doubts: [],
} as const;

/** Regulation (EU) 2016/679 in the European Union and the European Economic Area. */
const gdpr: Law = {
  title: 'General Data Protection Regulation',
  short: 'GDPR',
  citation: [actOf('Regulation (EU) 2016/679').whole()],
  countries: [...STATES, 'AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'],
  place: 'controller',
  reach: {
    rule: 'Holds for what an establishment in the Union does, wherever the person lives',
    cite: [GDPR.article(3, 1)],
  },
  authority: { byCountry: AUTHORITIES },
  editions: [
    {
      from: '2018-05-25',
      countries: [
        ...STATES.filter((country) => !['IS', 'LI', 'NO'].includes(country)),
        'AX',
        'GF',
        'GP',
        'MF',
        'MQ',
        'RE',
        'YT',
      ],
      ...edition,
    },
    { from: EEA_JOINED, countries: ['IS', 'LI', 'NO'], ...edition },
  ],
  leftToPeople: [
    'Whether a request is manifestly unfounded or excessive (Art. 12(5)).',
    'Whether an extension is justified by complexity or number (Art. 12(3)).',
    'The rights and freedoms of others (Art. 15(4), 20(4)).',
    'National restrictions under Art. 23, and regional holidays: only nation-wide ones move a date here.',
    'Which data rest on consent or contract and were provided by the person (Art. 20(1)).',
  ],
  sources: [
    {
      what: 'Art. 12, wording of paragraph 3',
      url: 'https://ewatchers.org/question/rgpd/combien-de-temps-a-une-entreprise-pour-repondre-aux-demandes-d-exercice-de-droits-rgpd-36',
      readOn: '2026-11-23',
    },
    {
      what: 'Reg. 1182/71, text',
      url: 'https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/0EGYWY',
      readOn: '2026-11-23',
    },
    {
      what: 'How the month is counted (CJEU C-171/03)',
      url: 'https://www.mishcon.com/news/ico-change-to-guidance-on-subject-access-request-time-limits',
      readOn: '2026-11-23',
    },
    {
      what: 'The month, its end and its roll',
      url: 'https://www.dataprotect.at/fristenberechnung',
      readOn: '2026-11-23',
    },
    {
      what: 'Extension needs nobody’s consent',
      url: 'https://dataprotection.ie/en/faqs/access-and-rectification/how-long-does-organisation-have-respond-my-access-request',
      readOn: '2026-11-23',
    },
    {
      what: 'Suspension while identity is open (Berlin authority)',
      url: 'https://blog.eprivacy.eu/?lang=de&p=1477',
      readOn: '2026-11-23',
    },
  ],
};
export default gdpr;
