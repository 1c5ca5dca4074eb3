import { answered, extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'moves from a Saturday to the Monday; extended to three months',
    {
      law: 'uk-gdpr',
      country: 'GB',
      region: 'ENG',
      receivedAt: '2026-04-30T10:00:00+01:00',
      events: extended('Thu 28 May 2026'),
    },
    'Thu 30 Apr 2026',
    'Mon 1 Jun 2026',
    'Fri 29 May 2026',
    { extended: 'Thu 30 Jul 2026' },
  ],
  [
    'leaves out the days of a clarification, both ends included',
    {
      law: 'uk-gdpr',
      country: 'GB',
      region: 'ENG',
      receivedAt: '2026-10-05T10:00:00+01:00',
      events: answered('clarification', 'Wed 7 Oct 2026', 'Wed 14 Oct 2026'),
    },
    'Mon 5 Oct 2026',
    'Fri 13 Nov 2026',
    'Wed 11 Nov 2026',
  ],
  [
    'begins when the proof of identity came',
    {
      law: 'uk-gdpr',
      country: 'GB',
      region: 'ENG',
      receivedAt: '2026-11-10T10:00:00+00:00',
      events: [
        ...answered('identity', 'Tue 10 Nov 2026', 'Tue 17 Nov 2026'),
        ...extended('Thu 10 Dec 2026'),
      ],
    },
    'Tue 10 Nov 2026',
    'Thu 17 Dec 2026',
    'Wed 16 Dec 2026',
    { extended: 'Wed 17 Feb 2027' },
  ],
  [
    'knows the substitute holiday of Northern Ireland',
    { law: 'uk-gdpr', country: 'GB', region: 'GB-NIR', receivedAt: '2026-06-12T10:00:00+01:00' },
    'Fri 12 Jun 2026',
    'Tue 14 Jul 2026',
    'Sat 11 Jul 2026',
  ],
  [
    'does not stop for a clarification of portability',
    {
      law: 'uk-gdpr',
      country: 'GB',
      region: 'ENG',
      right: 'portability',
      receivedAt: '2026-10-05T10:00:00+01:00',
      events: answered('clarification', 'Wed 7 Oct 2026', 'Wed 14 Oct 2026'),
    },
    'Mon 5 Oct 2026',
    'Thu 5 Nov 2026',
    'Wed 4 Nov 2026',
  ],
];
export default examples;
