// Compiles after `npm ci` and `npm install`. When `npx dossier` is called in this folder, npm links
// the package anew and prepares it once more: there the compiled code is used as it is.
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const built = existsSync(new URL('../dist/src/cli/main.js', import.meta.url));
if (process.env.npm_command === 'exec' && built) process.exit(0);

const began = Date.now();
const seconds = () => Math.round((Date.now() - began) / 1000);
const say = (line) => process.stderr.write(`dossier: ${line}\n`);

/** Runs one step, and says every few seconds that it is still at work. */
async function step(name, script) {
  say(`${name} …`);
  const still = setInterval(() => say(`${name}: still at it, ${seconds()} s in all`), 5_000);
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const status = await new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(1));
  });
  clearInterval(still);
  if (status !== 0) process.exit(status ?? 1);
}

await step('compiling the code (1 of 3)', 'build:code');
await step('bundling the workflows (2 of 3)', 'build:workflows');
await step('bundling the commands (3 of 3)', 'build:cli');
say(`ready after ${seconds()} s`);
