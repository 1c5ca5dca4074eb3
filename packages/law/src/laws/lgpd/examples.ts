import type { Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'gives 15 days',
    { law: 'lgpd', country: 'BR', receivedAt: '2026-10-05T10:00:00-03:00' },
    'Mon 5 Oct 2026',
    'Tue 20 Oct 2026',
    'Tue 20 Oct 2026',
  ],
  [
    'is not moved by Finados',
    { law: 'lgpd', country: 'BR', receivedAt: '2026-10-18T10:00:00-03:00' },
    'Sun 18 Oct 2026',
    'Mon 2 Nov 2026',
    'Mon 2 Nov 2026',
  ],
  [
    'counts from the day in Brasília',
    { country: 'BR', receivedAt: '2026-06-30T02:00:00Z' },
    'Mon 29 Jun 2026',
    'Tue 14 Jul 2026',
    'Tue 14 Jul 2026',
  ],
];
export default examples;
