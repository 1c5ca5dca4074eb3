/**
 * Counts the results in a file while it streams: items of a JSON array, lines of NDJSON, rows of
 * CSV.
 */
export interface ResultCounter {
  add(chunk: Uint8Array): void;
  /** Nothing if the format has no results to count, such as an archive. */
  total(): number | undefined;
}

const [NEWLINE, QUOTE, COMMA, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN, CLOSE] = [
  10, 34, 44, 91, 92, 93, 123, 125,
];

export function resultCounter(mediaType: string): ResultCounter {
  if (mediaType === 'application/json') return jsonItems();
  if (mediaType === 'application/x-ndjson') return lines(0);
  return mediaType === 'text/csv' ? lines(1) : { add: () => undefined, total: () => undefined };
}

/**
 * Lines that are not empty, without those of a header. A line break in a quoted value of CSV does
 * not count.
 */
function lines(header: number): ResultCounter {
  let count = 0;
  let filled = false;
  let quoted = false;
  return {
    add(chunk) {
      for (const byte of chunk) {
        if (byte === QUOTE && header > 0) quoted = !quoted;
        if (byte === NEWLINE && !quoted) {
          if (filled) count += 1;
          filled = false;
        } else if (byte > 32) filled = true;
      }
    },
    total: () => Math.max(0, count + (filled ? 1 : 0) - header),
  };
}

/** Items of the outermost array; a single object is one. */
function jsonItems(): ResultCounter {
  let depth = 0;
  let items = 0;
  let inText = false;
  let escaped = false;
  let isList: boolean | undefined;
  let filled = false;
  return {
    add(chunk) {
      for (const byte of chunk) {
        if (inText) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) inText = false;
          continue;
        }
        if (byte <= 32) continue;
        isList ??= byte === OPEN_LIST;
        const closes = byte === CLOSE_LIST || byte === CLOSE;
        if (depth === 1 && !closes && !filled) filled = true;
        if (byte === QUOTE) inText = true;
        else if (byte === OPEN_LIST || byte === OPEN) depth += 1;
        else if (closes) depth -= 1;
        else if (byte === COMMA && depth === 1) items += 1;
      }
    },
    total: () => {
      if (isList === undefined) return undefined;
      return isList ? items + (filled ? 1 : 0) : 1;
    },
  };
}
