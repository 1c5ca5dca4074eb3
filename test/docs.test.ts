import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { requestExample, requestFields } from '../src/contract/request-docs.ts';
import { requestInput } from '../src/contract/request.ts';
import { examples, messages, type MessageName } from '../src/contract/messages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the documents', () => {
  it('docs/messages.md says what the schemas say', () => {
    assert.equal(
      spawnSync(process.execPath, [join(root, 'scripts/make-message-docs.mjs'), '--check']).status,
      0,
      'run npm run docs',
    );
  });

  it('docs/request.md, docs/request.schema.json and docs/client.md say what the code says', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'scripts/make-request-docs.mjs'), '--check'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
  });

  it('docs/request.md has every field of a request, and every example fits', () => {
    assert.deepEqual(
      Object.keys(requestInput.shape).filter((name) => requestFields[name] === undefined),
      [],
    );
    assert.ok(requestInput.safeParse(requestExample).success);
    for (const [path, { example }] of Object.entries(requestFields).filter(
      ([path]) => !path.includes('.'),
    )) {
      assert.ok(requestInput.safeParse({ ...requestExample, [path]: example }).success, path);
    }
  });

  for (const page of pages) {
    it(`${page} links to files that exist`, () => {
      const links = [
        ...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g),
      ].map(([, link]) => link ?? '');
      assert.deepEqual(
        links.filter((link) => !existsSync(resolve(root, dirname(page), link))),
        [],
      );
    });
  }

  for (const name of Object.keys(messages) as MessageName[]) {
    it(`the example of ${name} fits its schema`, () =>
      assert.ok(messages[name].safeParse(examples[name]).success));
  }

  it('samples/request.json is a good request', () => {
    assert.ok(
      requestInput.safeParse(JSON.parse(readFileSync(join(root, 'samples/request.json'), 'utf8')))
        .success,
    );
  });
});
