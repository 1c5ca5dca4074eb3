import { DossierError } from '../client/dossier-error.ts';
import { describeFailure } from './failures.ts';

/** One line of `dossier doctor`. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** It works as it is, and leaves open what a company may not want. */
  readonly warning?: true;
  /** What was found, in words without secrets. */
  readonly found: string;
  /** What to mend, each as one sentence; empty where all is well. */
  readonly actions: readonly string[];
}

/** Something that is not as it should be, with what to mend. */
export class Finds extends Error {
  readonly actions: readonly string[];
  constructor(found: string, actions: readonly string[]) {
    super(found);
    this.actions = actions;
  }
}

/** Milliseconds that one check may take: a look at what hangs must end too. */
const PATIENCE = 60_000;

/** Runs one check: what it gives is what was found; whatever it throws makes the finding a bad one. @throws DossierError `usage` */
export async function look(check: string, run: () => Promise<string> | string, mend: readonly string[] = [], patience = PATIENCE): Promise<Finding> {
  try {
    return { check, ok: true, found: await ended(run, patience), actions: [] };
  } catch (error) {
    if (error instanceof Finds) return { check, ok: false, found: error.message, actions: error.actions.length > 0 ? error.actions : mend };
    const { facts } = describeFailure(error);
    if (facts.code === 'usage' && error instanceof DossierError) throw error;
    const own = facts.code === 'failed' ? [] : facts.actions;
    return { check, ok: false, found: facts.message, actions: [...own, ...mend] };
  }
}

async function ended(run: () => Promise<string> | string, patience: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Finds(`It did not come to an end within ${patience / 1000} s.`, ['See whether what it asks hangs: a disk, a network share, a server.'])), patience);
  });
  try {
    return await Promise.race([Promise.resolve(run()), late]);
  } finally {
    clearTimeout(timer);
  }
}
