import type { Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'moves from a substitute holiday',
    { law: 'pipa-kr', country: 'KR', receivedAt: '2026-05-15T10:00:00+09:00' },
    'Fri 15 May 2026',
    'Tue 26 May 2026',
    'Mon 25 May 2026',
  ],
  [
    'gives ten days',
    { law: 'pipa', country: 'KR', receivedAt: '2026-06-01T10:00:00+09:00' },
    'Mon 1 Jun 2026',
    'Thu 11 Jun 2026',
    'Thu 11 Jun 2026',
  ],
  [
    'moves from Liberation Day over a Sunday and its substitute',
    { country: 'KR', receivedAt: '2026-08-05T10:00:00+09:00' },
    'Wed 5 Aug 2026',
    'Tue 18 Aug 2026',
    'Sat 15 Aug 2026',
  ],
];
export default examples;
