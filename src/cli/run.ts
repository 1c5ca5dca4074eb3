import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { CommanderError } from 'commander';
import { Failed, type Parts } from './command.ts';
import { describeFailure } from './output/failures.ts';
import { createOutput, type Streams } from './output/output.ts';
import { createProgram } from './program.ts';

/** What surrounds one invocation. */
export interface Surroundings extends Streams {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** Reads standard input to its end. */
  input(): Promise<string>;
  /** Asks on the terminal. Missing without a person there. */
  readonly ask?: (question: string) => Promise<string>;
  /** Aborts when the process is asked to end. */
  readonly ending: AbortSignal;
  /** Called if the command uses `ending`. Any other command may be ended at once. */
  heeds?(): void;
}

/**
 * Runs one command and returns the exit code: 0 done, 1 refused or failed, 2 wrong usage. It never
 * throws.
 */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1 | 2> {
  const out = createOutput(around, wantsJson(args), around.environment);
  try {
    const program = await createProgram(partsOf(args, around, out), args);
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof Failed) return 1;
    // A missing command: commander has already printed the help on stderr.
    if (isHelp(error) && (error.exitCode === 0 || !out.json)) return error.exitCode === 0 ? 0 : 2;
    const { facts, exitCode } = describeFailure(error);
    out.error(facts);
    if (around.environment.DOSSIER_DEBUG === '1') {
      around.stderr.write(`${error instanceof Error ? stackOf(error) : String(error)}\n`);
    }
    return exitCode;
  }
}

function partsOf(args: readonly string[], around: Surroundings, out: Parts['out']): Parts {
  const { environment, directory } = around;
  const configFile = () => {
    const named = optionOf(args, '--config') ?? environment.DOSSIER_CONFIG;
    if (named) return named;
    return [join(directory, 'dossier.yaml'), join(directory, '.dossier', 'dossier.yaml')].find(
      (file) => existsSync(file),
    );
  };
  return {
    out,
    environment,
    configFile,
    get ending() {
      around.heeds?.();
      return around.ending;
    },
    input: () => around.input(),
    ...(around.ask !== undefined && !out.json && { ask: around.ask }),
    user: environment.DOSSIER_USER || userName(),
    async withDossier(use) {
      const { Dossier } = await import('../client/dossier.ts');
      const dossier = await Dossier.connect({ config: configFile(), environment });
      try {
        return await use(dossier);
      } finally {
        await dossier.close();
      }
    },
  };
}

const beforeDashes = (args: readonly string[]): readonly string[] =>
  args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
const wantsJson = (args: readonly string[]): boolean => beforeDashes(args).includes('--json');

/**
 * The value of an option. It is read before commander runs, because the output and the
 * configuration are needed first.
 */
function optionOf(args: readonly string[], name: string): string | undefined {
  const before = beforeDashes(args);
  const joined = before.find((arg) => arg.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = before.indexOf(name);
  return at === -1 ? undefined : before[at + 1];
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}

function isHelp(error: unknown): error is CommanderError {
  return (
    error instanceof Error &&
    'code' in error &&
    ['commander.helpDisplayed', 'commander.version', 'commander.help'].includes(String(error.code))
  );
}

function stackOf(error: Error): string {
  return error.cause instanceof Error
    ? `${error.stack}\ncaused by ${stackOf(error.cause)}`
    : String(error.stack);
}
