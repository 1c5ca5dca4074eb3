// Starts a program, and ends it when this process's standard input ends. That happens when the
// parent dies, even by SIGKILL. Arguments: the log file, the program, its arguments. Prints one
// JSON line when it runs, and one when it has ended.
import { spawn } from 'node:child_process';
import { fchmodSync, openSync } from 'node:fs';

// Only this user may read the program's files: its database and its log.
process.umask(0o077);

const GRACE = 5_000;
const [log = '', program = '', ...args] = process.argv.slice(2);
const sink = openSync(log, 'a', 0o600);
fchmodSync(sink, 0o600);
const child = spawn(program, args, { stdio: ['ignore', sink, sink], windowsHide: true });

// Ctrl-C is for the parent, which ends the server after its workers.
for (const signal of ['SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {});
}
// The parent may be gone, so nobody reads.
process.stdout.on('error', () => {});

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const end = () => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), GRACE).unref();
};

child.once('spawn', () => say({ pid: child.pid }));
child.once('error', (error) => {
  say({ failed: error.message });
  process.exit(1);
});
child.once('exit', (code, signal) => {
  say({ code, signal });
  process.exit(code ?? 1);
});
process.stdin.resume();
process.stdin.once('end', end);
process.stdin.once('error', end);
process.once('SIGTERM', end);
