import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planRequest } from '../../src/activities/plan-request.ts';
import type { Dependencies, ReadySystem } from '../../src/activities/dependencies.ts';
import type { VendorConnector } from '../../src/connectors/spi.ts';
import { requestInput } from '../../src/contract/request.ts';

const ask: VendorConnector['ask'] = async () => ({
  way: 'manual',
  why: 'a test',
  instructions: '',
});
const systems = new Map<string, ReadySystem>([
  ['copy', { kind: 'vendor', connector: { ask, requestTypes: ['portability'], asksAlways: true } }],
  ['mail', { kind: 'vendor', connector: { ask } }],
]);
const planned = async (
  type: 'access' | 'portability',
  policy: object = {},
  policies: object = {},
) => {
  const config = {
    systems: [...systems.keys()].map((id) => ({ id, connector: id, dataSources: [] })),
    policies,
    notUsed: {},
    accept: { clear: 'all' },
  };
  const plan = planRequest({
    config,
    systems,
    planDates: async () => ({}),
  } as unknown as Dependencies);
  const request = requestInput.parse({
    requestId: 'R-1',
    type,
    subject: { emails: ['ana@example.com'] },
    receivedAt: '2026-11-23',
    policy,
  });
  return (await plan({ request, events: [], at: '2026-11-23T10:00:00.000Z' })).systems;
};

describe('the policy that a request asks for', () => {
  it('never loosens what the configuration sets', async () => {
    await assert.rejects(
      planned(
        'access',
        { reviewPackage: false, maxProfiles: 999_999, retention: '0d' },
        { default: { reviewPackage: true, maxProfiles: 1 } },
      ),
      ({ type, details = [] }: { type?: string; details?: unknown[] }) => {
        assert.equal(type, 'invalid-request');
        assert.deepEqual(
          (details[0] as { path: string }[]).map(({ path }) => path),
          ['policy.reviewPackage', 'policy.maxProfiles', 'policy.retention'],
        );
        return true;
      },
    );
  });
});

describe('the systems of a request', () => {
  it('are those that are asked about its type, some of them always', async () => {
    assert.deepEqual(
      (await planned('portability')).map(({ id, always }) => [id, always]),
      [
        ['copy', true],
        ['mail', undefined],
      ],
    );
    assert.deepEqual(
      (await planned('access')).map(({ id }) => id),
      ['mail'],
    );
  });
});
