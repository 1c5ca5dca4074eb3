import type { Command } from 'commander';
import type { Dossier } from '../client/dossier.ts';
import type { Output } from './output/output.ts';

/** The default export of a file in `commands/`. The folder is the register. */
export interface CommandModule {
  /** The name as typed: `dev`, or with its group: `request start`. */
  readonly name: string;
  /** Adds the command to `parent`: the program, or the group in its name. */
  register(parent: Command, parts: Parts): void;
}

/** What every command receives. */
export interface Parts {
  readonly out: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads standard input to its end. */
  input(): Promise<string>;
  /**
   * The configuration file: `--config`, `DOSSIER_CONFIG`, `./dossier.yaml`,
   * `./.dossier/dossier.yaml`. Undefined if there is none.
   */
  configFile(): string | undefined;
  /**
   * Connects to Temporal while `use` runs.
   *
   * @throws DossierError
   */
  withDossier<Result>(use: (dossier: Dossier) => Promise<Result>): Promise<Result>;
  /** Asks a question on the terminal. Missing without a terminal, or with `--json`. */
  readonly ask?: (question: string) => Promise<string>;
  /** Aborts when the process is asked to end: Ctrl-C or SIGTERM. */
  readonly ending: AbortSignal;
  /** Who acts: the operating system's user, unless `--by` names somebody. */
  readonly user: string;
}

/**
 * Ends a command with an exit code other than 0 after it printed its result, such as a failed
 * check.
 */
export class Failed extends Error {}
