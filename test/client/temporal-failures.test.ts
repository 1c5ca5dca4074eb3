import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServiceError } from '@temporalio/client';
import { asDossierError, isUnanswered } from '../../src/client/temporal-failures.ts';

const answer = (code: number, details: string): Error =>
  new ServiceError('Failed to query Workflow', {
    cause: Object.assign(new Error(`${code} ${details}`), { code, details, metadata: {} }),
  });

describe('what Temporal answers', () => {
  for (const [code, details] of [
    [4, 'Deadline exceeded'],
    [1, 'Call cancelled'],
  ] as const) {
    it(`"${details}" means that nobody answered in time`, () => {
      assert.equal(isUnanswered(answer(code, details)), true);
      assert.equal(asDossierError(answer(code, details), 'R-1').code, 'no-server');
    });
  }

  it('is said in words where the next step of a request fails again and again, with what to do', () => {
    const { code, message, actions } = asDossierError(
      answer(9, 'Unable to query workflow due to Workflow Task in failed state.'),
      'R-1',
    );
    assert.equal(code, 'failed');
    assert.match(message, /stands still.*Nothing of it is lost/);
    assert.match(actions.join(' '), /Temporal UI.*codec endpoint/);
  });
});
