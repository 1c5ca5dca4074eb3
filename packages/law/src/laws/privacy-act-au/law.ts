import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const PRIVACY_ACT = actOf('Privacy Act 1988', {
  signs: { principle: { one: 'APP', several: 'APPs', comma: true } },
});
const GUIDELINES = actOf('OAIC APP Guidelines');
const INTERPRETATION = actOf('Acts Interpretation Act 1901');

const edition = {
  rights: {
    access: { rule: 'Access to personal information', cite: [PRIVACY_ACT.principle(12)] },
    portability: {
      absent:
        'The Privacy Act knows no right to portability; the Consumer Data Right is a separate ' +
        'scheme. The right that exists is access (APP 12): send the type "access".',
    },
  },
  lateStart: [],
  pauses: [],
  extension: { absent: 'APP 12 knows no extension.', cite: [PRIVACY_ACT.principle('12.4')] },
  identity: {
    rule: 'The entity must be satisfied of who asks; that stops no clock',
    cite: [PRIVACY_ACT.principle(12)],
  },
  lookBack: 'All personal information held; the law knows no limit in time.',
  formats: ['In the manner requested, if that is reasonable and practicable (APP 12.4(b)).'],
} as const;

/** Privacy Act 1988 of the Commonwealth of Australia. */
const privacyActAu: Law = {
  title: 'Privacy Act 1988 (Australia)',
  short: 'Privacy Act 1988',
  citation: [actOf('Privacy Act 1988 (Cth)').whole('Schedule 1, Australian Privacy Principle 12')],
  countries: ['AU'],
  place: 'controller',
  reach: {
    rule: 'Holds for agencies and for organisations with an Australian link, wherever the person lives',
    cite: [PRIVACY_ACT.section('5B'), PRIVACY_ACT.section('6C')],
  },
  authority: {
    name: 'Office of the Australian Information Commissioner (OAIC)',
    web: 'https://www.oaic.gov.au',
    address: 'GPO Box 5288, Sydney NSW 2001',
    phone: '1300 363 992',
    note: 'Complain to the entity first.',
  },
  editions: [
    {
      ...edition,
      from: '2014-03-12',
      entity: 'organisation',
      answer: {
        rule:
          'Within a reasonable period; 30 calendar days by the Commissioner’s guide, the day of ' +
          'the request not counted',
        cite: [PRIVACY_ACT.principle('12.4', 'a', 'ii'), GUIDELINES.chapter(12)],
        within: { amount: 30, unit: 'day' },
      },
      roll: {
        absent: 'A guide’s period is not moved by weekends or holidays.',
        cite: [GUIDELINES.chapter(12)],
      },
      refusal: {
        rule: 'A refusal is in writing, with reasons and the ways to complain',
        cite: [PRIVACY_ACT.principle('12.9')],
        within: 'extended',
      },
      fee: {
        rule: 'Asking is free; a charge for giving access must not be excessive',
        cite: [PRIVACY_ACT.principle('12.8')],
      },
      doubts: [
        'For an organisation the Act says "a reasonable period"; 30 calendar days are the ' +
          'Commissioner’s guide.',
      ],
    },
    {
      ...edition,
      from: '2014-03-12',
      entity: 'agency',
      answer: {
        rule: 'Within 30 days after the request is made, that day not counted',
        cite: [PRIVACY_ACT.principle('12.4', 'a', 'i'), INTERPRETATION.section(36, 1)],
        within: { amount: 30, unit: 'day' },
      },
      roll: {
        rule: 'A last day on a Saturday, Sunday or holiday of the place moves to the next day that is none',
        cite: [INTERPRETATION.section(36, 2)],
        weekdays: ['saturday', 'sunday'],
        holidays: 'place',
      },
      refusal: {
        rule: 'A refusal is in writing, with reasons and the ways to complain',
        cite: [PRIVACY_ACT.principle('12.9')],
        within: 'extended',
      },
      fee: { rule: 'An agency may not charge', cite: [PRIVACY_ACT.principle('12.7')] },
      doubts: [
        'The words of APP 12.4(a)(i) were not read themselves; the 30 days of an agency rest ' +
          'on secondary sources.',
      ],
    },
  ],
  leftToPeople: [
    'The exceptions of APP 12.2 (agencies) and 12.3 (organisations).',
    'Whether the manner requested is reasonable and practicable (APP 12.4(b), 12.5).',
  ],
  sources: [
    {
      what: 'APP 12, text',
      url: 'https://www.workingwiththelaw.net/australian-privacy-principle-12',
      readOn: '2026-11-23',
    },
    {
      what: '30 calendar days as the guide',
      url: 'https://privacy108.com.au/insights/responding-to-access-requests/',
      readOn: '2026-11-23',
    },
    {
      what: 'Acts Interpretation Act 1901 s 36',
      url: 'https://www.ato.gov.au/law/view/print?DocID=PAC%2F19010002%2F36&PiT=99991231235958',
      readOn: '2026-11-23',
    },
    {
      what: 'Section 36(2) at work',
      url: 'https://www.interpretationnow.com/episode-103/',
      readOn: '2026-11-23',
    },
  ],
};
export default privacyActAu;
