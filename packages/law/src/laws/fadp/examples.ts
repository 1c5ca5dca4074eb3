import { extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'moves from Christmas over the weekend, for 26 December is cantonal',
    { law: 'fadp', country: 'CH', receivedAt: '2026-11-25T10:00:00+01:00' },
    'Wed 25 Nov 2026',
    'Mon 28 Dec 2026',
    'Fri 25 Dec 2026',
  ],
  [
    'gives thirty days',
    { law: 'fadp', country: 'CH', receivedAt: '2026-03-02T10:00:00+01:00' },
    'Mon 2 Mar 2026',
    'Wed 1 Apr 2026',
    'Wed 1 Apr 2026',
  ],
  [
    'takes the day that the controller names',
    {
      country: 'CH',
      receivedAt: '2026-06-11T10:00:00+02:00',
      events: extended('Wed 8 Jul 2026', 'Mon 31 Aug 2026'),
    },
    'Thu 11 Jun 2026',
    'Mon 13 Jul 2026',
    'Sat 11 Jul 2026',
    { extended: 'Mon 31 Aug 2026' },
  ],
];
export default examples;
