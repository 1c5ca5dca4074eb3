import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const TOY_ACT = actOf('Toy Act');

/** An act that nobody passed. */
const toyAct: Law = {
  title: 'Toy Act (Uruguay)',
  short: 'Toy Act',
  citation: [actOf('Toy Act 2026').whole()],
  countries: ['UY'],
  zones: { UY: 'America/Montevideo' },
  place: 'subject',
  authority: { name: 'Toy Commissioner', web: 'https://toys.example' },
  editions: [
    {
      from: '2026-01-01',
      rights: {
        access: { rule: 'Access to what is held', cite: [TOY_ACT.section(1)] },
        portability: {
          absent:
            'The Toy Act knows no right to portability. The right that exists is access (s 1): ' +
            'send the type "access".',
        },
      },
      answer: {
        rule: 'Within 20 days after receipt, that day not counted',
        cite: [TOY_ACT.section(2)],
        within: { amount: 20, unit: 'day' },
      },
      lateStart: [],
      pauses: [],
      extension: {
        rule: 'Extended once by at most 20 days, 40 in total, counted from receipt',
        cite: [TOY_ACT.section(3)],
        total: { amount: 40, unit: 'day' },
        noticeWaitsForPauses: false,
        reasons: [{ words: 'a very large number of toys' }],
      },
      roll: {
        rule: 'A last day on a Sunday moves to the Monday',
        cite: [TOY_ACT.section(4)],
        weekdays: ['sunday'],
        holidays: 'none',
      },
      refusal: {
        rule: 'A refusal is due in the same time',
        cite: [TOY_ACT.section(5)],
        within: 'base',
      },
      identity: { rule: 'The person shows who they are', cite: [TOY_ACT.section(6)] },
      lookBack: 'All that is held.',
      fee: { rule: 'None', cite: [TOY_ACT.section(7)] },
      formats: ['In writing (s 8).'],
      doubts: ['Whether a toy is data.'],
    },
  ],
  leftToPeople: ['Whether the act exists.'],
  sources: [{ what: 'Toy Act', url: 'https://toys.example/act', readOn: '2026-11-29' }],
};
export default toyAct;
