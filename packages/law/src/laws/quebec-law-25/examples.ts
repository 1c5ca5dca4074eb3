import type { Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'moves from Canada Day',
    {
      law: 'quebec-law-25',
      country: 'CA',
      region: 'QC',
      receivedAt: '2026-06-01T10:00:00-04:00',
    },
    'Mon 1 Jun 2026',
    'Thu 2 Jul 2026',
    'Wed 1 Jul 2026',
  ],
  [
    'moves from the second Monday of October',
    { country: 'CA', region: 'QC', receivedAt: '2026-09-12T10:00:00-04:00' },
    'Sat 12 Sep 2026',
    'Tue 13 Oct 2026',
    'Mon 12 Oct 2026',
  ],
  [
    'ends on a Saturday',
    { country: 'CA', region: 'CA-QC', receivedAt: '2026-10-08T10:00:00-04:00' },
    'Thu 8 Oct 2026',
    'Sat 7 Nov 2026',
    'Sat 7 Nov 2026',
  ],
];
export default examples;
