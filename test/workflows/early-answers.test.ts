import assert from 'node:assert/strict';
import { it } from 'node:test';
import { vendorResponded } from '../../src/contract/messages/vendor-responded.ts';
import { requestInput } from '../../src/contract/request.ts';
import handler from '../../src/workflows/commands/vendor-responded.ts';
import type { RequestRun } from '../../src/workflows/state/request-run.ts';
import { newState } from '../../src/workflows/state/state.ts';
import { asInWorkflow } from './in-workflow.ts';

const request = requestInput.parse({
  requestId: 'R-1',
  type: 'access',
  subject: { emails: ['ana@example.com'] },
  receivedAt: '2026-11-23',
});
const answerOf = (system: string, note: string) =>
  vendorResponded.input.parse({ system, outcome: 'nothing-held', note, by: 'vendor' });

it('an early answer is not pushed out by another sender who says the same again and again', async () => {
  const state = newState(request);
  const run = { state } as unknown as RequestRun;
  await asInWorkflow(() => {
    handler.record(run, answerOf('acme-mail', 'once'));
    for (let call = 0; call < 120; call += 1) {
      handler.record(run, answerOf('noisy', 'again'));
    }
  });
  const kept = state.earlyAnswers as { system: string }[];
  assert.equal(kept.length, 50);
  assert.ok(kept.some(({ system }) => system === 'acme-mail'));
  assert.deepEqual(state.status.notes, []);
});

it('an early answer that has to be dropped is named, with what to do', async () => {
  const state = newState(request);
  const run = { state } as unknown as RequestRun;
  await asInWorkflow(() => {
    for (let call = 0; call <= 50; call += 1) {
      handler.record(run, answerOf('acme-mail', `answer ${call}`));
    }
  });
  assert.equal(state.earlyAnswers.length, 50);
  assert.match(state.status.notes.join(), /acme-mail.*was dropped.*Have it sent again/);
});
