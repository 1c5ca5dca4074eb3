import { actOf } from '../../model/citation.ts';
import type { HolidayRule, Law } from '../../model/law.ts';

const PRIVACY_ACT = actOf('Privacy Act 2020');

/**
 * The days besides weekends that are not a "working day" of the Privacy Act 2020, s 7(1). Regional
 * anniversary days are working days.
 */
const DAYS_OFF: readonly HolidayRule[] = [
  { name: 'Good Friday', kind: 'easter', days: -2 },
  { name: 'Easter Monday', kind: 'easter', days: 1 },
  { name: 'Anzac Day', kind: 'date', on: '04-25', moved: { saturday: 'monday', sunday: 'monday' } },
  { name: 'Sovereign’s birthday', kind: 'nth', nth: 1, weekday: 'monday', month: 6 },
  {
    name: 'Te Rā Aro ki a Matariki, as the Te Kāhui o Matariki Public Holiday Act 2022 dates it',
    kind: 'listed',
    days: [
      '2022-06-24',
      '2023-07-14',
      '2024-06-28',
      '2025-06-20',
      '2026-07-10',
      '2027-06-25',
      '2028-07-14',
      '2029-07-06',
      '2030-06-21',
      '2031-07-11',
      '2032-07-02',
      '2033-06-24',
      '2034-07-07',
      '2035-06-29',
      '2036-07-18',
      '2037-07-10',
      '2038-06-25',
      '2039-07-15',
      '2040-07-06',
      '2041-07-19',
      '2042-07-11',
      '2043-07-03',
      '2044-06-24',
      '2045-07-07',
      '2046-06-29',
      '2047-07-19',
      '2048-07-03',
      '2049-06-25',
      '2050-07-15',
      '2051-06-30',
      '2052-06-21',
    ],
  },
  { name: 'Labour Day', kind: 'nth', nth: 4, weekday: 'monday', month: 10 },
  {
    name: 'Waitangi Day',
    kind: 'date',
    on: '02-06',
    moved: { saturday: 'monday', sunday: 'monday' },
  },
  { name: '25 December to 15 January', kind: 'span', first: '12-25', last: '01-15' },
];

/** Privacy Act 2020, New Zealand. */
const privacyActNz: Law = {
  title: 'Privacy Act 2020 (New Zealand)',
  short: 'Privacy Act 2020',
  citation: [actOf('Public Act 2020 No 31').whole()],
  countries: ['NZ'],
  place: 'subject',
  reach: {
    rule: 'Holds for a New Zealand agency, wherever the person lives',
    cite: [PRIVACY_ACT.section(4, 1, 'a')],
  },
  authority: {
    name: 'Office of the Privacy Commissioner',
    web: 'https://www.privacy.org.nz',
    address: 'PO Box 10094, The Terrace, Wellington 6143',
  },
  editions: [
    {
      from: '2020-12-01',
      rights: {
        access: {
          rule: 'Access to personal information',
          cite: [
            PRIVACY_ACT.section(22, { text: 'IPP 6' }),
            PRIVACY_ACT.section(44, { apart: ';' }),
          ],
        },
        portability: {
          absent:
            'The Privacy Act 2020 knows no right to portability. The right that exists is ' +
            'access (IPP 6): send the type "access".',
        },
      },
      answer: {
        rule: 'As soon as practicable, and within 20 working days after the day of receipt',
        cite: [PRIVACY_ACT.section(44)],
        within: { amount: 20, unit: 'working-day' },
      },
      lateStart: [],
      pauses: [],
      extension: {
        rule: 'Extended for a reasonable period, which the notice names',
        cite: [PRIVACY_ACT.section(48)],
        total: 'announced',
        proposed: { amount: 20, unit: 'working-day' },
        noticeWaitsForPauses: false,
        reasons: [
          { words: 'a large quantity of information' },
          { words: 'consultations that are needed' },
          { words: 'the complexity of the request', kind: 'complexity' },
        ],
      },
      roll: {
        absent: 'The period is counted in working days, so it ends on one.',
        cite: [PRIVACY_ACT.section(44)],
      },
      workingDays: {
        rule: 'Working days leave out weekends, the holidays listed, and 25 December to 15 January',
        cite: [PRIVACY_ACT.section(7, 1)],
        weekdays: ['saturday', 'sunday'],
        holidays: DAYS_OFF,
      },
      refusal: {
        rule: 'A refusal, with reasons and the way to complain, is due in the same time',
        cite: [PRIVACY_ACT.section(44), PRIVACY_ACT.section(46)],
        within: 'extended',
      },
      identity: {
        rule: 'The agency must be satisfied of who asks; that stops no clock',
        cite: [PRIVACY_ACT.section(57)],
      },
      lookBack: 'All personal information held; the law knows no limit in time.',
      fee: {
        rule: 'A private agency may charge, with notice and if need be beforehand',
        cite: [PRIVACY_ACT.section(66)],
      },
      formats: ['In the way that the person prefers, unless that is a problem that s 56 names.'],
      doubts: [
        'The 20 working days are those of the decision; the information follows without undue ' +
          'delay. The words of s 44 and the definition of a working day rest on secondary sources.',
      ],
    },
  ],
  leftToPeople: [
    'What a reasonable extension is; the law knows no maximum (s 48).',
    'The grounds to refuse of ss 49 to 53; charges.',
  ],
  sources: [
    {
      what: '20 working days',
      url: 'http://www.privacy.org.nz/timeframe-for-answering-requests/',
      readOn: '2026-11-23',
    },
    {
      what: 'Section 48',
      url: 'https://plainlanguagelaw.ackama.com/acts/LMS23193/LMS23387.html',
      readOn: '2026-11-23',
    },
    {
      what: 'Section 45',
      url: 'https://plainlanguagelaw.ackama.com/acts/LMS23193/LMS131557.html',
      readOn: '2026-11-23',
    },
    {
      what: 'The break over the year’s end',
      url: 'https://www.ombudsman.parliament.nz/news/official-information-requests-over-holiday-period',
      readOn: '2026-11-23',
    },
    {
      what: 'Dates of Matariki, 2022 to 2052',
      url: 'https://www.legislation.govt.nz/act/public/2022/0014/latest/LMS557893.html',
      readOn: '2026-11-24',
    },
  ],
};
export default privacyActNz;
