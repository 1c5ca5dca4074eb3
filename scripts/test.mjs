// Runs the compiled tests: all of them, or those whose path contains one of the given words.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
/** Where compiled tests stand: the product's own, and those of each package. */
const folders = [
  'dist/test',
  ...readdirSync(`${root}packages`).map((name) => `packages/${name}/dist/test`),
].filter((folder) => existsSync(root + folder));
const files = folders
  .flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  )
  .filter(
    (name) =>
      name.endsWith('.test.js') &&
      (words.length === 0 || words.some((word) => name.includes(word))),
  )
  .sort()
  .map((name) => root + name);
if (files.length === 0) {
  console.error(
    `No compiled test matches ${words.join(', ') || 'anything'}; run \`npm run build\` first.`,
  );
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-timeout=600000', ...files],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
