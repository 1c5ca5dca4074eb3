import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { remembered } from '../../src/connectors/shared/remembered.ts';

const { signal } = new AbortController();

/** Answers that come one by one: the number of the look-up, or a failure. */
function lookUps(...failing: readonly number[]) {
  const at = { time: 0, asked: 0 };
  const ask = remembered(
    async () => {
      at.asked += 1;
      const mine = at.asked;
      await Promise.resolve();
      if (failing.includes(mine)) throw new Error(`look-up ${mine}`);
      return mine;
    },
    (answer) => answer * 100,
    () => at.time,
  );
  return { at, ask };
}

describe('an answer that is remembered', () => {
  it('is shared by all who ask at the same time', async () => {
    const { ask, at } = lookUps();
    assert.deepEqual([await Promise.all([ask(signal), ask(signal)]), at.asked], [[1, 1], 1]);
  });

  it('is kept for its own time, and then looked up anew', async () => {
    const { ask, at } = lookUps();
    const given: number[] = [];
    for (at.time of [0, 99, 100, 299, 300]) {
      given.push(await ask(signal));
    }
    assert.deepEqual(given, [1, 1, 2, 2, 3]);
  });

  it('is no failure: the next who asks starts anew, and all who waited for it fail', async () => {
    const { ask, at } = lookUps(1);
    const both = await Promise.allSettled([ask(signal), ask(signal)]);
    assert.deepEqual(
      [both.map(({ status }) => status), await ask(signal), at.asked],
      [['rejected', 'rejected'], 2, 2],
    );
  });

  it('is not looked up for one who has given up', async () => {
    const { ask, at } = lookUps();
    await assert.rejects(ask(AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(at.asked, 0);
  });
});
