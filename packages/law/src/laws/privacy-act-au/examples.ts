import type { Example } from '../worked-example.ts';

const examples: readonly Example[] = [
  [
    'ends on a Sunday for an organisation',
    {
      law: 'privacy-act-au',
      country: 'AU',
      region: 'NSW',
      entity: 'organisation',
      receivedAt: '2026-05-15T10:00:00+10:00',
    },
    'Fri 15 May 2026',
    'Sun 14 Jun 2026',
    'Sun 14 Jun 2026',
  ],
  [
    'moves to the Monday for an agency',
    {
      law: 'privacy-act-au',
      country: 'AU',
      region: 'NSW',
      entity: 'agency',
      receivedAt: '2026-05-15T10:00:00+10:00',
    },
    'Fri 15 May 2026',
    'Mon 15 Jun 2026',
    'Sun 14 Jun 2026',
  ],
  [
    'knows Reconciliation Day in the capital',
    {
      law: 'privacy-act-au',
      country: 'AU',
      region: 'ACT',
      entity: 'agency',
      receivedAt: '2026-05-02T10:00:00+10:00',
    },
    'Sat 2 May 2026',
    'Tue 2 Jun 2026',
    'Mon 1 Jun 2026',
  ],
];
export default examples;
