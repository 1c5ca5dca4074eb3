import { tmpdir } from 'node:os';
import { run } from '../../src/cli/run.ts';

/** What one invocation wrote, and its exit code. */
export interface Invoked {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, its streams caught. */
export async function invoke(
  args: readonly string[],
  {
    environment = {},
    directory = tmpdir(),
    input = '',
    ending = new AbortController().signal,
  }: {
    environment?: Readonly<Record<string, string>>;
    directory?: string;
    input?: string;
    ending?: AbortSignal;
  } = {},
): Promise<Invoked> {
  const caught = { stdout: '', stderr: '' };
  const exitCode = await run(args, {
    stdout: {
      write: (text) => {
        caught.stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        caught.stderr += text;
      },
    },
    environment,
    directory,
    ending,
    input: () => Promise.resolve(input),
  });
  return { exitCode, ...caught };
}

/** The error that `--json` printed. */
export const errorOf = ({
  stdout,
}: Invoked): {
  code: string;
  message: string;
  where: string;
  actions: string[];
} =>
  (
    JSON.parse(stdout) as {
      error: {
        code: string;
        message: string;
        where: string;
        actions: string[];
      };
    }
  ).error;
