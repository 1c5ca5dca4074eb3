/**
 * What went wrong, for programs. The codes are public, so they never change.
 *
 * `usage`: the call itself is wrong. `invalid-request`, `invalid-input`, `invalid-config`: a rule
 * refuses what it says. `not-allowed`: the request's state, or the law, refuses it. `not-found`,
 * `closed`: there is no such request, or it has ended. `no-server`, `no-worker`, `not-set-up`,
 * `denied`: Temporal cannot be reached, nobody listens, the namespace lacks something, or does not
 * accept us. `timeout`: the caller's own patience ended. `failed`: anything else.
 */
export type DossierErrorCode =
  | 'usage'
  | 'invalid-request'
  | 'invalid-input'
  | 'invalid-config'
  | 'not-allowed'
  | 'not-found'
  | 'closed'
  | 'no-server'
  | 'no-worker'
  | 'not-set-up'
  | 'denied'
  | 'timeout'
  | 'failed';

/** What a refused or failed call tells: what, where, and what to do. Holds no personal data. */
export interface DossierErrorFacts {
  readonly code: DossierErrorCode;
  readonly message: string;
  /** A path in the input, a file, an address or a request's ID. */
  readonly where: string;
  /** What can be done, each as one sentence. */
  readonly actions: readonly string[];
}

/** A call that was refused or failed, in words for the caller. */
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

  /** The facts alone, as `--json` prints them under `error`. */
  toJSON(): DossierErrorFacts {
    return { code: this.code, message: this.message, where: this.where, actions: this.actions };
  }
}
