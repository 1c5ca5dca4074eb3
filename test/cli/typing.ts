import type { Dossier } from '../../src/client/dossier.ts';
import { Failed, type Parts } from '../../src/cli/command.ts';
import { createOutput } from '../../src/cli/output/output.ts';
import { createProgram } from '../../src/cli/program.ts';
import type { RequestStatus } from '../../src/contract/status.ts';

/** What a command did: the messages that it sent, what it printed, and what it threw. */
export interface Typed {
  readonly sent: readonly (readonly [name: string, message: unknown])[];
  readonly stdout: string;
  readonly stderr: string;
  readonly asked: readonly string[];
  readonly error?: unknown;
}

/**
 * Types a command at a terminal of `columns`, or at none; a request answers with `before`, and
 * after an order with `after`.
 */
export async function typed(
  words: readonly string[],
  {
    before,
    after = before,
    config,
    answer,
    columns,
  }: {
    readonly before: RequestStatus;
    readonly after?: RequestStatus;
    readonly config?: string;
    /** What is typed where the command asks; there is no terminal without one. */
    readonly answer?: string;
    readonly columns?: number;
  },
): Promise<Typed> {
  const sent: [string, unknown][] = [];
  const asked: string[] = [];
  const written = { stdout: '', stderr: '' };
  const dossier = new Proxy(
    {},
    {
      get: (_, name) => {
        if (name === 'status') return () => Promise.resolve(sent.length === 0 ? before : after);
        if (name === 'watch') {
          return async function* watch() {
            yield await Promise.resolve(after);
          };
        }
        return (_id: string, message: unknown) => {
          sent.push([String(name), message]);
          return Promise.resolve(after);
        };
      },
    },
  ) as Dossier;
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  const out = createOutput(
    {
      stdout: {
        ...terminal,
        write: (text) => {
          written.stdout += text;
        },
      },
      stderr: {
        ...terminal,
        write: (text) => {
          written.stderr += text;
        },
      },
    },
    false,
    { NO_COLOR: '1' },
  );
  const parts: Parts = {
    out,
    environment: {},
    user: 'tester',
    input: () => Promise.resolve(''),
    configFile: () => config,
    ending: new AbortController().signal,
    withDossier: (use) => use(dossier),
    ...(answer !== undefined && {
      ask: (question: string) => {
        asked.push(question);
        return Promise.resolve(answer);
      },
    }),
  };
  const program = await createProgram(parts);
  const error = await program.parseAsync([...words], { from: 'user' }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { sent, asked, ...written, ...(error !== undefined && { error }) };
}

/** Whether a command ended because the answer to its question was no. */
export const declined = (error: unknown): boolean => error instanceof Failed;
