import { SystemFailure } from '../../http/failure.ts';

/** Milliseconds that any download may take, however slow it is. */
const PATIENCE = 15 * 60 * 1000;
/** The least bytes a second of a longer download, on average: a 16-kbit line reaches it. */
const SLOWEST = 1024;

/** How much of a foreign file is taken, and how slowly. `now` is a clock in milliseconds. */
export interface Bounds {
  readonly system: string;
  readonly mostBytes: number;
  readonly now?: () => number;
}

/**
 * The bytes of a file from another system, piece by piece, up to a bound.
 *
 * @throws SystemFailure `rejected` with `FILE_TOO_LARGE` beyond `mostBytes`; `unavailable` with
 *   `FILE_TOO_SLOW` if it is too slow, and may be asked for again
 */
export async function* foreignBytes<Piece extends Uint8Array>(
  body: AsyncIterable<Piece>,
  { system, mostBytes, now = Date.now }: Bounds,
): AsyncGenerator<Piece> {
  const begun = now();
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > mostBytes) {
      throw new SystemFailure({ kind: 'rejected', system, code: 'FILE_TOO_LARGE' });
    }
    const taken = now() - begun;
    if (taken > PATIENCE && bytes < (taken / 1000) * SLOWEST) {
      throw new SystemFailure({ kind: 'unavailable', system, code: 'FILE_TOO_SLOW' });
    }
    yield piece;
  }
}
