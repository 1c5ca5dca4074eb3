#!/usr/bin/env node
// The command line starts in compiled code; `npm ci` compiles it.
import { existsSync } from 'node:fs';
const main = new URL('../dist/src/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write('dossier: not built yet; run `npm ci` (or `npm run build`) in the folder of the package first.\n');
  process.exit(1);
}
await import(main.href);
