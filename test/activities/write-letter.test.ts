import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { LetterInput } from '../../src/activities/inputs.ts';
import { writeLetter } from '../../src/activities/write-letter.ts';
import { requestInput } from '../../src/contract/request.ts';
import { LetterHole } from '../../src/letters/template.ts';
import { openStore } from '../../src/storage/filesystem.ts';

const order: LetterInput = {
  requestId: 'R-1',
  name: '001-delivery',
  kind: 'delivery',
  to: 'subject',
  text: 'The copy is ready.',
  letter: {
    kind: 'delivery',
    request: requestInput.parse({
      requestId: 'R-1',
      type: 'access',
      subject: { emails: ['ana@example.com'] },
      receivedAt: '2026-11-23',
    }),
    law: 'gdpr',
    receivedOn: '2026-11-23',
    answerBy: '2026-12-23',
  },
};

describe('a letter to the subject', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dossier-test-'));
  });
  after(() => rm(directory, { recursive: true }));
  const written = async (writeSubject: Dependencies['writeSubject']) => {
    await writeLetter({ store: openStore(directory), writeSubject } as Dependencies)(order);
    return readFile(join(directory, 'outbox', 'R-1', '001-delivery.md'), 'utf8');
  };

  it('that has a hole is left to an operator, and holds no request up', async () => {
    const text = await written(() => Promise.reject(new LetterHole('{{contact}}')));
    assert.match(
      text,
      /To: subject[^]*no value for \{\{contact\}\}[^]*by hand[^]*The copy is ready\./,
    );
  });

  it('that fails for another reason is tried again', async () => {
    await assert.rejects(
      written(() => Promise.reject(new Error('the disk is full'))),
      /disk is full/,
    );
  });
});
