import { extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'gives thirty days',
    { law: 'pdpa-sg', country: 'SG', receivedAt: '2026-03-02T10:00:00+08:00' },
    'Mon 2 Mar 2026',
    'Wed 1 Apr 2026',
    'Tue 31 Mar 2026',
  ],
  [
    'takes the day that the applicant was told',
    {
      law: 'pdpa-sg',
      country: 'SG',
      receivedAt: '2026-11-10T10:00:00+08:00',
      events: extended('Tue 8 Dec 2026', 'Fri 15 Jan 2027'),
    },
    'Tue 10 Nov 2026',
    'Thu 10 Dec 2026',
    'Wed 9 Dec 2026',
    { extended: 'Fri 15 Jan 2027' },
  ],
  [
    'counts from the day in Singapore',
    { country: 'SG', receivedAt: '2026-07-31T17:00:00Z' },
    'Sat 1 Aug 2026',
    'Mon 31 Aug 2026',
    'Sun 30 Aug 2026',
  ],
];
export default examples;
