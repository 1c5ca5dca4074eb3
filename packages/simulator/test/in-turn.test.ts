import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inTurn } from '../src/server/in-turn.ts';

describe('work that is done in turn', () => {
  it('begins when what came before has ended, though that failed', async () => {
    const seen: string[] = [];
    const turn = inTurn();
    const work = (name: string, fails = false) =>
      turn(async () => {
        seen.push(`${name} begins`);
        await nextTurn();
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const all = await Promise.allSettled([work('one'), work('two', true), work('three')]);
    assert.deepEqual(
      all.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(
      seen,
      ['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });
});
