import { extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'moves from Freedom Day',
    { law: 'popia', country: 'ZA', receivedAt: '2026-03-28T10:00:00+02:00' },
    'Sat 28 Mar 2026',
    'Tue 28 Apr 2026',
    'Mon 27 Apr 2026',
  ],
  [
    'moves from a Sunday; extended to sixty days',
    {
      law: 'popia',
      country: 'ZA',
      receivedAt: '2026-10-09T10:00:00+02:00',
      events: extended('Tue 3 Nov 2026'),
    },
    'Fri 9 Oct 2026',
    'Mon 9 Nov 2026',
    'Sun 8 Nov 2026',
    { extended: 'Tue 8 Dec 2026' },
  ],
  [
    'ends on a Saturday',
    { country: 'ZA', receivedAt: '2026-05-07T10:00:00+02:00' },
    'Thu 7 May 2026',
    'Sat 6 Jun 2026',
    'Sat 6 Jun 2026',
  ],
];
export default examples;
