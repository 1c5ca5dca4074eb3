import { extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'counts twenty days',
    { law: 'toy-act', country: 'UY', receivedAt: '2026-03-03' },
    'Tue 3 Mar 2026',
    'Mon 23 Mar 2026',
    'Mon 23 Mar 2026',
  ],
  [
    'moves from a Sunday to the Monday',
    { country: 'UY', receivedAt: '2026-03-09' },
    'Mon 9 Mar 2026',
    'Mon 30 Mar 2026',
    'Sun 29 Mar 2026',
  ],
  [
    'counts from the day in Montevideo, and forty days where it is extended',
    {
      law: 'toy-act',
      country: 'UY',
      receivedAt: '2026-03-04T01:00:00Z',
      events: extended('Fri 13 Mar 2026'),
    },
    'Tue 3 Mar 2026',
    'Mon 23 Mar 2026',
    'Mon 23 Mar 2026',
    { extended: 'Mon 13 Apr 2026' },
  ],
];
export default examples;
