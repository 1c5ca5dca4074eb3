import type { CalendarDate } from '../../calendar/dates.ts';
import { actOf, SECTION_SIGN, type Citation } from '../../model/citation.ts';
import type { Edition, Law } from '../../model/law.ts';

/**
 * One state's act: its name, the place of its period, its first day, and where it differs from 45
 * days and 45 more.
 */
interface State {
  readonly region: string;
  readonly title: string;
  readonly cite: Citation;
  readonly from: CalendarDate;
  readonly days?: number;
  readonly further?: number;
  readonly appeal: string;
  readonly fee?: string;
  readonly doubts?: readonly string[];
}

/** A code with the section sign, and one without. */
const code = (name: string) => actOf(name, SECTION_SIGN);
const bare = (name: string) => actOf(name, { signs: { section: { one: '', several: '' } } });

const SIXTY = 'appeal: answered within 60 days; after that the Attorney General';
const FORTY_FIVE = 'appeal: answered within 45 days';
const NO_APPEAL = 'no appeal in the act';
const FROM_MEMORY =
  'The citation, the day since which the act holds, and the time for appeals rest on secondary sources.';
const SINCE = 'The day since which the act holds rests on secondary sources.';

const STATES: readonly State[] = [
  {
    region: 'CO',
    title: 'Colorado Privacy Act',
    cite: [code('C.R.S.').section('6-1-1306')],
    from: '2023-07-01',
    appeal: `${FORTY_FIVE}, and 60 more`,
    fee: 'Portability free twice a calendar year',
  },
  {
    region: 'CT',
    title: 'Connecticut Data Privacy Act',
    cite: [code('Conn. Gen. Stat.').section('42-518')],
    from: '2023-07-01',
    appeal: SIXTY,
    fee: 'Free once in 12 months',
    doubts: [SINCE],
  },
  {
    region: 'DE',
    title: 'Delaware Personal Data Privacy Act',
    cite: [code('6 Del. C.').section('12D-104')],
    from: '2025-01-01',
    appeal: SIXTY,
  },
  {
    region: 'FL',
    title: 'Florida Digital Bill of Rights',
    cite: [code('Fla. Stat.').section('501.706')],
    from: '2024-07-01',
    further: 15,
    appeal: `${SIXTY}; a notice of compliance within 60 days of receipt`,
    doubts: [SINCE],
  },
  {
    region: 'IA',
    title: 'Iowa Consumer Data Protection Act',
    cite: [code('Iowa Code').section('715D.3')],
    from: '2025-01-01',
    days: 90,
    appeal: SIXTY,
    doubts: [FROM_MEMORY, 'That Iowa’s extension is of 45 further days was not read in the act.'],
  },
  {
    region: 'IN',
    title: 'Indiana Consumer Data Protection Act',
    cite: [code('Ind. Code').section('24-15-3')],
    from: '2026-01-01',
    appeal: SIXTY,
  },
  {
    region: 'KY',
    title: 'Kentucky Consumer Data Protection Act',
    cite: [bare('KRS').section('367.3615')],
    from: '2026-01-01',
    appeal: SIXTY,
  },
  {
    region: 'MD',
    title: 'Maryland Online Data Privacy Act',
    cite: [code('Md. Code, Com. Law').section('14-4705')],
    from: '2025-10-01',
    appeal: SIXTY,
  },
  {
    region: 'MN',
    title: 'Minnesota Consumer Data Privacy Act',
    cite: [code('Minn. Stat.').section('325M.14')],
    from: '2025-07-31',
    appeal: `${FORTY_FIVE}, and 60 more`,
  },
  {
    region: 'MT',
    title: 'Montana Consumer Data Privacy Act',
    cite: [code('Mont. Code').section('30-14-2808')],
    from: '2024-10-01',
    appeal: SIXTY,
  },
  {
    region: 'NE',
    title: 'Nebraska Data Privacy Act',
    cite: [code('Neb. Rev. Stat.').section('87-1110')],
    from: '2025-01-01',
    appeal: SIXTY,
  },
  {
    region: 'NH',
    title: 'New Hampshire Privacy Act',
    cite: [bare('RSA').section('507-H:4')],
    from: '2025-01-01',
    appeal: SIXTY,
  },
  {
    region: 'NJ',
    title: 'New Jersey Data Privacy Act',
    cite: [bare('N.J.S.A.').section('56:8-166.4', { following: true })],
    from: '2025-01-15',
    appeal: FORTY_FIVE,
  },
  {
    region: 'OR',
    title: 'Oregon Consumer Privacy Act',
    cite: [bare('ORS').section('646A.576')],
    from: '2024-07-01',
    appeal: FORTY_FIVE,
  },
  {
    region: 'RI',
    title: 'Rhode Island Data Transparency and Privacy Protection Act',
    cite: [code('R.I. Gen. Laws').section('6-48.1')],
    from: '2026-01-01',
    appeal: SIXTY,
  },
  {
    region: 'TN',
    title: 'Tennessee Information Protection Act',
    cite: [code('Tenn. Code').section('47-18-3304')],
    from: '2025-07-01',
    appeal: SIXTY,
  },
  {
    region: 'TX',
    title: 'Texas Data Privacy and Security Act',
    cite: [code('Tex. Bus. & Com. Code').section('541.052')],
    from: '2024-07-01',
    appeal: SIXTY,
  },
  {
    region: 'UT',
    title: 'Utah Consumer Privacy Act',
    cite: [code('Utah Code').section('13-61-203')],
    from: '2023-12-31',
    appeal: NO_APPEAL,
    fee: 'A second request in 12 months may be charged',
    doubts: [SINCE],
  },
  {
    region: 'VA',
    title: 'Virginia Consumer Data Protection Act',
    cite: [code('Va. Code').section('59.1-577')],
    from: '2023-01-01',
    appeal: SIXTY,
  },
];

function edition({
  region,
  title,
  cite,
  from,
  days = 45,
  further = 45,
  appeal,
  fee = 'Free within the limits of the act',
  doubts = [FROM_MEMORY],
}: State): Edition {
  return {
    from,
    title,
    regions: [region],
    rights: {
      access: { rule: 'To confirm and to access personal data', cite },
      portability: {
        rule: 'A copy in a portable and, as far as feasible, readily usable format',
        cite,
      },
    },
    answer: {
      rule: `Within ${days} days of receipt, that day not counted`,
      cite,
      within: { amount: days, unit: 'day' },
    },
    lateStart: [],
    pauses: [],
    extension: {
      rule: `Extended once by ${further} days, ${days + further} in total, counted from receipt`,
      cite,
      total: { amount: days + further, unit: 'day' },
      noticeWaitsForPauses: false,
      reasons: [
        {
          words:
            'reasonably necessary, by complexity and number of the requests; the notice says why',
        },
      ],
      anyReason: true,
    },
    roll: { absent: 'The last day is not moved by weekends or holidays: the earlier date.', cite },
    refusal: {
      rule: `A refusal is due in the first ${days} days, with reasons; ${appeal}`,
      cite,
      within: 'base',
    },
    identity: {
      rule:
        'A request that cannot be authenticated with reasonable effort need not be answered; ' +
        'that stops no clock',
      cite,
    },
    ...(appeal !== NO_APPEAL && { appeal: true }),
    lookBack: 'All personal data held; the act knows no limit in time.',
    fee: { rule: fee, cite },
    formats: ['A portable and, to the extent technically feasible, readily usable format.'],
    doubts: [
      'Whether the last day is rolled by the state’s general rule on counting was not looked ' +
        'at; it is not rolled.',
      ...doubts,
    ],
  };
}

/** The general consumer privacy acts of the states of the USA, except California. */
const usState: Law = {
  title: 'Consumer privacy acts of states of the USA',
  short: 'State privacy act',
  citation: [actOf('the act of the state of residence').whole()],
  countries: ['US'],
  place: 'subject',
  authority: { name: 'The Attorney General of the state', web: 'https://www.naag.org/find-my-ag/' },
  editions: STATES.map(edition),
  leftToPeople: [
    'Whether the act applies at all: thresholds and exemptions differ by state.',
    'Whether an extension is reasonably necessary.',
    'The appeal, which is a process of its own.',
    'Acts of 2026 and later that are not in this list.',
  ],
  sources: [
    {
      what: 'Periods of the states',
      url: 'https://www.mayerbrown.com/es/insights/resource-centers/cybersecurity-and-data-privacy-resource-center/state-privacy-law-tracker',
      readOn: '2026-11-23',
    },
    {
      what: 'Conn. Gen. Stat. § 42-518',
      url: 'https://online.flipbuilder.com/bzaa/mvgs/files/basic-html/page166.html',
      readOn: '2026-11-23',
    },
    {
      what: 'Utah Code § 13-61-203',
      url: 'https://privacy.gtlaw.com/utah-controllers/',
      readOn: '2026-11-23',
    },
    {
      what: 'Fla. Stat. § 501.706',
      url: 'https://lawserver.com/law/state/florida/statutes/florida_statutes_501-706',
      readOn: '2026-11-23',
    },
  ],
};
export default usState;
