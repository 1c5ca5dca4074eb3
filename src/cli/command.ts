import type { Command } from 'commander';
import type { Dossier } from '../client/dossier.ts';
import type { Output } from './output/output.ts';

/** What a file in `commands/` exports by default. The folder is the register. */
export interface CommandModule {
  /** As it is typed: `dev`, or with its group: `request start`. */
  readonly name: string;
  /** Adds itself to `parent`: the program, or the group that its name begins with. */
  register(parent: Command, parts: Parts): void;
}

/** What every command is handed. */
export interface Parts {
  readonly out: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard input, read to its end. */
  input(): Promise<string>;
  /**
   * The configuration: `--config`, `DOSSIER_CONFIG`, `./dossier.yaml`, `./.dossier/dossier.yaml`;
   * undefined if there is none.
   */
  configFile(): string | undefined;
  /** Connects to Temporal for the length of `use`. @throws DossierError */
  withDossier<Result>(use: (dossier: Dossier) => Promise<Result>): Promise<Result>;
  /** Asks a question on the terminal; left out where there is none, or `--json` was given. */
  readonly ask?: (question: string) => Promise<string>;
  /** Resolves when the process is asked to end: Ctrl-C or SIGTERM. */
  readonly ending: AbortSignal;
  /** Who acts, unless `--by` says otherwise: the operating system's user. */
  readonly user: string;
}

/**
 * Ends a command with an exit code other than 0 after its result was printed, as a failed check
 * does.
 */
export class Failed extends Error {}
