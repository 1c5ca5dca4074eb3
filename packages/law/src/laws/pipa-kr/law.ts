import { actOf } from '../../model/citation.ts';
import type { Law } from '../../model/law.ts';

const PIPA = actOf('PIPA');
const DECREE = actOf('Enforcement Decree');
const GUIDELINE = actOf('Standard Guideline');
const CIVIL_ACT = actOf('Civil Act', { signs: { article: { one: 'Art.', several: 'Arts' } } });

/** Personal Information Protection Act, Republic of Korea (개인정보 보호법). */
const pipaKr: Law = {
  title: 'Personal Information Protection Act (Republic of Korea)',
  short: 'PIPA',
  alsoCalled: ['pipa'],
  citation: [actOf('개인정보 보호법 (Act No. 10465 of 2011, as amended)').whole()],
  countries: ['KR'],
  place: 'subject',
  reach: {
    rule: 'Holds for a controller in Korea, wherever the person lives',
    cite: [PIPA.article(2, 5)],
  },
  authority: {
    name: '개인정보 보호위원회 / Personal Information Protection Commission (PIPC)',
    web: 'https://www.privacy.go.kr',
    address: 'Government Complex Seoul, 209 Sejong-daero, Jongno-gu, Seoul 03171',
    phone: '118',
  },
  editions: [
    {
      from: '2011-09-30',
      to: '2025-03-12',
      ...rules(),
      rights: {
        access: { rule: 'Access to personal information', cite: [PIPA.article(35)] },
        portability: {
          absent:
            'Transmission of personal information (Art. 35-2) is in force since 13 March 2025 ' +
            'only. The right that exists before is access (Art. 35): send the type "access".',
        },
      },
    },
    {
      from: '2025-03-13',
      ...rules(),
      rights: {
        access: { rule: 'Access to personal information', cite: [PIPA.article(35)] },
        portability: {
          rule: 'Transmission of personal information, in the sectors that the decree names',
          cite: [PIPA.article('35-2')],
        },
      },
      doubts: [
        ...rules().doubts,
        'Which sectors Art. 35-2 holds in, and its period, were not found in the decree; the ' +
          'ten days of access are taken.',
      ],
    },
  ],
  leftToPeople: [
    'Good cause for a postponement, and when it ends (Art. 35(3)).',
    'The grounds to restrict or refuse access (Art. 35(4)).',
    'Whether the controller’s sector falls under Art. 35-2.',
  ],
  sources: [
    {
      what: 'Art. 35',
      url: 'http://www.law.go.kr/lsLawLinkInfo.do?lsJoLnkSeq=900078723&chrClsCd=010202',
      readOn: '2026-11-23',
    },
    {
      what: 'Ten days of the decree, Art. 41(4)',
      url: 'https://www.hellaw.co.kr/document/내-개인정보-확인하고-싶어요-개인정보-열람-청구-a-to-z',
      readOn: '2026-11-23',
    },
    { what: 'Standard guideline Art. 31', url: 'https://itwiki.kr', readOn: '2026-11-23' },
    {
      what: 'Civil Act Arts 155, 157, 161',
      url: 'https://k-labor.co.kr/main/klabor_01_view.html?pgubun=1&lang=ko&find=&code1=27&chapter_idx=229',
      readOn: '2026-11-23',
    },
  ],
};
export default pipaKr;

/** What both editions share. */
function rules() {
  return {
    answer: {
      rule: 'Within 10 days of the request; the first day is not counted',
      cite: [PIPA.article(35, 3), DECREE.article(41, 4), CIVIL_ACT.article(157)],
      within: { amount: 10, unit: 'day' },
    },
    lateStart: [],
    pauses: [],
    extension: {
      rule: 'Postponed with the reason; within 10 days after the reason ends',
      cite: [PIPA.article(35, 3), GUIDELINE.article(31), CIVIL_ACT.article(161)],
      total: 'announced',
      after: { amount: 10, unit: 'day' },
      proposed: { amount: 0, unit: 'day' },
      noticeWaitsForPauses: false,
      reasons: [{ words: 'good cause, which the notice names' }],
      anyReason: true,
    },
    roll: {
      rule: 'A last day on a Saturday or public holiday moves to the next day',
      cite: [CIVIL_ACT.article(155), CIVIL_ACT.article(161)],
      weekdays: ['saturday', 'sunday'],
      holidays: 'nation-wide',
      doubt:
        'The public holidays are those of the official almanac as a package carries it; 1 May ' +
        'and 17 July are among them from 2026.',
    },
    refusal: {
      rule: 'A refusal or postponement is notified within 10 days, with the reason and the way to object',
      cite: [DECREE.article(42)],
      within: 'base',
    },
    identity: {
      rule: 'The controller checks who asks; that stops no clock',
      cite: [DECREE.article(46)],
    },
    lookBack: 'All personal information held; the law knows no limit in time.',
    fee: { rule: 'A fee for the actual cost may be asked for', cite: [PIPA.article(38, 3)] },
    formats: [
      'In the way that the controller sets and publishes, no harder than the way in which the ' +
        'data were collected.',
    ],
    doubts: [
      'The ten days and the notice rest on secondary sources for the Enforcement Decree, Arts 41(4) and 42.',
      'After a postponement the act says "without delay" once the reason ends; the ' +
        'guideline’s ten days are taken, counted from the day given as "until".',
    ],
  } as const;
}
