import { actOf, SECTION_SIGN } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const CODE = actOf('Cal. Civ. Code', SECTION_SIGN);
const REGULATIONS = actOf('11 CCR', SECTION_SIGN);
const PROCEDURE = actOf('Cal. Code Civ. Proc.', SECTION_SIGN);

const edition = {
  rights: {
    access: { rule: 'Right to know', cite: [CODE.section('1798.110')] },
    portability: {
      rule: 'Right to know, in a portable and readily useable format',
      cite: [CODE.section('1798.130', 'a', 3, 'B', 'iii')],
    },
  },
  answer: {
    rule: 'Within 45 calendar days of receipt, that day not counted, whatever time it takes to verify',
    cite: [CODE.section('1798.130', 'a', 2, 'A'), REGULATIONS.section(7021, 'b')],
    within: { amount: 45, unit: 'day' },
    cautiousDays: 1,
  },
  lateStart: [],
  pauses: [],
  extension: {
    rule: 'Extended by 45 days, 90 calendar days in total, counted from receipt',
    cite: [CODE.section('1798.130', 'a', 2, 'A'), REGULATIONS.section(7021, 'b')],
    total: { amount: 90, unit: 'day' },
    noticeWaitsForPauses: false,
    reasons: [{ words: 'reasonably necessary; the notice explains why more time is needed' }],
    anyReason: true,
  },
  roll: {
    absent: 'the roll of CCP § 12a is not used: the earlier date.',
    cite: [PROCEDURE.section(12), PROCEDURE.section('12a')],
  },
  acknowledge: {
    rule:
      'Receipt is confirmed within 10 business days, with the process, the verification and ' +
      'when to expect the answer; Monday to Friday, holidays counted',
    cite: [REGULATIONS.section(7021, 'a')],
    within: { amount: 10, unit: 'business-day' },
  },
  refusal: {
    rule: 'A request that cannot be verified in 45 days may be denied, with the reason',
    cite: [REGULATIONS.section(7021, 'b'), REGULATIONS.section(7024)],
    within: 'base',
  },
  identity: {
    rule:
      'Verification never stops the period; specific pieces for an unverified person are ' +
      'treated as a request for categories',
    cite: [REGULATIONS.section(7021, 'b'), REGULATIONS.section(7024, 'a')],
  },
  lookBack:
    '12 months before receipt; on request everything collected since 1 January 2022, unless ' +
    'impossible or disproportionate (11 CCR § 7024(h)).',
  fee: {
    rule: 'Free, twice in 12 months',
    cite: [CODE.section('1798.100', 'd'), CODE.section('1798.130', 'b')],
  },
  formats: [
    'A readily useable format that lets the person pass it on; by the account if there is ' +
      'one, else by mail or electronically as the person chooses.',
    'Never: Social Security, driver’s licence or other government ID numbers, account ' +
      'numbers, passwords, biometrics; say that they are held (11 CCR § 7024(d)).',
  ],
  doubts: [
    '11 CCR § 7021(b) lets the period begin on the day of receipt: that reading ends one day ' +
      'earlier. Whether CCP § 12a rolls the last day is not settled; it is not rolled.',
  ],
} as const;

/**
 * California Consumer Privacy Act of 2018, as amended by the California Privacy Rights Act of 2020.
 */
const ccpa: Law = {
  title: 'California Consumer Privacy Act',
  short: 'CCPA',
  citation: [
    CODE.section('1798.100', { to: '1798.199.100' }),
    REGULATIONS.section(7000, { following: true }),
  ],
  countries: ['US'],
  regions: ['CA'],
  place: 'subject',
  authority: {
    name: 'California Privacy Protection Agency, and the Attorney General',
    web: 'https://cppa.ca.gov',
  },
  editions: [
    {
      ...edition,
      from: '2020-01-01',
      to: '2022-12-31',
      lookBack: '12 months before receipt (Cal. Civ. Code § 1798.130(a)(2), as it stood).',
    },
    { ...edition, from: '2023-01-01', to: '2025-12-31' },
    {
      ...edition,
      from: '2026-01-01',
      doubts: [
        ...edition.doubts,
        'The regulations as changed on 1 January 2026 were not read in full; they are said to ' +
          'require a way to ask for more than 12 months.',
      ],
    },
  ],
  leftToPeople: [
    'Whether the business can verify the person, and to which degree of certainty.',
    'Whether an extension is reasonably necessary.',
    'The exceptions of § 1798.145; agents’ authority (11 CCR § 7063).',
  ],
  sources: [
    {
      what: '11 CCR § 7021',
      url: 'https://advisori.com/cpra/%C2%A7-7021-timelines-for-responding-to-requests-to-delete-requests-to-correct-and-requests-to-know/',
      readOn: '2026-11-23',
    },
    {
      what: 'Civ. Code § 1798.130',
      url: 'https://proteuscyber.com/privacy-database/tag/cpra/days',
      readOn: '2026-11-23',
    },
    {
      what: '11 CCR § 7024',
      url: 'https://www.law.cornell.edu/regulations/california/11-CCR-7024',
      readOn: '2026-11-23',
    },
    {
      what: 'Gov. Code § 6800: how days are counted',
      url: 'https://self-law.org/code/ca/government-code/6800',
      readOn: '2026-11-23',
    },
  ],
};
export default ccpa;
