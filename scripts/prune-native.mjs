// Removes the native binaries of other platforms from a folder of installed packages: Temporal's
// SDK brings one for every platform. `node scripts/prune-native.mjs node_modules`
import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const [given] = process.argv.slice(2);
if (given === undefined) {
  console.error('Which folder? node scripts/prune-native.mjs node_modules');
  process.exit(2);
}
const root = resolve(given);
const here = `${process.platform} ${process.arch}`;

const SYSTEMS = [
  [/darwin/, 'darwin'],
  [/linux/, 'linux'],
  [/windows|win32/, 'win32'],
];
const PROCESSORS = [
  [/x86_64|x64/, 'x64'],
  [/aarch64|arm64/, 'arm64'],
];
const named = (table, name) => table.find(([pattern]) => pattern.test(name))?.[1];

/** `aarch64-apple-darwin` as Node says it, `darwin arm64`; of other names nothing. */
function platformOf(name) {
  const [system, processor] = [named(SYSTEMS, name), named(PROCESSORS, name)];
  return system && processor && `${system} ${processor}`;
}

/** Folders that are named after a platform and hold a binary for it. */
const folders = [
  ...new Set(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.node'))
      .map((file) => dirname(join(root, file))),
  ),
].flatMap((folder) => {
  const platform = platformOf(relative(dirname(folder), folder));
  return platform === undefined ? [] : [{ folder, platform }];
});

// A package that brings binaries, and none for this platform, does not work here in any case; what
// it has is left to be looked at.
const forThis = new Set(
  folders.filter((it) => it.platform === here).map((it) => dirname(it.folder)),
);
const lacking = folders.filter((it) => !forThis.has(dirname(it.folder)));
if (lacking.length > 0) {
  const places = new Set(lacking.map((it) => relative(root, dirname(it.folder))));
  console.error(`There is no binary for ${here} in ${[...places].join(', ')}.`);
  process.exit(1);
}

const megabytes = (bytes) => `${Math.round(bytes / 1024 ** 2)} MB`;
let freed = 0;
for (const { folder, platform } of folders.filter((it) => it.platform !== here)) {
  const bytes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => statSync(join(folder, file)).size)
    .reduce((sum, size) => sum + size, 0);
  rmSync(folder, { recursive: true });
  freed += bytes;
  console.log(`removed ${relative(root, folder)} (${platform}, ${megabytes(bytes)})`);
}
console.log(`${megabytes(freed)} of other platforms removed; what is left is for ${here}`);
