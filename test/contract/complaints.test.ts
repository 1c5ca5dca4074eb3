import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complaintsOf } from '../../src/contract/complaints.ts';
import { MESSAGES } from '../../src/contract/messages/index.ts';
import { requestInput } from '../../src/contract/request.ts';

const good = {
  requestId: 'R-1',
  type: 'access',
  law: 'gdpr',
  receivedAt: '2026-11-23',
  subject: { emails: ['ana@example.com'] },
};
const complaints = (change: object): string[] => {
  const { error } = requestInput.safeParse({ ...good, ...change });
  return error === undefined
    ? []
    : complaintsOf(error).map(({ path, reason }) => `${path}: ${reason}`);
};

describe('complaints', () => {
  const cases: readonly [what: string, change: object, said: string[]][] = [
    [
      'an unknown key, by its own path',
      { colour: 1, subject: { emails: [], mail: 'x' } },
      ['subject.mail: is not known here', 'colour: is not known here'],
    ],
    [
      'an unknown field of a policy, by its own path',
      { policy: { cutoff: '3d' } },
      ['policy.cutoff: is not known here'],
    ],
    [
      'a wrong value within a policy',
      { policy: { retention: 'a month' } },
      ['policy.retention: must be a number of days such as "30d"'],
    ],
    [
      'a policy that is neither a name nor an object',
      { policy: 5 },
      ['policy: is of no form that is known here'],
    ],
    [
      'a field that is missing',
      { receivedAt: undefined },
      [
        'receivedAt: must be an instant with an offset, such as 2026-11-23T10:15:00+01:00, or ' +
          'a day, such as 2026-11-23',
      ],
    ],
  ];
  for (const [what, change, said] of cases) {
    it(`name ${what}`, () => assert.deepEqual(complaints(change), said));
  }

  it('are whole sentences about what has no path', () => {
    const { error } = MESSAGES.withdraw.input.safeParse('stop');
    assert.deepEqual(error && complaintsOf(error), [
      { path: '', reason: 'it must be of the type object, and is of the type string' },
    ]);
  });
});
