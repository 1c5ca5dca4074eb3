import { SystemFailure } from '../http/failure.ts';
import { isLosslessNumber, stringify } from 'lossless-json';
import { parseJson } from '../http/json.ts';

/**
 * The rows of a page, value by value, without making a copy of them. Rows and columns are counted
 * from 0.
 */
export interface PageRows {
  readonly count: number;
  /** Values of each row. */
  readonly width: number;
  /** A value as JSON, with every digit that came. */
  json(row: number, column: number): string;
  /** A value as text: empty for null, JSON for a value that holds further values. */
  text(row: number, column: number): string;
  /** Whether a value is a text, and not, say, a number that reads like one. */
  isText(row: number, column: number): boolean;
  /** All values. For look-ups, never for exports. */
  toArray(): unknown[][];
}

/** Rows of ready values. All have the same width. */
export function listedRows(rows: readonly (readonly unknown[])[]): PageRows {
  const valueOf = (row: number, column: number): unknown => rows[row]?.[column] ?? null;
  const jsonOf = (value: unknown): string =>
    typeof value === 'object' && value !== null
      ? (stringify(value) ?? 'null')
      : JSON.stringify(value);
  return {
    count: rows.length,
    width: rows[0]?.length ?? 0,
    json: (row, column) => jsonOf(valueOf(row, column)),
    text(row, column) {
      const value = valueOf(row, column);
      if (value === null) return '';
      return typeof value === 'object' && !isLosslessNumber(value)
        ? jsonOf(value)
        : String(value as string | number);
    },
    isText: (row, column) => typeof valueOf(row, column) === 'string',
    toArray: () => rows.map((row) => [...row]),
  };
}

const QUOTE = 0x22;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, COMMA, COLON, SPACE] = [
  0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x3a, 0x20,
];
const PRIMITIVE = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
const broken = (): SyntaxError => new SyntaxError('This is no JSON.');

/**
 * A response without its member `data`, and the rows from there; undefined if it was no list of
 * lists.
 */
export interface RowsAnswer {
  readonly envelope: unknown;
  readonly rows: PageRows | undefined;
}

/**
 * Reads a response with rows as lists under `data`. It does not parse them, but finds them in the
 * text. That is three times as fast, and leaves no work for the garbage collector.
 *
 * @throws SyntaxError if it is not JSON
 */
export function readRowsAnswer(text: string, system: string): RowsAnswer {
  // With control characters it may be laid out for people, or be no JSON.
  // oxlint-disable-next-line no-control-regex
  const found = /[\u0000-\u001f]/.test(text) ? undefined : findData(text);
  if (found === undefined) {
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || !('data' in value)) {
      return { envelope: value, rows: undefined };
    }
    const { data, ...envelope } = value;
    const isRows =
      Array.isArray(data) &&
      data.every((row, _, all: unknown[][]) => Array.isArray(row) && row.length === all[0]?.length);
    return {
      envelope: isRows ? envelope : value,
      rows: isRows ? listedRows(data as unknown[][]) : undefined,
    };
  }
  const { start, end } = found;
  return {
    envelope: parseJson(`${text.slice(0, start)}null${text.slice(end)}`),
    rows: scannedRows(text, found, system),
  };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly bounds: Uint32Array;
  readonly count: number;
  readonly width: number;
}

/**
 * The place of the list of lists under `data`, and of each value in it. It returns undefined if
 * that is something else; the parser judges that.
 */
function findData(text: string): Found | undefined {
  let at = afterSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_OBJECT) return undefined;
  for (at = afterSpace(text, at + 1); text.charCodeAt(at) === QUOTE;) {
    const nameEnd = stringEnd(text, at);
    const isData = text.slice(at, nameEnd) === '"data"';
    at = afterSpace(text, nameEnd);
    if (text.charCodeAt(at) !== COLON) return undefined;
    at = afterSpace(text, at + 1);
    if (isData) return text.charCodeAt(at) === OPEN_LIST ? scan(text, at) : undefined;
    at = afterSpace(text, valueEnd(text, at));
    if (text.charCodeAt(at) === COMMA) at = afterSpace(text, at + 1);
  }
  return undefined;
}

function scan(text: string, start: number): Found | undefined {
  let bounds = new Uint32Array(4096);
  let used = 0;
  let count = 0;
  let width = -1;
  let at = afterSpace(text, start + 1);
  if (text.charCodeAt(at) === CLOSE_LIST) return { start, end: at + 1, bounds, count, width: 0 };
  for (;;) {
    if (text.charCodeAt(at) !== OPEN_LIST) return undefined;
    const before = used;
    at = afterSpace(text, at + 1);
    if (text.charCodeAt(at) === CLOSE_LIST) at += 1;
    else {
      for (;;) {
        const end = valueEnd(text, at);
        if (used + 2 > bounds.length) {
          const larger = new Uint32Array(bounds.length * 2);
          larger.set(bounds);
          bounds = larger;
        }
        bounds[used] = at;
        bounds[used + 1] = end;
        used += 2;
        at = afterSpace(text, end);
        const next = text.charCodeAt(at);
        at += 1;
        if (next === CLOSE_LIST) break;
        if (next !== COMMA) throw broken();
        at = afterSpace(text, at);
      }
    }
    count += 1;
    if (width === -1) width = used - before;
    if (used - before !== width) return undefined;
    at = afterSpace(text, at);
    const next = text.charCodeAt(at);
    if (next === CLOSE_LIST) return { start, end: at + 1, bounds, count, width: width / 2 };
    if (next !== COMMA) throw broken();
    at = afterSpace(text, at + 1);
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) {
    at += 1;
  }
  return at;
}

/** The end of a text that begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) {
      slashes += 1;
    }
    if (slashes % 2 === 0) return at + 1;
  }
  throw broken();
}

function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return stringEnd(text, start);
  if (first === OPEN_LIST || first === OPEN_OBJECT) return nestedEnd(text, start);
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT || code === SPACE) break;
  }
  // Most columns of most rows hold `null`.
  if (at - start === 4 && first === 0x6e && text.startsWith('null', start)) return at;
  if (!PRIMITIVE.test(text.slice(start, at))) throw broken();
  return at;
}

function nestedEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at) - 1;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth += 1;
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw broken();
}

function scannedRows(text: string, { bounds, count, width }: Found, system: string): PageRows {
  const tokenOf = (row: number, column: number): string => {
    const at = (row * width + column) * 2;
    return text.slice(bounds[at], bounds[at + 1]);
  };
  const firstOf = (row: number, column: number): number =>
    text.charCodeAt(bounds[(row * width + column) * 2] ?? 0);
  const parsed = (token: string): unknown => {
    try {
      return parseJson(token);
    } catch {
      throw new SystemFailure({ kind: 'unreadable', system, code: 'NOT_JSON' });
    }
  };
  return {
    count,
    width,
    json: (row, column) => tokenOf(row, column),
    text(row, column) {
      const token = tokenOf(row, column);
      if (token === 'null') return '';
      const first = token.charCodeAt(0);
      if (first === OPEN_LIST || first === OPEN_OBJECT) parsed(token);
      if (first !== QUOTE) return token;
      return token.includes('\\') ? (parsed(token) as string) : token.slice(1, -1);
    },
    isText: (row, column) => firstOf(row, column) === QUOTE,
    toArray: () =>
      Array.from({ length: count }, (_, row) =>
        Array.from({ length: width }, (__, column) => parsed(tokenOf(row, column))),
      ),
  };
}
