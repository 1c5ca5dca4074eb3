import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { startBrowser, withoutBrowser } from '../support/browser.ts';

const run = promisify(execFile);
const FOLDER = 'examples/dates-only';

describe('dates alone', () => {
  it('are printed by ten lines of JavaScript', async () => {
    const { stdout } = await run(process.execPath, [`${FOLDER}/dates.mjs`]);
    assert.match(stdout, /^Answer by 2026-08-31; plan for 2026-08-31\.\n- .+ \[GDPR Art\. 12\(3\)/);
    assert.match(stdout, /\n\d+ laws are known\.\n$/);
  });

  it(
    'are shown by a static page in a browser, without Node',
    { skip: withoutBrowser },
    async () => {
      const bundle = await build({
        entryPoints: [`${FOLDER}/page.mjs`],
        bundle: true,
        format: 'esm',
        platform: 'browser',
        write: false,
      });
      const script = bundle.outputFiles[0]?.text ?? '';
      const server = createServer(({ url }, response) => {
        const isScript = url === '/page.bundle.js';
        response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
        response.end(isScript ? script : readFileSync(`${FOLDER}/index.html`));
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const browser = await startBrowser();
      try {
        const page = await browser.newPage();
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(error.message));
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        const said = page.getByRole('status');
        assert.equal(await said.textContent(), 'Answer by 2026-08-31; plan for 2026-08-31.');
        await page.getByLabel('Law').selectOption('appi');
        await page.getByLabel('Country').fill('JP');
        assert.equal(await said.textContent(), 'Answer by 2026-08-14; plan for 2026-08-14.');
        await page.getByLabel('Country').fill('XX');
        assert.match((await said.textContent()) ?? '', /country: "XX" is no country code/);
        assert.deepEqual(errors, []);
      } finally {
        await browser.close();
        server.close();
      }
    },
  );
});
