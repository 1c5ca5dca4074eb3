import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const UK_GDPR = actOf('UK GDPR');
const GUIDE = actOf('ICO, Right of access');

const lateStart = [
  {
    kind: 'answer',
    on: 'identity',
    rule: 'The month begins when the information about identity that was asked for came',
    cite: [UK_GDPR.article('12A', 2, 'b'), UK_GDPR.article(12, 6)],
  },
  {
    kind: 'answer',
    on: 'fee',
    rule: 'The month begins when the fee was paid',
    cite: [UK_GDPR.article('12A', 2, 'c'), UK_GDPR.article(12, 5)],
  },
] as const;

const edition = {
  rights: {
    access: {
      rule: 'To know whether personal data are processed, to have access to them, and a copy',
      cite: [UK_GDPR.article(15, 1), UK_GDPR.article(15, 3)],
    },
    portability: {
      rule: 'To receive the data that the person provided, and to have them sent to another controller',
      cite: [UK_GDPR.article(20, 1), UK_GDPR.article(20, 2)],
    },
  },
  answer: {
    rule:
      'One month from the relevant time; it ends on the day of the same number, or on the last ' +
      'day of a shorter month',
    cite: [UK_GDPR.article(12, 3), UK_GDPR.article('12A', 1), GUIDE.whole()],
    within: { amount: 1, unit: 'month' },
    cautiousDays: 1,
  },
  lateStart,
  pauses: [
    {
      on: 'clarification',
      rights: ['access'],
      count: 'inclusive',
      cautious: 'difference',
      rule: 'The days from the question what is meant to the answer, both included, do not count',
      cite: [UK_GDPR.article('12A', 4)],
    },
  ],
  extension: {
    rule: 'Extended by two further months, three in total, counted from the relevant time',
    cite: [UK_GDPR.article('12A', 3)],
    total: { amount: 3, unit: 'month' },
    noticeWaitsForPauses: true,
    reasons: [
      { words: 'the complexity of the requests', kind: 'complexity' },
      { words: 'the number of the requests', kind: 'number' },
    ],
  },
  roll: {
    rule:
      'A last day on a weekend or bank holiday moves to the next working day; the nation’s bank ' +
      'holidays, or those of all nations where none is given',
    cite: [GUIDE.whole()],
    weekdays: ['saturday', 'sunday'],
    holidays: 'place',
  },
  refusal: {
    rule:
      'A refusal, with reasons and the remedies, is due before the end of the applicable time ' +
      'period, so an extension moves it',
    cite: [UK_GDPR.article(12, 4)],
    within: 'extended',
  },
  identity: {
    rule:
      'More information may be asked for where there are reasonable doubts; dealing with the ' +
      'request may wait for it',
    cite: [UK_GDPR.article(12, 6)],
  },
  lookBack:
    'All data that a reasonable and proportionate search finds (Art. 15(1A)); the law knows ' +
    'no limit in time.',
  fee: {
    rule:
      'Free of charge; a reasonable fee or a refusal only where requests are manifestly ' +
      'unfounded or excessive',
    cite: [UK_GDPR.article(12, 5)],
  },
  formats: [
    'Art. 15(3): a commonly used electronic form where the request was made by electronic means.',
    'Art. 20(1): structured, commonly used, machine-readable (JSON, CSV, XML); a PDF does not do.',
  ],
  doubts: [
    '"One month beginning with" the relevant time can be read to end one day earlier; the ' +
      'corresponding date of the ICO is taken (DPA 2018 s 205(2) leaves the UK GDPR out).',
  ],
} as const;

/**
 * The UK GDPR with the Data Protection Act 2018, as amended by the Data (Use and Access) Act 2025.
 */
const ukGdpr: Law = {
  title: 'UK General Data Protection Regulation',
  short: 'UK GDPR',
  citation: [
    actOf('Regulation (EU) 2016/679 as it forms part of UK law').whole(),
    actOf('Data Protection Act 2018').whole(),
    actOf('Data (Use and Access) Act 2025').whole(),
  ],
  countries: ['GB'],
  place: 'controller',
  reach: {
    rule: 'Holds for what an establishment in the United Kingdom does, wherever the person lives',
    cite: [UK_GDPR.article(3, 1)],
  },
  authority: {
    name: 'Information Commissioner’s Office (ICO)',
    web: 'https://ico.org.uk/make-a-complaint',
    address: 'Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF',
    phone: '0303 123 1113',
    note: 'Complain to the controller first (DPA 2018 s 164A).',
  },
  editions: [
    {
      ...edition,
      from: '2021-01-01',
      to: '2026-02-04',
      answer: { ...edition.answer, cite: [UK_GDPR.article(12, 3), GUIDE.whole()] },
      lateStart: lateStart.map((late) => ({
        ...late,
        cite: [GUIDE.on(UK_GDPR.article(12, late.on === 'fee' ? 5 : 6))],
      })),
      pauses: [
        {
          on: 'clarification',
          rights: ['access'],
          count: 'difference',
          cautious: 'none',
          rule: 'The clock stands from the question what is meant to the answer',
          cite: [GUIDE.whole('as it stood before 5 February 2026')],
        },
      ],
      extension: {
        ...edition.extension,
        cite: [UK_GDPR.article(12, 3)],
        noticeWaitsForPauses: false,
      },
      doubts: [
        ...edition.doubts,
        'Received before 5 February 2026: counted by the ICO’s guidance of that time; the ' +
          'transitional provisions of SI 2026/82 were not read.',
      ],
    },
    {
      from: '2026-02-05',
      ...edition,
      doubts: [
        ...edition.doubts,
        'Days of a clarification are counted with both ends, as the statute says; the ' +
          'earliest reading counts one day less for each.',
      ],
    },
  ],
  leftToPeople: [
    'Whether a request is manifestly unfounded or excessive (Art. 12(5)).',
    'Whether an extension is justified by complexity or number (Art. 12A(3)).',
    'Whether further information is reasonably required (Art. 12A(4)), and what a reasonable ' +
      'search is (Art. 15(1A)).',
    'The exemptions of the Data Protection Act 2018, Schedules 2 to 4; law enforcement (Part ' +
      '3) is not covered.',
    'A complaint to the controller has its own thirty days for the acknowledgement (s 164A).',
  ],
  sources: [
    {
      what: 'Data (Use and Access) Act 2025 ss 76, 78',
      url: 'https://www.legislation.gov.uk/ukpga/2025/18',
      readOn: '2026-11-23',
    },
    {
      what: 'Data Protection Act 2018 s 205',
      url: 'https://www.legislation.gov.uk/ukpga/2018/12',
      readOn: '2026-11-23',
    },
    {
      what: 'Commencement, SI 2026/82 reg 2(h)',
      url: 'https://crimeline.co.uk/legislationdisplay/?leg=%2Fuksi%2F2026%2F82%2Fregulation%2F2%2Fmade',
      readOn: '2026-11-23',
    },
    {
      what: 'ICO, counting and rolling',
      url: 'https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/individual-rights/right-of-access/what-should-we-consider-when-responding-to-a-request/',
      readOn: '2026-11-23',
    },
  ],
};
export default ukGdpr;
