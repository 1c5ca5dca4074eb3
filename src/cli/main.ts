import { run } from './run.ts';

const ending = new AbortController();
let asked = 0;
/** Whether the command waits for the end. Then it can clean up before it ends. */
let heeded = false;
const end = () => {
  asked += 1;
  // A second Ctrl-C ends the process at once. Whatever a stack leaves behind, such as its lock, has
  // no effect on the next start.
  if (asked > 1) {
    process.stderr.write('Ended at once; the next start puts in order what was left.\n');
    process.exit(1);
  }
  // A command that does not wait has nothing to clean up.
  if (!heeded) process.exit(130);
  process.stderr.write('Stopping … (Ctrl-C again ends at once)\n');
  ending.abort();
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
// A reader such as `head` may stop early; that is not a failure. A long-running command, such as a
// worker, does not end because its output is full.
let unwritten = false;
const onWriteFailure = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(0);
  unwritten = true;
};
process.stdout.on('error', onWriteFailure);
process.stderr.on('error', onWriteFailure);

async function input(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal: ending.signal });
  } finally {
    terminal.close();
  }
}

const exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  directory: process.cwd(),
  input,
  ending: ending.signal,
  heeds: () => {
    heeded = true;
  },
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
});
// Flush the output first, and wait for its errors. A connection that a library left open must not
// keep the process alive.
process.stdout.write('', () =>
  process.stderr.write('', () =>
    setImmediate(() => process.exit(unwritten && exitCode === 0 ? 1 : exitCode)),
  ),
);
