/**
 * What reading a system took: API calls, rows of its responses (those of other people too), and
 * bytes of its responses.
 */
export interface Cost {
  readonly calls: number;
  readonly rows: number;
  readonly bytes: number;
}

export const NO_COST: Cost = { calls: 0, rows: 0, bytes: 0 };

export const sumOf = (a: Cost, b: Cost = NO_COST): Cost => ({
  calls: a.calls + b.calls,
  rows: a.rows + b.rows,
  bytes: a.bytes + b.bytes,
});
