import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { translated } from '../../src/activities/failures.ts';
import { SystemFailure, type FailureKind } from '../../src/http/failure.ts';
import { InvalidRequest } from '@dossier/law';

const failureOf = async (error: Error): Promise<ApplicationFailure> => {
  const environment = new MockActivityEnvironment();
  try {
    await environment.run(() => translated(() => Promise.reject(error)));
  } catch (thrown) {
    if (thrown instanceof ApplicationFailure) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

describe('what Temporal does with a failure', () => {
  const cases: readonly (readonly [FailureKind, boolean])[] = [
    ['pending', true],
    ['unavailable', true],
    ['denied', false],
    ['rejected', false],
    ['unreadable', false],
  ];
  for (const [kind, again] of cases) {
    it(`${kind} is ${again ? 'tried again' : 'left to an operator'}`, async () => {
      const failure = await failureOf(new SystemFailure({ kind, system: 'crm', status: 418 }));
      assert.equal(failure.type, kind);
      assert.equal(failure.nonRetryable, !again);
    });
  }

  it('what a system asks us to wait is waited', async () => {
    assert.equal(
      (await failureOf(new SystemFailure({ kind: 'unavailable', system: 'crm', retryAfter: 7 })))
        .nextRetryDelay,
      '7 seconds',
    );
  });

  it('a request that no law knows is invalid, with every path', async () => {
    const failure = await failureOf(new InvalidRequest([{ path: 'law', reason: 'is not known' }]));
    assert.equal(failure.type, 'invalid-request');
    assert.deepEqual(failure.details, [[{ path: 'law', reason: 'is not known' }]]);
  });

  it('a bug stays a bug', async () => {
    await assert.rejects(
      new MockActivityEnvironment().run(() =>
        translated(() => Promise.reject(new TypeError('bug'))),
      ),
      TypeError,
    );
  });
});
