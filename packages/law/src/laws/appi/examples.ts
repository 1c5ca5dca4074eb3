import type { Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'takes two weeks from arrival',
    { law: 'appi', country: 'JP', receivedAt: '2026-06-01T10:00:00+09:00' },
    'Mon 1 Jun 2026',
    'Mon 15 Jun 2026',
    'Mon 15 Jun 2026',
  ],
  [
    'counts from the day in Tokyo',
    { law: 'pipa', country: 'JP', receivedAt: '2026-04-30T16:00:00Z' },
    'Fri 1 May 2026',
    'Fri 15 May 2026',
    'Fri 15 May 2026',
  ],
  [
    'is not moved by holidays',
    { law: 'appi', country: 'JP', receivedAt: '2026-09-09T10:00:00+09:00' },
    'Wed 9 Sep 2026',
    'Wed 23 Sep 2026',
    'Wed 23 Sep 2026',
  ],
];
export default examples;
