import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageLimits } from '../../src/contract/input-limits.ts';
import { COMMANDS, FACTS, MESSAGES } from '../../src/contract/messages/index.ts';
import { requestInput } from '../../src/contract/request.ts';
import { allowedNow } from '../../src/workflows/commands/allowed.ts';
import type { CommandHandler } from '../../src/workflows/commands/handle.ts';
import { COMMAND_HANDLERS, FACT_HANDLERS } from '../../src/workflows/commands/index.ts';
import type { RequestRun } from '../../src/workflows/state/request-run.ts';
import { newState } from '../../src/workflows/state/state.ts';

const request = requestInput.parse({
  requestId: 'R-1',
  type: 'access',
  subject: { emails: ['ana@example.com'] },
  receivedAt: '2026-11-23',
});

/** A request at its very beginning, or at its end. */
function runAt(stage: 'received' | 'closed'): RequestRun {
  const state = newState(request);
  state.status.stage = stage;
  return { state, now: () => '2026-11-25T12:00:00.000Z' } as unknown as RequestRun;
}

for (const [name, { kind, input, describe: words, example }] of Object.entries(MESSAGES)) {
  describe(`the message ${name}`, () => {
    it('has an example that its schema and the limits take', () => {
      assert.deepEqual(messageLimits(input.parse(example) as object), []);
    });

    it('refuses a field that it does not know, and says who sends it', () => {
      assert.equal(input.safeParse({ ...example, nobodyKnows: 1 }).success, false);
      assert.equal(input.safeParse({ ...example, by: '' }).success, false);
    });

    it('says what it does, in sentences', () => {
      assert.match(words, /^[A-Z].*\.$/s);
    });

    it(`is handled as a ${kind}`, () => {
      const handlers: object = kind === 'fact' ? FACT_HANDLERS : COMMAND_HANDLERS;
      assert.ok(name in handlers);
    });

    if (kind === 'command') {
      it('is refused or taken without a change of the state, and is not offered where it is refused', () => {
        for (const stage of ['received', 'closed'] as const) {
          const run = runAt(stage);
          const before = JSON.stringify(run.state);
          const handler = COMMAND_HANDLERS[
            name as keyof typeof COMMAND_HANDLERS
          ] as unknown as CommandHandler<'withdraw'>;
          const refused = handler.refuse(run, input.parse(example) as never);
          handler.offer(run);
          assert.equal(JSON.stringify(run.state), before);
          const offered = allowedNow(run).some(({ message, on }) => message === name && !on);
          if (refused !== undefined) assert.equal(offered, false);
        }
      });
    }
  });
}

it('every message is a fact or a command, and its handler is set in one order', () => {
  assert.deepEqual([...FACTS, ...COMMANDS].toSorted(), Object.keys(MESSAGES).toSorted());
  assert.deepEqual(Object.keys(FACT_HANDLERS), FACTS);
  assert.deepEqual(Object.keys(COMMAND_HANDLERS), COMMANDS);
});
