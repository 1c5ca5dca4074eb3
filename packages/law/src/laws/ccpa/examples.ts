import { answered, extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'gives 45 days, 90 extended, and ten business days to acknowledge',
    {
      law: 'ccpa',
      country: 'US',
      region: 'CA',
      receivedAt: '2026-06-01T10:00:00-07:00',
      events: extended('Wed 1 Jul 2026'),
    },
    'Mon 1 Jun 2026',
    'Thu 16 Jul 2026',
    'Wed 15 Jul 2026',
    { extended: 'Sun 30 Aug 2026', acknowledge: 'Mon 15 Jun 2026' },
  ],
  [
    'crosses the year, and counts Thanksgiving as a business day',
    { law: 'ccpa', country: 'US', region: 'CA', receivedAt: '2026-11-20T10:00:00-08:00' },
    'Fri 20 Nov 2026',
    'Mon 4 Jan 2027',
    'Sun 3 Jan 2027',
    { acknowledge: 'Fri 4 Dec 2026' },
  ],
  [
    'never stops for verification',
    {
      country: 'US',
      region: 'CA',
      receivedAt: '2026-08-03T10:00:00-07:00',
      events: answered('identity', 'Tue 4 Aug 2026', 'Sun 23 Aug 2026'),
    },
    'Mon 3 Aug 2026',
    'Thu 17 Sep 2026',
    'Wed 16 Sep 2026',
    { acknowledge: 'Mon 17 Aug 2026' },
  ],
];
export default examples;
