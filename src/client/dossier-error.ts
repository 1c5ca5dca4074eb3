import type { CallErrorCode } from '../contract/errors/call-errors.ts';

/**
 * What went wrong, for programs. The codes are public, so they never change. `dossier explain` says
 * what each one means.
 */
export type DossierErrorCode = CallErrorCode;

/**
 * What a refused or failed call reports: what, where, and what to do. It holds no personal data.
 */
export interface DossierErrorFacts {
  readonly code: DossierErrorCode;
  readonly message: string;
  /** A path in the input, a file, an address or a request's ID. */
  readonly where: string;
  /** What can be done, each as one sentence. */
  readonly actions: readonly string[];
}

/**
 * A call that was refused or failed, in words for the caller.
 *
 * @example
 * await dossier.status('R-1042').catch((error: unknown) => {
 *   if (error instanceof DossierError) console.error(error.code, ...error.actions);
 * });
 */
export class DossierError extends Error {
  readonly code: DossierErrorCode;
  readonly where: string;
  readonly actions: readonly string[];
  constructor({ code, message, where, actions }: DossierErrorFacts, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DossierError';
    this.code = code;
    this.where = where;
    this.actions = actions;
  }

  /** Only the facts, as `--json` prints them under `error`. */
  toJSON(): DossierErrorFacts {
    return { code: this.code, message: this.message, where: this.where, actions: this.actions };
  }
}
