import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Client } from '@temporalio/client';
import { rulesIn } from '../../src/client/company-rules.ts';
import { startRequest } from '../../src/client/start-request.ts';
import { requestSchema } from '../../src/contract/request-docs.ts';
import type { RequestInput } from '../../src/contract/request.ts';

const storage = { directory: '/srv/dossier' };
const request: RequestInput = {
  requestId: 'R-1',
  type: 'access',
  subject: { emails: ['ana@example.com', 'a.lima@example.org'] },
  law: 'gdpr',
  residence: { country: 'DE' },
  receivedAt: '2026-11-20',
};
/** The paths that are refused before the server is asked anything, or `started`. */
const outcome = (settings: Record<string, unknown>, more: Partial<RequestInput>) => {
  const client = {
    workflow: {
      start: () => {
        throw new Error('started');
      },
    },
  } as unknown as Client;
  return startRequest(client, { ...request, ...more }, rulesIn(settings)).then(
    () => 'joined',
    (error: Error & { where?: string }) => (error.message === 'started' ? 'started' : error.where),
  );
};

it('what the company refuses when it plans is refused before a workflow exists', async () => {
  const policies = {
    default: { reviewPackage: true, maxProfiles: 5 },
    quick: { reviewPackage: false },
  };
  assert.equal(await outcome({ storage, policies }, { policy: 'slow' }), 'policy');
  assert.equal(
    await outcome({ storage, policies }, { policy: { reviewPackage: false } }),
    'policy.reviewPackage',
  );
  assert.equal(
    await outcome(
      { storage, policies: { default: { ...policies.default, overridable: ['reviewPackage'] } } },
      { policy: { reviewPackage: false } },
    ),
    'started',
  );
  assert.equal(await outcome({ storage, policies }, { policy: 'quick' }), 'started');
  assert.equal(await outcome({ storage, policies }, { policy: { maxProfiles: 4 } }), 'started');
  assert.equal(await outcome({ storage, limits: { identifiers: 1 } }, {}), 'subject');
  assert.equal(await outcome({ storage, limits: { identifiers: 2 } }, {}), 'started');
});

it('what a configuration does not say, or says by a variable, is left to planning', async () => {
  assert.equal(await outcome({ temporal: {} }, { policy: 'slow' }), 'started');
  assert.equal(
    await outcome(
      { storage, policies: { default: { reviewPackage: '${REVIEW}' } } },
      { policy: { reviewPackage: false } },
    ),
    'started',
  );
  assert.equal(await outcome({ storage, limits: { identifiers: '${MOST}' } }, {}), 'started');
});

it('the published schema says how long each text may be', () => {
  const { properties } = requestSchema() as {
    properties: Record<
      string,
      {
        maxLength?: number;
        properties: Record<
          string,
          {
            items?: { maxLength?: number };
            additionalProperties?: { maxLength?: number };
            maxLength?: number;
          }
        >;
      }
    >;
  };
  const subject = properties.subject?.properties;
  assert.deepEqual(
    [
      properties.requestId?.maxLength,
      properties.timeZone?.maxLength,
      subject?.emails?.items?.maxLength,
      subject?.phones?.items?.maxLength,
      subject?.externalIds?.additionalProperties?.maxLength,
      subject?.name?.maxLength,
    ],
    [64, 64, 320, 64, 255, 200],
  );
});
