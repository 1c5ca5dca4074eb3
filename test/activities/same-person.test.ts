import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { Registered } from '../../src/activities/inputs.ts';
import { registerRequest } from '../../src/activities/register-request.ts';
import { makeKey, parseKeys, type KeyRing } from '../../src/codec/keys.ts';
import type { Instant } from '@dossier/law';
import { requestInput, type RequestInput } from '../../src/contract/request.ts';
import { deleteLeftover } from '../../src/leftovers/leftovers.ts';
import { openStore, type Store } from '../../src/storage/filesystem.ts';

const AT = '2026-11-23T10:00:00.000Z' as Instant;

describe('another request of the same person', () => {
  let folder: string;
  let count = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-same-person-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const newStore = () => openStore(join(folder, `store-${(count += 1)}`));
  const ring = (...ids: string[]): KeyRing =>
    parseKeys(ids.map((id) => (keys[id] ??= makeKey(id))).join(','));
  const keys: Record<string, string> = {};
  const register = (
    parts: { store: Store; ring?: KeyRing },
    requestId: string,
    subject: RequestInput['subject'],
  ) => {
    const checked = requestInput.parse({
      requestId,
      type: 'access',
      subject,
      receivedAt: '2026-11-23',
    });
    const dependencies = {
      ...parts,
      inputEncoding: async () => 'binary/encrypted',
    } as unknown as Dependencies;
    return new MockActivityEnvironment().run(registerRequest(dependencies), {
      requestId,
      workflowId: `dsar-${requestId}`,
      runId: `run-${requestId}`,
      at: AT,
      subject: checked.subject,
    }) as Promise<Registered>;
  };
  const others = async (...of: Parameters<typeof register>) =>
    ((await register(...of)).samePerson ?? []).map(({ requestId }) => requestId);
  const textsIn = async (directory: string) => {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return Promise.all(
      entries.map(
        async (it) =>
          `${it.name} ${it.isFile() ? await readFile(join(it.parentPath, it.name), 'utf8') : ''}`,
      ),
    );
  };

  it('is seen by each kind of identifier, in every spelling of it', async () => {
    const parts = { store: newStore(), ring: ring('k1') };
    assert.deepEqual(
      await others(parts, 'A-1', {
        emails: ['Info@Müller.example'],
        phones: ['+49 (170) 555-0101'],
        partyIds: ['P-7'],
        externalIds: { loyalty: 'L-7' },
      }),
      [],
    );
    assert.deepEqual(
      await register(parts, 'A-2', { emails: ['info@xn--mller-kva.example'] }).then(
        (it) => it.samePerson,
      ),
      [{ requestId: 'A-1', at: AT }],
    );
    assert.deepEqual(await others(parts, 'A-3', { phones: ['0049 170 5550101'] }), ['A-1']);
    assert.deepEqual(await others(parts, 'A-4', { partyIds: ['P-7'] }), ['A-1']);
    assert.deepEqual(await others(parts, 'A-5', { externalIds: { loyalty: 'L-7', shop: 'S' } }), [
      'A-1',
    ]);
    assert.deepEqual(
      await others(parts, 'A-6', {
        emails: ['info@mueller.example'],
        partyIds: ['L-7'],
        externalIds: { shop: 'P-7' },
      }),
      [],
    );
  });

  it('is not itself when it is registered again, nor who gave an ID that was used', async () => {
    const parts = { store: newStore(), ring: ring('k1') };
    const subject = { emails: ['ana@example.com'] };
    assert.deepEqual(
      [await others(parts, 'A-1', subject), await others(parts, 'A-1', subject)],
      [[], []],
    );
    await parts.store.claimRecord('A-2', { runId: 'another run', at: AT });
    const { taken, samePerson } = await register(parts, 'A-2', subject);
    assert.deepEqual([taken, samePerson], [true, undefined]);
    assert.deepEqual(await others(parts, 'A-3', subject), ['A-1']);
  });

  it('is found after the keys were rotated, as long as the old one is known', async () => {
    const store = newStore();
    const subject = { emails: ['ana@example.com'] };
    await register({ store, ring: ring('k1') }, 'A-1', subject);
    assert.deepEqual(await others({ store, ring: ring('k2', 'k1') }, 'A-2', subject), ['A-1']);
    assert.deepEqual(await others({ store, ring: ring('k3', 'k2') }, 'A-3', subject), ['A-2']);
  });

  it('is forgotten with the files of the request, whoever deletes them, and nothing is left', async () => {
    const store = newStore();
    const parts = { store, ring: ring('k1') };
    const subject = { emails: ['ana@example.com'], phones: ['+49 170 5550101'] };
    for (const id of ['A-1', 'A-2']) {
      await register(parts, id, subject);
    }
    await store.removeRequest('A-1');
    assert.deepEqual(await others(parts, 'A-3', subject), ['A-2']);
    assert.deepEqual((await store.requestsHeld()).sort(), ['A-2', 'A-3']);
    for (const id of ['A-2', 'A-3']) {
      assert.deepEqual(
        [(await store.measureHeld(id)).remembered, (await store.measureHeld(id)).onlyLetters],
        [true, false],
      );
      await deleteLeftover(store, id, { why: 'test', at: AT });
    }
    assert.deepEqual((await readdir(join(store.directory, 'people'), { recursive: true })).sort(), [
      'hashes',
      'requests',
    ]);
    assert.deepEqual(await store.requestsHeld(), []);
  });

  it(
    "is found without codec keys too, by a key that is the owner's alone; no identifier stands " +
      'in a file or in the answer',
    async () => {
      const store = newStore();
      await register({ store }, 'A-1', { emails: ['ana@example.com'] });
      const second = await register({ store: openStore(store.directory) }, 'A-2', {
        emails: ['ANA@example.com'],
      });
      assert.deepEqual(
        second.samePerson?.map(({ requestId }) => requestId),
        ['A-1'],
      );
      assert.equal((await stat(join(store.directory, 'people/key'))).mode & 0o777, 0o600);
      const texts = await textsIn(store.directory);
      assert.equal(texts.filter((text) => /^[0-9a-f]{64} /.test(text)).length, 1);
      for (const text of texts) {
        assert.doesNotMatch(text, /ana|example/i);
      }
      assert.doesNotMatch(JSON.stringify(second), /[0-9a-f]{64}/);
    },
  );
});
