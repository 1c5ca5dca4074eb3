import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CONNECTORS } from '../src/connectors/known.ts';
import { requestExample, requestFields } from '../src/contract/request-docs.ts';
import { requestInput } from '../src/contract/request.ts';
import { MESSAGES, type MessageName } from '../src/contract/messages/index.ts';
import { anchorsOf, linksOf, pages, root } from './documents.ts';

const script = (name: string) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, `dist/tools/make-${name}-docs.js`), '--check'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, `${stderr}; run npm run docs`);
};
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the documents', () => {
  for (const name of ['message', 'request', 'configuration', 'cli', 'law', 'error']) {
    it(`what tools/make-${name}-docs.ts writes is what the code says`, () => script(name));
  }

  it('there is a page for each connector', () => {
    const there = readdirSync(join(root, 'docs/reference/connectors'));
    assert.deepEqual(
      [...CONNECTORS.keys()].filter((name) => !there.includes(`${name}.md`)),
      [],
    );
  });

  it('docs/reference/request.md has every field of a request, and every example fits', () => {
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
    it(`${page} links to what there is`, () => {
      const dead = linksOf(page, read(page)).filter(
        ({ path, anchor }) =>
          !existsSync(join(root, path)) ||
          (anchor !== '' && path.endsWith('.md') && !anchorsOf(read(path)).has(anchor)),
      );
      assert.deepEqual(dead, []);
    });
  }

  it('pages name files and folders that there are', () => {
    const made = /^(?:dist\/|deploy\/(?:\.env|dossier\.env|dossier\.yaml)$|.*\.bundle\.js$)/;
    const wrong = pages
      .filter((page) => page !== 'CHANGELOG.md' && !page.startsWith('packages/'))
      .flatMap((page) =>
        [
          ...read(page).matchAll(
            /(?<![\w./:-])(?:src|test|packages|scripts|examples|samples|deploy|findings)\/[\w.-][\w./-]*[\w-]/g,
          ),
        ]
          .map(([path]) => path)
          .filter((path) => !made.test(path) && !existsSync(join(root, path)))
          .map((path) => `${page}: ${path}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('every page is reached from the README', () => {
    const reached = new Set<string>();
    const follow = (page: string) => {
      if (reached.has(page) || !page.endsWith('.md')) return;
      reached.add(page);
      for (const { path } of linksOf(page, read(page))) {
        follow(path);
      }
    };
    follow('README.md');
    assert.deepEqual(
      pages.filter((page) => page.startsWith('docs/') && !reached.has(page)),
      [],
    );
  });

  it('the README leads to a date, to the SQL of an export and to an answer in three steps', () => {
    const links = linksOf('README.md', read('README.md')).map(({ path }) => path);
    const goals = [
      ['packages/law/src/engine/deadlines.ts', 'export function deadlines'],
      ['src/connectors/data-cloud/export/export-query.ts', 'SELECT'],
      ['src/workflows/commands/vendor-responded.ts', 'vendorResponded'],
    ] as const;
    for (const [file, word] of goals) {
      assert.ok(links.includes(file), file);
      assert.match(read(file), new RegExp(word));
    }
  });

  it('text that leaves this repository names pages that there are', () => {
    const files = ['src', 'deploy', 'samples', 'findings', 'packages/law/src'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ts|sh|yaml|example)$/.test(name))
        .map((name) => `${folder}/${name}`),
    );
    const wrong = [...files, 'docker-compose.yml', 'CHANGELOG.md'].flatMap((file) =>
      [...read(file).matchAll(/(?<![\w./-])docs\/[\w/-]+\.(?:md|json)/g)]
        .map(([path]) => path)
        .filter((path) => !existsSync(join(root, path)) && !/wire|personalization/.test(file))
        .map((path) => `${file}: ${path}`),
    );
    assert.deepEqual(wrong, []);
  });

  for (const name of Object.keys(MESSAGES) as MessageName[]) {
    it(`the example of ${name} fits its schema`, () =>
      assert.ok(MESSAGES[name].input.safeParse(MESSAGES[name].example).success));
  }

  it('samples/request.json is a good request', () => {
    assert.ok(
      requestInput.safeParse(JSON.parse(readFileSync(join(root, 'samples/request.json'), 'utf8')))
        .success,
    );
  });
});
