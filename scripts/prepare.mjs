// Compiles after `npm ci` and `npm install`, and links the command where `npx dossier` looks first.
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = existsSync(new URL('../dist/src/cli/main.js', import.meta.url));
// npm prepares the package once more when it runs a command of it; the compiled code is used as it is then.
if (process.env.npm_command === 'exec' && built) process.exit(0);
const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
if (status !== 0) process.exit(status ?? 1);

const bin = new URL('../node_modules/.bin/', import.meta.url);
if (existsSync(bin)) {
  const link = fileURLToPath(new URL('dossier', bin));
  rmSync(link, { force: true });
  if (process.platform === 'win32') writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\dossier.js" %*\r\n');
  else symlinkSync('../../bin/dossier.js', link);
}
