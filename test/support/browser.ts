import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [
  process.env['DOSSIER_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Where a Chromium of this machine lies; undefined where it has none. `DOSSIER_CHROMIUM` names
 * another place.
 */
export const chromiumPath = PLACES.find((place) => place !== undefined && existsSync(place));

/** What a test says that is skipped because the machine has no browser; false where it has one. */
export const withoutBrowser =
  chromiumPath === undefined
    ? 'no Chromium on this machine: install it, or set DOSSIER_CHROMIUM'
    : false;

/** Starts a browser without a window, which asks nothing of any network by itself. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
