import { extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'ends on a Saturday, and moves an extended date from a Sunday',
    {
      law: 'pipeda',
      country: 'CA',
      region: 'ON',
      receivedAt: '2026-01-15T10:00:00-05:00',
      events: extended('Tue 10 Feb 2026'),
    },
    'Thu 15 Jan 2026',
    'Sat 14 Feb 2026',
    'Sat 14 Feb 2026',
    { extended: 'Mon 16 Mar 2026' },
  ],
  [
    'moves from Labour Day',
    { law: 'pipeda', country: 'CA', region: 'MB', receivedAt: '2026-08-08T10:00:00-05:00' },
    'Sat 8 Aug 2026',
    'Tue 8 Sep 2026',
    'Mon 7 Sep 2026',
  ],
  [
    'has Victoria Day before 25 May',
    { law: 'pipeda', country: 'CA', region: 'ON', receivedAt: '2026-04-25T10:00:00-04:00' },
    'Sat 25 Apr 2026',
    'Mon 25 May 2026',
    'Mon 25 May 2026',
  ],
  [
    'counts from the day in Vancouver, and moves from Canada Day',
    { law: 'pipeda', country: 'CA', region: 'BC', receivedAt: '2026-06-02T05:30:00Z' },
    'Mon 1 Jun 2026',
    'Thu 2 Jul 2026',
    'Wed 1 Jul 2026',
  ],
];
export default examples;
