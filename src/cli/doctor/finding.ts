import { DossierError } from '../../client/dossier-error.ts';
import { describeFailure } from '../output/failures.ts';

/** One line of `dossier doctor`. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** It works, but leaves open what a company may not want. */
  readonly warning?: true;
  /** What was found, without secrets. */
  readonly found: string;
  /** What to fix, each as one sentence. Empty if all is well. */
  readonly actions: readonly string[];
}

/** A bad finding, with what to fix. */
export class Finds extends Error {
  readonly actions: readonly string[];
  constructor(found: string, actions: readonly string[]) {
    super(found);
    this.actions = actions;
  }
}

/** The longest time for one check, in milliseconds, because a check that hangs must end too. */
const PATIENCE = 60_000;

/** What was found, and what works but should be fixed, each as one sentence. */
export interface Checked {
  readonly found: string;
  readonly warnings: readonly string[];
}
type Result = string | Checked;

/**
 * Runs one check. Its result is what was found; an error makes the finding a bad one.
 *
 * @throws DossierError `usage`
 */
export async function look(
  check: string,
  run: () => Promise<Result> | Result,
  mend: readonly string[] = [],
  patience = PATIENCE,
): Promise<Finding> {
  try {
    const result = await ended(run, patience);
    if (typeof result === 'string') return { check, ok: true, found: result, actions: [] };
    return {
      check,
      ok: true,
      ...(result.warnings.length > 0 && { warning: true as const }),
      found: result.found,
      actions: result.warnings,
    };
  } catch (error) {
    if (error instanceof Finds) {
      return {
        check,
        ok: false,
        found: error.message,
        actions: error.actions.length > 0 ? error.actions : mend,
      };
    }
    const { facts } = describeFailure(error);
    if (facts.code === 'usage' && error instanceof DossierError) throw error;
    const own = facts.code === 'failed' ? [] : facts.actions;
    return { check, ok: false, found: facts.message, actions: [...own, ...mend] };
  }
}

async function ended(run: () => Promise<Result> | Result, patience: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Finds(`It did not come to an end within ${patience / 1000} s.`, [
            'See whether what it asks hangs: a disk, a network share, a server.',
          ]),
        ),
      patience,
    );
  });
  try {
    return await Promise.race([Promise.resolve(run()), late]);
  } finally {
    clearTimeout(timer);
  }
}
