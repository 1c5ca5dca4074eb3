/** What a code means and what fixes it, in words that fit every request. */
export interface ErrorEntry {
  readonly cause: string;
  readonly cure: string;
}
