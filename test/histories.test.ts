import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { createDataConverter } from '../src/codec/data-converter.ts';
import { parseKeys } from '../src/codec/keys.ts';
import { quietRuntime } from './support/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const releases = readdirSync(join(root, 'test/histories'), { withFileTypes: true })
  .filter((it) => it.isDirectory())
  .map(({ name }) => name);
const workflowBundle = { codePath: join(root, 'dist/workflow-bundle.js') };

const read = (release: string, name: string): string =>
  readFileSync(join(root, 'test/histories', release, name), 'utf8');
const replay = (release: string, text: string) => {
  quietRuntime();
  const history = JSON.parse(text) as {
    events: { workflowExecutionStartedEventAttributes?: { workflowId: string } }[];
  };
  const workflowId = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  return Worker.runReplayHistory(
    {
      workflowBundle,
      dataConverter: createDataConverter(parseKeys(read(release, 'codec-keys.txt').trim())),
    },
    history,
    workflowId,
  );
};

for (const release of releases) {
  describe(`requests that were open under release ${release}`, () => {
    const names = readdirSync(join(root, 'test/histories', release)).filter((name) =>
      name.endsWith('.json'),
    );
    for (const name of names) {
      it(`${name.replace('.json', '')}: goes on under the present code`, () =>
        replay(release, read(release, name)));
    }

    it('a history that the code could not have written is refused', async () => {
      const [first = ''] = names;
      const changed = read(release, first).replaceAll('"locateProfiles"', '"guessProfiles"');
      await assert.rejects(replay(release, changed), DeterminismViolationError);
    });
  });
}

it('at least one release has recorded histories', () => assert.ok(releases.length > 0));
