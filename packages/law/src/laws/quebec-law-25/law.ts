import { actOf } from '../../model/citation.ts';
import type { HolidayRule, Law } from '../../model/law.ts';

const ACT = actOf('CQLR c P-39.1');
const INTERPRETATION = actOf('Interpretation Act, CQLR c I-16', {
  signs: { section: { one: 's', several: 'ss', comma: true } },
});

/** "Holiday" of the Interpretation Act, CQLR c I-16, s 61(23). Saturday is not in it. */
const HOLIDAYS: readonly HolidayRule[] = [
  { name: 'New Year’s Day', kind: 'date', on: '01-01' },
  { name: 'Good Friday', kind: 'easter', days: -2 },
  { name: 'Easter Monday', kind: 'easter', days: 1 },
  { name: 'Sovereign’s birthday, by proclamation', kind: 'before', on: '05-25', weekday: 'monday' },
  { name: 'National holiday', kind: 'date', on: '06-24' },
  { name: 'Canada Day', kind: 'date', on: '07-01', moved: { sunday: 'monday' } },
  { name: 'Labour Day', kind: 'nth', nth: 1, weekday: 'monday', month: 9 },
  { name: 'Second Monday of October', kind: 'nth', nth: 2, weekday: 'monday', month: 10 },
  { name: 'Christmas Day', kind: 'date', on: '12-25' },
];

const edition = {
  rights: {
    access: { rule: 'Access to personal information', cite: [ACT.section(27)] },
    portability: {
      absent:
        'Portability (s 27, third paragraph) is in force since 22 September 2024 only. The ' +
        'right that exists before is access: send the type "access".',
    },
  },
  answer: {
    rule: 'Within 30 days of receipt, that day not counted',
    cite: [ACT.section(32)],
    within: { amount: 30, unit: 'day' },
  },
  lateStart: [],
  pauses: [],
  extension: {
    absent: 'the act on the private sector knows no extension.',
    cite: [ACT.section(32)],
  },
  roll: {
    rule:
      'A period that ends on a holiday runs to the next day that is none; Sunday is a holiday, ' +
      'Saturday is not',
    cite: [INTERPRETATION.section(52), INTERPRETATION.section(61, 23)],
    weekdays: ['sunday'],
    holidays: HOLIDAYS,
  },
  refusal: {
    rule: 'A refusal gives reasons, the provision, the remedies and their time limit; silence is a refusal',
    cite: [ACT.section(32), ACT.section(34)],
    within: 'extended',
  },
  identity: {
    rule: 'A request is in writing, by a person who proves identity; that stops no clock here',
    cite: [ACT.section(30)],
  },
  lookBack: 'All personal information held; the law knows no limit in time.',
  fee: {
    rule:
      'Access is free; a reasonable charge for transcription, reproduction or transmission, ' +
      'told beforehand',
    cite: [ACT.section(33)],
  },
  formats: ['A written and intelligible transcript.'],
  doubts: [
    'Section 30 can be read so that the period needs proof of identity first; it is counted ' +
      'from receipt: the earlier date.',
    'Sections 30 and 34, and that the act knows no extension, rest on secondary sources.',
  ],
} as const;

/**
 * Act respecting the protection of personal information in the private sector, Quebec, as amended
 * by "Law 25".
 */
const quebec: Law = {
  title:
    'Act respecting the protection of personal information in the private sector (Quebec, "Law 25")',
  short: 'Law 25',
  citation: [ACT.whole('as amended by SQ 2021, c 25')],
  countries: ['CA'],
  regions: ['QC'],
  place: 'subject',
  reach: {
    rule: 'Holds for an enterprise in Quebec, wherever the person lives',
    cite: [ACT.section(1)],
  },
  authority: {
    name: 'Commission d’accès à l’information',
    web: 'https://www.cai.gouv.qc.ca',
    address: '525, boulevard René-Lévesque Est, bureau 2.36, Québec (Québec) G1R 5S9',
    note: 'Application for examination of a disagreement, within 30 days.',
  },
  editions: [
    { ...edition, from: '2023-09-22', to: '2024-09-21' },
    {
      ...edition,
      from: '2024-09-22',
      rights: {
        ...edition.rights,
        portability: {
          rule:
            'Computerised information that was collected from the person, not created or ' +
            'inferred, also to a third party',
          cite: [ACT.section(27, { unnumbered: 3 })],
        },
      },
      formats: [
        'A written and intelligible transcript.',
        'Portability: a structured, commonly used technological format.',
      ],
    },
  ],
  leftToPeople: [
    'Serious practical difficulties (s 27, third paragraph).',
    'The restrictions of ss 37 to 41.',
    'Help in understanding a refusal, on request (s 34).',
  ],
  sources: [
    {
      what: 'Section 32: 30 days',
      url: 'https://conforme.ca/fr/conformite-loi-25/droits-acces',
      readOn: '2026-11-23',
    },
    {
      what: 'Interpretation Act ss 52, 61(23)',
      url: 'https://calculateurjudiciaire.com/loi-interpretation-rlrq',
      readOn: '2026-11-23',
    },
    {
      what: 'Portability',
      url: 'https://osler.com/en/insights/updates/completing-the-law-25-puzzle-insight-into-the-right-to-data-portability',
      readOn: '2026-11-23',
    },
  ],
};
export default quebec;
