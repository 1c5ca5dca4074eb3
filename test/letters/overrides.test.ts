import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { letterWriter } from '../../src/temporal/assembly.ts';
import { ConfigError } from '../../src/config/config.ts';
import { requestInput } from '../../src/contract/request.ts';
import type { LetterFacts } from '../../src/letters/letter.ts';

describe('the company’s own wording', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dossier-notices-'));
  });
  after(() => rm(directory, { recursive: true, force: true }));

  const facts = (language: string, kind: LetterFacts['kind'] = 'delivery'): LetterFacts => ({
    kind,
    law: 'gdpr',
    receivedOn: '2026-11-23',
    answerBy: '2026-12-23',
    request: requestInput.parse({
      requestId: 'R-1',
      type: 'access',
      subject: { emails: ['a@example.com'] },
      residence: { country: 'IT' },
      receivedAt: '2026-11-23',
      language,
    }),
  });
  const writer = (folder = directory) =>
    letterWriter({
      file: 'dossier.yaml',
      controller: { country: 'IT', name: 'Acme SpA' },
      notices: { directory: folder, contact: 'privacy@acme.example' },
    });
  const refusal = async (folder?: string): Promise<string> => {
    try {
      await writer(folder);
    } catch (error) {
      assert.ok(error instanceof ConfigError);
      return error.message;
    }
    return '';
  };

  it('takes the place of the template of that kind and language, and leaves the others', async () => {
    await writeFile(
      join(directory, 'delivery.de.md'),
      '# Ihre Daten, {{requestId}}\n\nUnsere Worte. {{rightCite}}\n\n{{remedies}}\n\n{{company}}\n',
    );
    const write = await writer();
    assert.match(
      (await write(facts('de'))).text,
      /^Ihre Daten, R-1\n\nUnsere Worte\. Art\. 15 Abs\. 1 und 3 DSGVO[^]*Garante[^]*Acme SpA/,
    );
    assert.match((await write(facts('en'))).text, /^The answer to your request R-1/);
    assert.match((await write(facts('de', 'withdrawal'))).text, /^Ihr Antrag R-1 ist beendet/);
  });

  it('may add a language', async () => {
    await writeFile(
      join(directory, 'delivery.it.md'),
      '# I suoi dati, {{requestId}}\n\n{{receivedOn}}: {{law}}\n',
    );
    const letter = await (await writer())(facts('it'));
    assert.deepEqual([letter.language, letter.subject], ['it', 'I suoi dati, R-1']);
    assert.match(letter.text, /23 novembre 2026/);
  });

  for (const [name, text, complaint] of [
    [
      'refusal.de.md',
      '# Nein\n\n{{refusalCite}}',
      /refusal\.de\.md: must name \{\{remedies\}\} or \{\{authorities\}\}/,
    ],
    [
      'refusal.de.md',
      '# Nein\n\n{{remedys}}',
      /\{\{remedys\}\} is no placeholder; known are greeting/,
    ],
    [
      'extension.fr.md',
      '{{answerBy}} {{reason}} {{extensionCite}} {{remedies}}',
      /must begin with a line "# …"/,
    ],
    ['refusals.de.md', '# x', /must be called <kind>\.<language>\.md/],
  ] as const) {
    it(`is refused before a worker starts: ${name} with ${JSON.stringify(text)}`, async () => {
      await writeFile(join(directory, name), text);
      assert.match(await refusal(), complaint);
      await rm(join(directory, name));
    });
  }

  it('is refused where the folder is not there', async () =>
    assert.match(await refusal(join(directory, 'nowhere')), /notices\.directory: .*ENOENT/));
});
