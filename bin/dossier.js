#!/usr/bin/env node
// The command line starts in compiled code; `npm ci` compiles it.
import { existsSync } from 'node:fs';
import module from 'node:module';

/** Groups whose commands talk to a server as clients and start nothing: they run from one bundle, which starts in half the time. */
const CLIENTS = ['request', 'vendor', 'law'];

const isClient = CLIENTS.includes(process.argv[2] ?? '');
const main = [...(isClient ? ['../dist/cli/main.js'] : []), '../dist/src/cli/main.js']
  .map((path) => new URL(path, import.meta.url))
  .find((file) => existsSync(file));
if (main === undefined) {
  process.stderr.write(
    'dossier: not built yet; run `npm ci` (or `npm run build`) in the folder of the package first.\n',
  );
  process.exit(1);
}
// Node 22 and later keep what they compiled; before, there is nothing of the kind.
module.enableCompileCache?.();
await import(main.href);
