import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { shown } from '../../src/activities/own-failures.ts';
import { SHOWABLE_ATTEMPTS, SHOWN_ATTEMPTS } from '../../src/contract/own-failure.ts';

const PERSON = 'ana@example.com';

async function failureOf(
  error: unknown,
  {
    attempt = 3,
    maximumAttempts = SHOWABLE_ATTEMPTS,
    order = {},
  }: {
    attempt?: number;
    maximumAttempts?: number;
    order?: object;
  } = {},
): Promise<ApplicationFailure> {
  const environment = new MockActivityEnvironment({ attempt, retryPolicy: { maximumAttempts } });
  const fails = shown('exportCloud', (_order: never) => Promise.reject(error));
  return environment
    .run(() => fails(order as never))
    .then(
      () => assert.fail('nothing was thrown'),
      (thrown: unknown) => thrown as ApplicationFailure,
    );
}
const ofDisk = (code: string) =>
  Object.assign(new Error(`${code}: write '/data/work/${PERSON}'`), { code });

describe('what fails of our own', () => {
  for (const [code, words] of [
    ['ENOSPC', /disk is full \(ENOSPC\).*Make room/],
    ['EROFS', /read-only/],
    ['EACCES', /user may not/],
    ['EDQUOT', /quota/],
    ['ENAMETOOLONG', /name as too long/],
  ] as const) {
    it(`${code} is the storage's, with what to do, and without a path`, async () => {
      const { type, message, nonRetryable } = await failureOf(ofDisk(code));
      assert.deepEqual([type, nonRetryable], ['storage', true]);
      assert.match(message, words);
      assert.doesNotMatch(message, /ana@|\/data/);
    });
  }

  it('a name that the storage refuses is the storage’s', async () =>
    assert.equal(
      (await failureOf(new RangeError('This request ID is no safe file name: use letters.'))).type,
      'storage',
    ));

  it('a fault of ours names no value of what was read', async () => {
    const { type, message } = await failureOf(new TypeError(`cannot read ${PERSON}`));
    assert.equal(type, 'own-fault');
    assert.match(message, /exportCloud.*TypeError.*log/);
    assert.doesNotMatch(message, /ana@/);
  });

  it('an order that this worker cannot decrypt names the key', async () =>
    assert.match(
      (await failureOf(undefined, { order: { unreadable: 'k9' } })).message,
      /key "k9"/,
    ));

  it('is tried again at first, handed to the request then, and tried on once it is shown', async () => {
    const again = async (attempt: number, maximumAttempts: number) =>
      !(await failureOf(ofDisk('ENOSPC'), { attempt, maximumAttempts })).nonRetryable;
    assert.deepEqual(
      await Promise.all([
        again(1, SHOWABLE_ATTEMPTS),
        again(3, SHOWABLE_ATTEMPTS),
        again(300, SHOWN_ATTEMPTS),
        again(300, 0),
      ]),
      [true, false, true, true],
    );
  });

  it('a result that the server would refuse is a failure with its size', async () => {
    const environment = new MockActivityEnvironment({
      attempt: 3,
      retryPolicy: { maximumAttempts: SHOWABLE_ATTEMPTS },
    });
    const finds = shown('locateProfiles', (_order: never) =>
      Promise.resolve('x'.repeat(2_100_000)),
    );
    await assert.rejects(
      environment.run(() => finds({} as never)),
      /locateProfiles: what it found is 2100002 bytes long/,
    );
  });

  it('what a system answers passes as it is', async () => {
    const denied = ApplicationFailure.nonRetryable('no', 'denied');
    assert.equal(await failureOf(denied), denied);
  });
});
