import { actOf } from '../../model/citation.ts';
import type { HolidayRule, Law } from '../../model/law.ts';

const DSG = actOf('DSG');
const DSV = actOf('DSV');
const OR = actOf('OR');
const PERIODS = actOf('SR 173.110.3');

/** Holidays in the whole of Switzerland, without cantonal ones. */
const HOLIDAYS: readonly HolidayRule[] = [
  { name: 'New Year’s Day', kind: 'date', on: '01-01' },
  { name: 'Ascension Day', kind: 'easter', days: 39 },
  { name: 'National Day', kind: 'date', on: '08-01' },
  { name: 'Christmas Day', kind: 'date', on: '12-25' },
];

/** Federal Act on Data Protection, Switzerland (DSG), with its ordinance (DSV). */
const fadp: Law = {
  title: 'Federal Act on Data Protection (Switzerland)',
  short: 'FADP',
  citation: [actOf('SR 235.1 (DSG)').whole(), actOf('SR 235.11 (DSV)').whole()],
  countries: ['CH'],
  place: 'subject',
  reach: { rule: 'Holds for what has effects in Switzerland', cite: [DSG.article(3, 1)] },
  authority: {
    name: 'Federal Data Protection and Information Commissioner (FDPIC / EDÖB)',
    web: 'https://www.edoeb.admin.ch',
    address: 'Feldeggweg 1, 3003 Bern',
  },
  editions: [
    {
      from: '2023-09-01',
      rights: {
        access: { rule: 'Right to information', cite: [DSG.article(25)] },
        portability: {
          rule: 'Right to have personal data handed over or transferred',
          cite: [DSG.article(28)],
        },
      },
      answer: {
        rule: 'Within 30 days of receipt; the day of receipt is not counted',
        cite: [DSG.article(25, 7), DSV.article(18, 1), OR.article(77)],
        within: { amount: 30, unit: 'day' },
      },
      lateStart: [
        {
          kind: 'reflection',
          on: 'fee',
          days: 10,
          rule: 'After a fee was announced the period begins when the ten days to reconsider have passed',
          cite: [DSV.article(19, 3)],
        },
      ],
      pauses: [],
      extension: {
        rule: 'The controller says by when it answers',
        cite: [DSV.article(18, 2)],
        total: 'announced',
        proposed: { amount: 30, unit: 'day' },
        noticeWaitsForPauses: false,
        reasons: [{ words: 'the information cannot be given within 30 days' }],
        anyReason: true,
      },
      roll: {
        rule: 'A last day on a Saturday, Sunday or nation-wide holiday moves to the next working day',
        cite: [OR.article(78), PERIODS.article(1)],
        weekdays: ['saturday', 'sunday'],
        holidays: HOLIDAYS,
      },
      refusal: {
        rule: 'A refusal, restriction or deferral is told in the same period',
        cite: [DSV.article(18, 3)],
        within: 'base',
      },
      identity: {
        rule: 'The controller identifies the person, who must help; that stops no clock',
        cite: [DSV.article(16, 5)],
      },
      lookBack: 'All personal data held; the law knows no limit in time.',
      fee: {
        rule:
          'Free; up to CHF 300 for disproportionate effort, told beforehand; not confirmed ' +
          'within ten days, the request counts as withdrawn',
        cite: [DSV.article(19)],
      },
      formats: [
        'In writing, or in the form in which the data are held; portability in a usual ' +
          'electronic format (DSV Arts 16, 21).',
      ],
      doubts: [
        'That the last day moves rests on the law of obligations by analogy; which days are ' +
          'holidays in the whole country rests on secondary sources.',
      ],
    },
  ],
  leftToPeople: [
    'Whether the effort is disproportionate (DSV Art. 19).',
    'The day that is named when 30 days do not do; the law knows no maximum (DSV Art. 18(2)).',
    'Restrictions of DSG Arts 26, 27, 29; cantonal holidays.',
  ],
  sources: [
    { what: 'DSG', url: 'https://fedlex.data.admin.ch/eli/cc/2022/491', readOn: '2026-11-23' },
    { what: 'DSV', url: 'https://fedlex.data.admin.ch/eli/cc/2022/568', readOn: '2026-11-23' },
    {
      what: 'OR Arts 77, 78',
      url: 'https://fedlex.data.admin.ch/eli/cc/27/317_321_377',
      readOn: '2026-11-23',
    },
    {
      what: 'Saturday as a holiday',
      url: 'https://fedlex.data.admin.ch/eli/cc/1963/819_815_843',
      readOn: '2026-11-23',
    },
  ],
};
export default fadp;
