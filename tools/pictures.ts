// Takes the pictures of the README from a real browser: the page of a request in the Temporal UI,
// and the index page of a package. It runs the demo itself. It needs a Chromium: DOSSIER_CHROMIUM,
// or /usr/bin/chromium.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { byteSource, readEntry, readList } from '../src/package/zip-reader.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dossier-pictures-'));
const demo = spawn(
  process.execPath,
  [join(root, 'bin/dossier.js'), 'demo', '--data-dir', join(folder, 'demo')],
  { stdio: ['ignore', 'pipe', 'inherit'], cwd: folder },
);
const said = { ui: '', page: '', archive: '' };
for await (const line of createInterface({ input: demo.stdout })) {
  said.ui ||= /the Temporal UI is at (\S+)/.exec(line)?.[1] ?? '';
  said.page ||= /(http\S+\/workflows\/dsar-DEMO-OPEN\S+)/.exec(line)?.[1] ?? '';
  said.archive ||= /delivered: (\S*DEMO-PROFILES\S+\.zip)/.exec(line)?.[1] ?? '';
  if (line.includes('It keeps running')) break;
}

const browser = await chromium.launch({
  executablePath: process.env.DOSSIER_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const shot = async (
  url: string,
  file: string,
  { height, tab }: { readonly height: number; readonly tab?: string },
) => {
  const page = await browser.newPage({ viewport: { width: 1280, height } });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.waitForTimeout(4000);
  if (tab) {
    await page
      .getByRole('link', { name: tab })
      .or(page.getByRole('tab', { name: tab }))
      .first()
      .click();
    await page.waitForTimeout(3000);
  }
  await page.screenshot({ path: join(root, 'docs/images', file) });
  await page.close();
};
mkdirSync(join(root, 'docs/images'), { recursive: true });
await shot(said.page, 'temporal-timeline.png', { height: 1250 });
await shot(said.page, 'temporal-details.png', { height: 1000, tab: 'User Metadata' });
await unzip(said.archive, join(folder, 'package'));
await shot(pathToFileURL(join(folder, 'package/index.html')).href, 'package-index.png', {
  height: 1500,
});
await browser.close();
demo.kill('SIGINT');
await new Promise((resolve) => demo.once('exit', resolve));
rmSync(folder, { recursive: true, force: true });

async function unzip(file: string, target: string): Promise<void> {
  const handle = await open(file, 'r');
  const { entries, when } = await readList(handle, (await handle.stat()).size);
  const source = byteSource(handle);
  for (const entry of entries) {
    const path = join(target, entry.name);
    mkdirSync(dirname(path), { recursive: true });
    await writeFile(
      path,
      readEntry(source, entry, when, (problem) => {
        throw new Error(problem);
      }),
    );
  }
  await handle.close();
}
