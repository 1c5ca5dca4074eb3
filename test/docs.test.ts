import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { requestInput } from '../src/domain/request.ts';
import { examples, messages, type MessageName } from '../src/domain/messages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

describe('the documents', () => {
  it('docs/messages.md says what the schemas say', () => {
    assert.equal(spawnSync(process.execPath, [join(root, 'scripts/make-message-docs.mjs'), '--check']).status, 0, 'run npm run docs');
  });

  for (const page of pages) {
    it(`${page} links to files that exist`, () => {
      const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link ?? '');
      assert.deepEqual(links.filter((link) => !existsSync(resolve(root, dirname(page), link))), []);
    });
  }

  for (const name of Object.keys(messages) as MessageName[]) {
    it(`the example of ${name} fits its schema`, () => assert.ok(messages[name].safeParse(examples[name]).success));
  }

  it('samples/request.json is a good request', () => {
    assert.ok(requestInput.safeParse(JSON.parse(readFileSync(join(root, 'samples/request.json'), 'utf8'))).success);
  });
});
