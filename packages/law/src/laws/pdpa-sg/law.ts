import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const PDPA = actOf('PDPA');
const REGULATIONS = actOf('Regulations 2021');
const CHECKLIST = actOf('PDPC, Access Review Checklist');

/** Personal Data Protection Act 2012, Singapore. */
const pdpaSg: Law = {
  title: 'Personal Data Protection Act 2012 (Singapore)',
  short: 'PDPA',
  citation: [
    actOf('Act 26 of 2012').whole(),
    actOf('Personal Data Protection Regulations 2021').whole(),
  ],
  countries: ['SG'],
  place: 'subject',
  reach: {
    rule: 'Holds for organisations that handle data in Singapore, wherever the person lives',
    cite: [PDPA.section(2, 1), PDPA.section(4, 1, { apart: ',' })],
  },
  authority: {
    name: 'Personal Data Protection Commission (PDPC)',
    web: 'https://www.pdpc.gov.sg',
    address: '10 Pasir Panjang Road, #03-01 Mapletree Business City, Singapore 117438',
  },
  editions: [
    {
      from: '2014-07-02',
      rights: {
        access: { rule: 'Access to personal data', cite: [PDPA.section(21)] },
        portability: {
          absent:
            'Data portability (PDPA Part 6B) is not in force. The right that exists is access ' +
            '(s 21): send the type "access".',
        },
      },
      answer: {
        rule: 'As soon as reasonably possible; 30 calendar days after receipt, that day not counted',
        cite: [PDPA.section(21), REGULATIONS.regulation(5), CHECKLIST.whole()],
        within: { amount: 30, unit: 'day' },
        cautiousDays: 1,
      },
      lateStart: [],
      pauses: [],
      extension: {
        rule: 'The person is told in writing by when the answer comes',
        cite: [REGULATIONS.regulation(5)],
        total: 'announced',
        proposed: { amount: 30, unit: 'day' },
        noticeWaitsForPauses: false,
        reasons: [{ words: 'the answer is not possible within 30 days' }],
        anyReason: true,
      },
      roll: {
        absent: 'The last day is not moved by weekends or holidays: the earlier date.',
        cite: [REGULATIONS.regulation(5)],
      },
      refusal: {
        rule: 'A refusal is told in the same time; a copy is kept at least until the 30th day after it',
        cite: [PDPA.section(21), PDPA.section('22A'), REGULATIONS.regulation(8)],
        within: 'base',
      },
      identity: {
        rule: 'The request is in writing with enough detail to identify the person; that stops no clock',
        cite: [REGULATIONS.regulation(3)],
      },
      lookBack:
        'All personal data held; how it was used or disclosed, for the year before the request (s 21(1)(b)).',
      fee: {
        rule: 'A reasonable fee, with a written estimate beforehand',
        cite: [REGULATIONS.regulation(7)],
      },
      formats: [
        'A copy in documentary form, else a reasonable opportunity to examine it, or another ' +
          'form that the person accepts (reg 4).',
      ],
      doubts: [
        'A published tool counts the day of receipt as the first: that reading ends one day earlier.',
        'The notice of a later day rests on secondary sources for reg 5 of 2021.',
      ],
    },
  ],
  leftToPeople: [
    'The exceptions of s 21(2) to (4) and the Fifth Schedule.',
    'The day that is named when 30 days do not do; the law knows no maximum.',
  ],
  sources: [
    {
      what: '30 calendar days',
      url: 'https://www.pdpc.gov.sg/complaints-and-reviews/before-you-lodge-a-complaint-with-us-4/access-review-checklist',
      readOn: '2026-11-23',
    },
    {
      what: 'Regulations 2021',
      url: 'https://sso.agc.gov.sg/SL-Supp/S63-2021/Published/20210129170000?DocDate=20210129170000&WholeDoc=1',
      readOn: '2026-11-23',
    },
    {
      what: 'Reg 4',
      url: 'https://laws.sg/legislation/sub-leg-2012-pdpa-s63-2021/reg-4',
      readOn: '2026-11-23',
    },
    {
      what: 'Telling the date',
      url: 'https://natlawreview.com/article/singapore-issues-new-regulations-advance-data-protection-law-entering-force',
      readOn: '2026-11-23',
    },
  ],
};
export default pdpaSg;
