import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { packageFile } from '../../package-files.ts';

/** A program that runs until it is stopped or this process is gone. */
export interface Supervised {
  readonly pid: number;
  /** Resolves with the reason in words when the program has ended for any reason. */
  readonly exited: Promise<string>;
  /** Ends the program and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a program under its own supervisor, and appends its output to `log`.
 *
 * @throws Error if the program cannot be started
 */
export async function supervise(
  program: string,
  args: readonly string[],
  log: string,
): Promise<Supervised> {
  const supervisor = spawn(
    process.execPath,
    [packageFile('dist/src/temporal/local-server/supervisor.js'), log, program, ...args],
    {
      // A process group of its own. So Ctrl-C in a terminal does not end the server before its
      // workers.
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: withoutNodeOptions(),
      windowsHide: true,
    },
  );
  let last = 'its supervisor ended';
  const started = new Promise<number>((resolve) => {
    createInterface({ input: supervisor.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as {
        pid?: number;
        failed?: string;
        code?: number | null;
        signal?: string | null;
      };
      if (said.pid !== undefined) resolve(said.pid);
      else {
        last =
          said.failed ?? (said.signal ? `ended by ${said.signal}` : `ended with code ${said.code}`);
      }
    });
  });
  const exited = new Promise<string>((resolve) => {
    supervisor.once('error', (error) => resolve(error.message));
    supervisor.once('close', () => resolve(last));
  });
  supervisor.stdin.on('error', () => {});
  const first = await Promise.race([started, exited]);
  if (typeof first === 'string') throw new Error(`${program} cannot be started: ${first}`);
  // A process that has nothing else to do ends, and the server with it.
  supervisor.unref();
  for (const stream of [supervisor.stdin, supervisor.stdout] as unknown as { unref(): void }[]) {
    stream.unref();
  }
  return {
    pid: first,
    exited,
    stop: async () => {
      supervisor.ref();
      supervisor.stdin.end();
      await exited;
    },
  };
}

/**
 * Drops flags such as `--inspect-brk` or a test runner's, because they are not for the supervisor.
 */
function withoutNodeOptions(): NodeJS.ProcessEnv {
  const {
    NODE_OPTIONS: _options,
    NODE_V8_COVERAGE: _coverage,
    NODE_TEST_CONTEXT: _context,
    ...rest
  } = process.env;
  return rest;
}
