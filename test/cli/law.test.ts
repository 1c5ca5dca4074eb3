import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorOf, invoke } from './invoke.ts';

describe('dossier law', () => {
  it('due gives one answer for one question', async () => {
    const { exitCode, stdout } = await invoke(['law', 'due', '--law', 'gdpr', '--country', 'DE', '--received', '2026-11-23', '--json']);
    assert.equal(exitCode, 0);
    const { law, receivedOn, dueOn } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual({ law, receivedOn, dueOn }, { law: 'gdpr', receivedOn: '2026-11-23', dueOn: '2026-12-23' });
  });

  it('due counts events, and shows every step to people', async () => {
    const { stdout } = await invoke(['law', 'due', '--law', 'gdpr', '--country', 'DE', '--received', '2026-11-23', '--event', 'extended=2026-12-10']);
    assert.match(stdout, /Extended\s+Tue 23 Feb 2027/);
    assert.match(stdout, /Art\. 12\(3\)/);
  });

  it('due answers many questions in their order, and fails if one has no answer', async () => {
    const questions = [{ id: 'a', law: 'gdpr', country: 'DE', receivedAt: '2026-11-23', events: [] }, { id: 'b', law: 'pipa', receivedAt: '2026-11-23', events: [] }];
    const { exitCode, stdout } = await invoke(['law', 'due', '--input', '-', '--json'], { input: JSON.stringify(questions) });
    assert.equal(exitCode, 1);
    const [first, second] = JSON.parse(stdout) as { id: string; error?: { code: string } }[];
    assert.deepEqual([first?.id, second?.id, second?.error?.code], ['a', 'b', 'invalid-input']);
    assert.equal((await invoke(['law', 'due', '--input', '-', '--json'], { input: JSON.stringify(questions.slice(0, 1)) })).exitCode, 0);
  });

  it('due and show refuse a law that is not known, and name those that are', async () => {
    for (const args of [['law', 'due', '--law', 'nowhere', '--received', '2026-11-23'], ['law', 'show', 'nowhere']]) {
      const refused = await invoke([...args, '--json']);
      assert.equal(refused.exitCode, 1);
      assert.match(errorOf(refused).message, /gdpr/);
    }
  });

  it('list and show give the register', async () => {
    const listed = JSON.parse((await invoke(['law', 'list', '--json'])).stdout) as { id: string }[];
    assert.ok(listed.some(({ id }) => id === 'gdpr'));
    const page = JSON.parse((await invoke(['law', 'show', 'gdpr', '--country', 'DE', '--json'])).stdout) as { id: string };
    assert.equal(page.id, 'gdpr');
  });
});
