import { answered, extended, type Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'ends on the day of the same number; extended to three months from receipt',
    {
      law: 'gdpr',
      country: 'DE',
      receivedAt: '2026-07-14T09:00:00+02:00',
      events: extended('Mon 10 Aug 2026'),
    },
    'Tue 14 Jul 2026',
    'Fri 14 Aug 2026',
    'Fri 14 Aug 2026',
    { extended: 'Wed 14 Oct 2026' },
  ],
  [
    'moves from a Saturday to the Monday, and counts an extension anew from receipt',
    {
      law: 'gdpr',
      country: 'BE',
      receivedAt: '2025-12-31T17:00:00+01:00',
      events: extended('Fri 30 Jan 2026'),
    },
    'Wed 31 Dec 2025',
    'Mon 2 Feb 2026',
    'Sat 31 Jan 2026',
    { extended: 'Tue 31 Mar 2026' },
  ],
  [
    'moves an extended date over a Saturday and All Saints’ Day',
    {
      law: 'gdpr',
      country: 'FR',
      receivedAt: '2026-07-31T10:00:00+02:00',
      events: extended('Fri 28 Aug 2026'),
    },
    'Fri 31 Jul 2026',
    'Mon 31 Aug 2026',
    'Mon 31 Aug 2026',
    { extended: 'Mon 2 Nov 2026' },
  ],
  [
    'counts from the day in Vienna, not in UTC',
    { law: 'gdpr', country: 'AT', receivedAt: '2026-07-15T23:30:00Z' },
    'Thu 16 Jul 2026',
    'Mon 17 Aug 2026',
    'Sun 16 Aug 2026',
  ],
  [
    'adds the seven days on which identity was open',
    {
      law: 'gdpr',
      country: 'NL',
      receivedAt: '2026-09-01T10:00:00+02:00',
      events: answered('identity', 'Wed 2 Sep 2026', 'Wed 9 Sep 2026'),
    },
    'Tue 1 Sep 2026',
    'Thu 8 Oct 2026',
    'Thu 1 Oct 2026',
  ],
];
export default examples;
