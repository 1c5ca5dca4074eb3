// Compiles after `npm ci` and `npm install`. When `npx dossier` is called in this folder, npm links the package anew and
// prepares it once more: there the compiled code is used as it is.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const built = existsSync(new URL('../dist/src/cli/main.js', import.meta.url));
if (process.env.npm_command === 'exec' && built) process.exit(0);
const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
