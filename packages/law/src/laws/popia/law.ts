import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const POPIA = actOf('POPIA');
const PAIA = actOf('PAIA');
const INTERPRETATION = actOf('Interpretation Act 33 of 1957');

/**
 * Protection of Personal Information Act, South Africa, with the Promotion of Access to Information
 * Act.
 */
const popia: Law = {
  title: 'Protection of Personal Information Act (South Africa)',
  short: 'POPIA',
  citation: [actOf('Act 4 of 2013').whole('with Act 2 of 2000 (PAIA)')],
  countries: ['ZA'],
  place: 'subject',
  reach: {
    rule: 'Holds for a responsible party that is domiciled in South Africa, wherever the person lives',
    cite: [POPIA.section(3, 1, 'b')],
  },
  authority: {
    name: 'Information Regulator',
    web: 'https://inforegulator.org.za',
    address: 'Woodmead North Office Park, 54 Maxwell Drive, Woodmead, Johannesburg 2191',
  },
  editions: [
    {
      from: '2020-07-01',
      rights: {
        access: {
          rule: 'Access to personal information',
          cite: [POPIA.section(23), PAIA.section(50)],
        },
        portability: {
          absent:
            'POPIA knows no right to portability. The right that exists is access (s 23): ' +
            'send the type "access".',
        },
      },
      answer: {
        rule: 'Within a reasonable time; in any event within 30 days after receipt, that day not counted',
        cite: [POPIA.section(23, 1, 'b'), POPIA.section(25), PAIA.section(56, 1)],
        within: { amount: 30, unit: 'day' },
      },
      lateStart: [],
      pauses: [],
      extension: {
        rule: 'Extended once by at most 30 days, 60 in total, counted from receipt',
        cite: [PAIA.section(57)],
        total: { amount: 60, unit: 'day' },
        noticeWaitsForPauses: false,
        reasons: [
          { words: 'a large number of records' },
          { words: 'a search in another office' },
          { words: 'consultations that cannot be done in 30 days' },
          { words: 'more than one of these' },
          { words: 'written consent of the person' },
        ],
      },
      roll: {
        rule: 'A last day on a Sunday or public holiday moves to the next day; Saturday does not',
        cite: [INTERPRETATION.section(4)],
        weekdays: ['sunday'],
        holidays: 'nation-wide',
      },
      refusal: {
        rule: 'A refusal, with reasons and the remedies, is due in the same time; silence is a refusal',
        cite: [PAIA.section(56, 3), PAIA.section(58)],
        within: 'extended',
      },
      identity: {
        rule: 'The person gives adequate proof of identity; that stops no clock',
        cite: [POPIA.section(23, 1)],
      },
      lookBack: 'All personal information held; the law knows no limit in time.',
      fee: {
        rule: 'The prescribed fee, if any; an estimate beforehand',
        cite: [POPIA.section(23, 3)],
      },
      formats: [
        'In a reasonable manner and format, and in a form that is generally understandable (s 23(1)(b)).',
      ],
      doubts: ['How POPIA s 23 takes over the 30 days of PAIA s 56(1) rests on secondary sources.'],
    },
  ],
  leftToPeople: [
    'The grounds of refusal of PAIA, Part 3, Chapter 4.',
    'Whether a reason of s 57 holds.',
    'Form 2 and the request fee under PAIA.',
  ],
  sources: [
    {
      what: 'PAIA s 57',
      url: 'http://acts.co.za/promotion/57__extension_of_period_to_deal_with_request.php',
      readOn: '2026-11-23',
    },
    {
      what: 'PAIA s 25, parallel wording',
      url: 'https://en.m.wikisource.org/wiki/Page:Promotion_of_Access_to_Information_Act_2000.djvu/18',
      readOn: '2026-11-23',
    },
    {
      what: 'Interpretation Act s 4',
      url: 'https://creditdata.co.za/what-is-meant-by-days/',
      readOn: '2026-11-23',
    },
  ],
};
export default popia;
