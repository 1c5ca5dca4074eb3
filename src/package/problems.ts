/** One thing that is wrong with a package, and with which of its entries. */
export interface Problem {
  readonly entry?: string;
  readonly problem: string;
}

/** Problems that are told at the most: whoever reads on after a hundred learns nothing new. */
const MOST = 100;
/** Characters of an entry's name and of a problem that are told. */
const LONGEST = 300;

/**
 * What is wrong with a package, as far as it is worth telling. Its size is bounded, whatever the
 * archive holds.
 */
export class Problems {
  #found = 0;
  readonly #told: Problem[] = [];

  /** How many there are, told or not. */
  get length(): number {
    return this.#found;
  }

  /** Whether more need not be looked for. */
  get isFull(): boolean {
    return this.#found >= MOST;
  }

  push({ entry, problem }: Problem): void {
    this.#found += 1;
    if (this.#told.length < MOST) {
      this.#told.push({
        ...(entry !== undefined && { entry: shortened(entry) }),
        problem: shortened(problem),
      });
    }
  }

  told(): readonly Problem[] {
    return this.#found > MOST
      ? [...this.#told, { problem: `${this.#found - MOST} more problems are not listed` }]
      : this.#told;
  }
}

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
