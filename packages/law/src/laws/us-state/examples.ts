import { extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'Virginia gives 45 and 45 days',
    {
      law: 'us-state',
      country: 'US',
      region: 'VA',
      receivedAt: '2026-09-01T10:00:00-04:00',
      events: extended('Sat 10 Oct 2026'),
    },
    'Tue 1 Sep 2026',
    'Fri 16 Oct 2026',
    'Fri 16 Oct 2026',
    { extended: 'Mon 30 Nov 2026' },
  ],
  [
    'Iowa gives 90 and 45 days',
    {
      country: 'US',
      region: 'IA',
      receivedAt: '2026-09-01T10:00:00-05:00',
      events: extended('Fri 20 Nov 2026'),
    },
    'Tue 1 Sep 2026',
    'Mon 30 Nov 2026',
    'Mon 30 Nov 2026',
    { extended: 'Thu 14 Jan 2027' },
  ],
  [
    'Florida gives 45 and 15 days',
    {
      country: 'US',
      region: 'FL',
      receivedAt: '2026-09-01T10:00:00-04:00',
      events: extended('Sat 10 Oct 2026'),
    },
    'Tue 1 Sep 2026',
    'Fri 16 Oct 2026',
    'Fri 16 Oct 2026',
    { extended: 'Sat 31 Oct 2026' },
  ],
];
export default examples;
