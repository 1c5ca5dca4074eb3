import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { DossierError } from '../../client/dossier-error.ts';
import { packageFile } from '../../package-files.ts';

/** A worker in a process of its own. */
export interface WorkerProcess {
  readonly pid: number;
  /** Resolves with the reason when it has ended. */
  readonly exited: Promise<string>;
  /** Asks it to end, lets its activities finish, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Milliseconds until a worker must poll, and until one that was asked to end is killed. */
const READY_WITHIN = 60_000;
const GONE_WITHIN = 30_000;

/**
 * Starts `dossier worker` for a configuration and waits until it polls. It ends with this process
 * at the latest.
 *
 * @throws DossierError `failed` that names the log if it ends, or does not poll within a minute
 */
export async function startWorkerProcess({
  config,
  log,
  environment,
}: {
  readonly config: string;
  readonly log: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Promise<WorkerProcess> {
  const output = openSync(log, 'a', 0o600);
  const before = statSync(log).size;
  const child = spawn(
    process.execPath,
    [packageFile('dist/src/cli/main.js'), 'worker', '--config', config],
    {
      // A process group of its own. So Ctrl-C in a terminal ends the worker before the server, and
      // not at the same time.
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
      env: environment as NodeJS.ProcessEnv,
      windowsHide: true,
    },
  );
  closeSync(output);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    );
  });
  const ready = new Promise<'ready'>((resolve) => child.on('message', () => resolve('ready')));
  const stop = async (): Promise<void> => {
    const giveUp = setTimeout(() => child.kill('SIGKILL'), GONE_WITHIN);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(giveUp);
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`did not listen within ${READY_WITHIN / 1000} s`),
      READY_WITHIN,
    );
  });
  const first = await Promise.race([ready, exited, late]);
  clearTimeout(timer);
  if (first !== 'ready') {
    await stop();
    throw new DossierError({
      code: 'failed',
      message: `The worker ${first}.`,
      where: log,
      actions: [...lastWords(log, before), `Its log: ${log}`],
    });
  }
  return { pid: child.pid ?? 0, exited, stop };
}

/** What it wrote for people before it ended. All other lines of its log are JSON. */
function lastWords(log: string, from: number): string[] {
  return readFileSync(log)
    .subarray(from)
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('{'))
    .slice(-4);
}
