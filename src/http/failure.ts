import type { SystemErrorCode } from '../contract/errors/system-errors.ts';

/** A code that the other system sent: no key of our catalogue. */
export type ForeignCode = string & { readonly [FOREIGN]: true };
declare const FOREIGN: unique symbol;

/**
 * Takes a code as the other system's own. It must hold no personal data.
 *
 * @example
 * const code = foreignCode('REQUEST_LIMIT_EXCEEDED');
 */
export const foreignCode = (code: string): ForeignCode => code as ForeignCode;

/**
 * Why a system did not answer, named after who must act next.
 *
 * `pending`: it is still at work, ask again quietly. `unavailable`: wait and ask again. `denied`:
 * an operator fixes credentials. `rejected`: a case handler looks. `unreadable`: a developer looks.
 * They are stored in histories, so they never change.
 */
export type FailureKind = 'pending' | 'unavailable' | 'denied' | 'rejected' | 'unreadable';

/**
 * What a failure says about itself. It holds no text of the system, because such texts repeat the
 * query, and so the person.
 */
export interface FailureFacts {
  readonly kind: FailureKind;
  /** The system's ID in `dossier.yaml`, or `data-cloud`. */
  readonly system: string;
  /** The HTTP status, if there was a response. */
  readonly status?: number;
  /** A code of ours, or the system's own, such as `REQUEST_LIMIT_EXCEEDED`. */
  readonly code?: SystemErrorCode | ForeignCode | undefined;
  /** A field of its data model that the system refuses, if it names one. */
  readonly field?: string;
  /** What the system asked us to wait, in seconds. */
  readonly retryAfter?: number;
  /** What can be done about it, in one sentence. Holds no personal data. */
  readonly action?: string;
}

/** The same in every copy of this class: a connector of the company's own brings its own copy. */
const BRAND = Symbol.for('dossier.SystemFailure');

/**
 * A system's failure to answer. Its message holds the system, the status and the code, and nothing
 * else.
 *
 * @example
 * throw new SystemFailure({ kind: 'denied', system: 'tickets', status: 401 });
 */
export class SystemFailure extends Error {
  static override [Symbol.hasInstance](it: unknown): boolean {
    return typeof it === 'object' && it !== null && BRAND in it;
  }
  readonly [BRAND] = true;
  readonly facts: FailureFacts;
  /** What failed, without what can be done. */
  readonly problem: string;
  constructor(facts: FailureFacts) {
    const said = [facts.status === undefined ? undefined : `status ${facts.status}`, facts.code]
      .filter(Boolean)
      .join(', ');
    const problem = `${facts.system}: ${facts.kind}${said === '' ? '' : ` (${said})`}`;
    super(facts.action === undefined ? problem : `${problem}. ${facts.action}`);
    this.name = 'SystemFailure';
    this.facts = facts;
    this.problem = problem;
  }
}
