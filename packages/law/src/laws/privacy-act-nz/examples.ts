import type { Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'leaves out Easter',
    { law: 'privacy-act-nz', country: 'NZ', receivedAt: '2026-03-16T10:00:00+13:00' },
    'Mon 16 Mar 2026',
    'Wed 15 Apr 2026',
    'Wed 15 Apr 2026',
  ],
  [
    'leaves out the break, and the Monday after Waitangi Day',
    { law: 'privacy-act-nz', country: 'NZ', receivedAt: '2026-12-23T10:00:00+13:00' },
    'Wed 23 Dec 2026',
    'Fri 12 Feb 2027',
    'Fri 12 Feb 2027',
  ],
  [
    'leaves out the Monday after Anzac Day',
    { country: 'NZ', receivedAt: '2026-04-10T10:00:00+12:00' },
    'Fri 10 Apr 2026',
    'Mon 11 May 2026',
    'Mon 11 May 2026',
  ],
];
export default examples;
