import { createHash } from 'node:crypto';

/** The kinds of table whose records can be counted. */
export type TableFormat = 'ndjson' | 'csv';

/** What a file's bytes show. */
export interface Measured {
  readonly bytes: number;
  readonly sha256: string;
  /** Records without the header of a CSV; only for tables. */
  readonly rows?: number;
}

/** Measures bytes as they pass by. */
export interface Measure {
  update(chunk: Uint8Array): void;
  result(): Measured;
}

/** Counts and hashes the bytes of one file, and the records of a table. */
export function measure(format?: TableFormat): Measure {
  const hash = createHash('sha256');
  const counter = format && counters[format]();
  let bytes = 0;
  return {
    update(chunk) {
      hash.update(chunk);
      bytes += chunk.length;
      counter?.update(chunk);
    },
    result: () => ({ bytes, sha256: hash.digest('hex'), ...(counter && { rows: counter.rows() }) }),
  };
}

/** The kind of table of a path's ending. */
export function formatOf(path: string): TableFormat | undefined {
  if (/\.(?:ndjson|jsonl)$/i.test(path)) return 'ndjson';
  return /\.csv$/i.test(path) ? 'csv' : undefined;
}

const LINE_FEED = 10;
const QUOTE = 34;

const counters: Record<TableFormat, () => { update(chunk: Uint8Array): void; rows(): number }> = {
  ndjson() {
    let ends = 0;
    let last = LINE_FEED;
    return {
      update(chunk) {
        for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) {
          ends++;
        }
        last = chunk.at(-1) ?? last;
      },
      rows: () => ends + (last === LINE_FEED ? 0 : 1),
    };
  },
  csv() {
    let ends = 0;
    let quoted = false;
    let last = LINE_FEED;
    return {
      update(chunk) {
        // By index, because `for…of` over bytes takes seven times as long.
        for (let at = 0; at < chunk.length; at++) {
          const byte = chunk[at];
          if (byte === QUOTE) quoted = !quoted;
          else if (byte === LINE_FEED && !quoted) ends++;
        }
        last = chunk.at(-1) ?? last;
      },
      rows: () => Math.max(0, ends + (last === LINE_FEED && !quoted ? 0 : 1) - 1),
    };
  },
};
