/** One thing that is wrong with a package, and the entry that has it. */
export interface Problem {
  readonly entry?: string;
  readonly problem: string;
}

/** The most problems that are reported: after a hundred, a reader learns nothing new. */
const MOST = 100;
/** The most characters of an entry's name, or of a problem, that are reported. */
const LONGEST = 300;

/** What is wrong with a package. Its size is bounded, whatever the archive holds. */
export class Problems {
  #found = 0;
  readonly #told: Problem[] = [];

  /** How many there are, reported or not. */
  get length(): number {
    return this.#found;
  }

  /** Whether the search for more can stop. */
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
