import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HtmlValidate } from 'html-validate';
import type { Browser } from 'playwright-core';
import { contentsOf } from '../../src/package/contents.ts';
import { indexPage } from '../../src/package/index-page.ts';
import { manifest } from '../../src/package/manifest.ts';
import { startBrowser, withoutBrowser } from '../support/browser.ts';
import { fullPackage } from './full-package.ts';
import { inNewStore } from './sample.ts';

/** Its page and its manifest. */
const fullPage = () =>
  inNewStore(async (store) => {
    const given = await fullPackage(store);
    const contents = await contentsOf(store, given.receipts, given.withheld);
    let page = '';
    for await (const piece of indexPage(contents, given, (path) => store.readFile('R-1', path))) {
      page += piece;
    }
    return {
      page,
      manifest: JSON.parse(
        [...manifest(contents, given, { bytes: 1, sha256: '0'.repeat(64) })].join(''),
      ) as { resources: Resource[] },
    };
  });

interface Resource {
  readonly path: string;
  readonly type?: string;
  readonly format: string;
  readonly schema?: { readonly fieldsMatch?: unknown; readonly fields: readonly unknown[] };
}

describe('the page of a package as programs judge it', () => {
  it('is valid HTML', async () => {
    const { results } = await new HtmlValidate({
      extends: ['html-validate:recommended'],
    }).validateString((await fullPage()).page);
    assert.deepEqual(
      results.flatMap(({ messages }) =>
        messages.map(
          ({ ruleId, message, line, selector }) =>
            `${line}: ${ruleId}: ${message} ${selector ?? ''}`,
        ),
      ),
      [],
    );
  });
});

describe('the page of a package in a browser', { skip: withoutBrowser }, () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  let browser: Browser;
  let folder: string;
  before(async () => {
    browser = await startBrowser();
    folder = await mkdtemp(join(tmpdir(), 'dossier-page-'));
    await writeFile(join(folder, 'index.html'), (await fullPage()).page);
  });
  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (width: number, colorScheme: 'light' | 'dark') => {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme,
      bypassCSP: true,
    });
    await page.goto(`file://${join(folder, 'index.html')}`);
    return page;
  };

  for (const [width, scheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const) {
    it(`breaks no rule of accessibility at ${width} pixels, ${scheme}, and does not scroll sideways`, async () => {
      const page = await open(width, scheme);
      await page.evaluate(axe);
      const found = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + ' +
          'nodes.map(({ html }) => html).join(" ")))',
      );
      assert.deepEqual(found, []);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
      await page.close();
    });
  }

  it('shows content before the list of contents on a phone', async () => {
    const page = await open(390, 'light');
    const top = async (selector: string) =>
      (await page.locator(selector).boundingBox())?.y ?? Number.NaN;
    assert.ok((await top('#summary')) < (await top('#contents')));
    assert.ok(await page.getByRole('link', { name: 'List of contents' }).isVisible());
    await page.close();
  });

  it('prints headings with what follows them, and neither closed triangles nor links to files', async () => {
    const page = await open(1280, 'light');
    await page.emulateMedia({ media: 'print' });
    const style = (selector: string, property: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);
    assert.deepEqual(
      [
        await style('h3', 'breakAfter'),
        await style('.head', 'breakAfter'),
        await style('.record', 'breakInside'),
        await style('.files', 'display'),
        await style('summary', 'listStyleType'),
      ],
      ['avoid', 'avoid', 'avoid', 'none', 'none'],
    );
    await page.close();
  });
});

describe('the manifest of a package', () => {
  it('has no member that its profile and the reference program take in two ways', async () => {
    const { resources } = (await fullPage()).manifest;
    const tables = resources.filter(({ type }) => type === 'table');
    assert.ok(
      tables.length > 10 &&
        tables.every(
          ({ schema, format }) =>
            schema !== undefined &&
            schema.fields.length > 0 &&
            schema.fieldsMatch === undefined &&
            /^(csv|ndjson)$/.test(format),
        ),
    );
  });

  it('calls what somebody handed over a file, whatever its name, so that nobody judges what is in it', async () => {
    const { resources } = (await fullPage()).manifest;
    const handed = resources.filter(({ path }) => /^systems\/(?:acme-mail|post)\//.test(path));
    assert.deepEqual(
      handed.map(({ format, type, schema }) => [format, type, schema]),
      [
        ['file', undefined, undefined],
        ['file', undefined, undefined],
      ],
    );
  });
});
