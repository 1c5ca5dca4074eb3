import { actOf } from '../../model/citation.ts';
import type { HolidayRule, Law } from '../../model/law.ts';

const PIPEDA = actOf('PIPEDA');
const INTERPRETATION = actOf('Interpretation Act');

/**
 * "holiday" of the Interpretation Act, RSC 1985 c I-21, s 35(1). Saturday, Boxing Day and
 * substitute Mondays are not in it. Provincial days are left out.
 */
const HOLIDAYS: readonly HolidayRule[] = [
  { name: 'New Year’s Day', kind: 'date', on: '01-01' },
  { name: 'Good Friday', kind: 'easter', days: -2 },
  { name: 'Easter Monday', kind: 'easter', days: 1 },
  { name: 'Victoria Day', kind: 'before', on: '05-25', weekday: 'monday' },
  {
    name: 'Canada Day (Holidays Act, RSC 1985 c H-5)',
    kind: 'date',
    on: '07-01',
    moved: { sunday: 'monday' },
  },
  { name: 'Labour Day', kind: 'nth', nth: 1, weekday: 'monday', month: 9 },
  {
    name: 'National Day for Truth and Reconciliation',
    kind: 'date',
    on: '09-30',
    from: '2021-08-03',
  },
  { name: 'Remembrance Day', kind: 'date', on: '11-11' },
  { name: 'Christmas Day', kind: 'date', on: '12-25' },
];

/** Personal Information Protection and Electronic Documents Act, Canada. */
const pipeda: Law = {
  title: 'Personal Information Protection and Electronic Documents Act (Canada)',
  short: 'PIPEDA',
  regionalActs: {
    AB: 'An activity within CA-AB alone falls under the province’s own act, which is not known here.',
    BC: 'An activity within CA-BC alone falls under the province’s own act, which is not known here.',
  },
  citation: [actOf('SC 2000, c 5').whole()],
  countries: ['CA'],
  place: 'controller',
  reach: {
    rule: 'Holds for what an organisation in Canada does in commercial activities, wherever the person lives',
    cite: [PIPEDA.section(4, 1)],
  },
  authority: {
    name: 'Office of the Privacy Commissioner of Canada',
    web: 'https://www.priv.gc.ca',
    address: '30 Victoria Street, Gatineau, Quebec K1A 1H3',
    phone: '1-800-282-1376',
    note: 'Within six months of the refusal or of the end of the time limit (s 11(3)).',
  },
  editions: [
    {
      from: '2004-01-01',
      rights: {
        access: { rule: 'Individual access', cite: [PIPEDA.clause('4.9', { schedule: 1 })] },
        portability: {
          absent:
            'Data mobility (PIPEDA ss 10.4 to 10.6) is enacted but not in force. The right ' +
            'that exists is access (Schedule 1, cl 4.9): send the type "access".',
        },
      },
      answer: {
        rule:
          'With due diligence, and not later than thirty days after receipt; the day of receipt ' +
          'is not counted',
        cite: [PIPEDA.section(8, 3), INTERPRETATION.section(27, 5)],
        within: { amount: 30, unit: 'day' },
      },
      lateStart: [],
      pauses: [],
      extension: {
        rule: 'Extended by at most thirty days, sixty in total, counted from receipt',
        cite: [PIPEDA.section(8, 4)],
        total: { amount: 60, unit: 'day' },
        noticeWaitsForPauses: false,
        reasons: [
          {
            words:
              'meeting the time limit would unreasonably interfere with the activities of the organization',
          },
          { words: 'consultations make the time limit impracticable' },
          { words: 'conversion into an alternative format' },
        ],
      },
      roll: {
        rule:
          'Time that ends on a holiday runs to the next day that is none; Sunday is a holiday, ' +
          'Saturday is not',
        cite: [INTERPRETATION.section(26), INTERPRETATION.section(35, 1)],
        weekdays: ['sunday'],
        holidays: HOLIDAYS,
      },
      refusal: {
        rule: 'A refusal is in writing, with reasons and recourse, in the time limit; silence is a refusal',
        cite: [PIPEDA.section(8, 5), PIPEDA.section(8, 7)],
        within: 'extended',
      },
      identity: {
        rule: 'Enough information may be required to account for what is held; that stops no clock',
        cite: [PIPEDA.clause('4.9.2', { schedule: 1 })],
      },
      lookBack: 'All personal information held; the law knows no limit in time.',
      fee: {
        rule: 'Costs only after the approximate cost was told and the request was not withdrawn',
        cite: [PIPEDA.section(8, 6)],
      },
      formats: [
        'In a form that is generally understandable (Schedule 1, cl 4.9.4); an alternative ' +
          'format for a sensory disability (s 10).',
      ],
      doubts: [
        'The notice of extension is due thirty days after the date of the request (s 8(4)); ' +
          'here that is taken to be the day of receipt. A letter that is dated earlier has less time.',
      ],
    },
  ],
  leftToPeople: [
    'Activities within Quebec, Alberta or British Columbia alone, which fall under the province’s own act.',
    'The time that conversion into an alternative format needs (s 8(4)(b)).',
    'The exceptions of s 9; information must be kept until recourse is exhausted (s 8(8)).',
    'Provincial and municipal holidays: they move no date here.',
    'Thanksgiving, the second Monday of October, is said to be a holiday by proclamation. The ' +
      'proclamation was not read: that day moves no date here, which gives the earlier one.',
  ],
  sources: [
    {
      what: 'PIPEDA, consolidated',
      url: 'https://laws-lois.justice.gc.ca/eng/acts/P-8.6/',
      readOn: '2026-11-23',
    },
    {
      what: 'Interpretation Act ss 26 to 28, 35',
      url: 'https://laws-lois.justice.gc.ca/eng/acts/I-21/',
      readOn: '2026-11-23',
    },
    {
      what: 'Holidays Act',
      url: 'https://laws-lois.justice.gc.ca/eng/acts/H-5/',
      readOn: '2026-11-23',
    },
  ],
};
export default pipeda;
