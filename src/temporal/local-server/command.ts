import { execFile } from 'node:child_process';

/** The output of a command, or why it failed, in one line. */
export type CommandResult =
  | { readonly ok: true; readonly stdout: string }
  | {
      readonly ok: false;
      readonly missing: boolean;
      readonly why: string;
    };

/** Runs a command to its end, for at most `timeLimit` milliseconds. It never throws. */
export function command(
  file: string,
  args: readonly string[],
  {
    timeLimit,
    env = process.env,
    signal,
  }: {
    readonly timeLimit: number;
    readonly env?: NodeJS.ProcessEnv;
    readonly signal?: AbortSignal;
  },
): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      {
        timeout: timeLimit,
        killSignal: 'SIGKILL',
        maxBuffer: 16 * 1024 * 1024,
        env,
        windowsHide: true,
        ...(signal && { signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve({ ok: true, stdout });
        const missing = error.code === 'ENOENT';
        const lines = `${stdout}\n${stderr}`
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
        const said =
          lines.findLast((line) => /^(ERROR|error|go):/.test(line)) ??
          lines.at(-1) ??
          `exit code ${String(error.code)}`;
        const failed =
          error.killed === true
            ? `took longer than ${Math.round(timeLimit / 1000)} s`
            : said.slice(0, 200);
        return resolve({
          ok: false,
          missing,
          why: missing ? 'is not installed' : failed,
        });
      },
    );
  });
}
