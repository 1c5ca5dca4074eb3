import { isLosslessNumber, stringify as losslessJson } from 'lossless-json';
import type { PageRows } from '../../salesforce/page-rows.ts';

/** Bytes that are lent until they are given back. */
export interface Lent {
  readonly bytes: Uint8Array;
  giveBack(): void;
}
/** Writes rows of a page; `places` are their places in it. */
export type RowsWriter = (page: PageRows, places: readonly number[]) => Lent;

/**
 * Writes rows as NDJSON, one object per line with the system's own field names. Values beyond these
 * are ignored. Every number keeps its digits.
 */
export function ndjsonWriter(names: readonly string[]): RowsWriter {
  const keys = names.map((name, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  const begin = keys.length === 0 ? '{' : '';
  return linesOf((page, row) => {
    let line = begin;
    for (let column = 0; column < keys.length; column += 1) {
      line += (keys[column] as string) + page.json(row, column);
    }
    return `${line}}\n`;
  });
}

/**
 * Writes rows for spreadsheets, of `width` columns, with CRLF lines. What a spreadsheet would run
 * as a formula has `'` before it. @see RFC 4180
 */
export function csvWriter(width: number): RowsWriter {
  return linesOf((page, row) => {
    let line = '';
    for (let column = 0; column < width; column += 1) {
      const value = page.text(row, column);
      if (column > 0) line += ',';
      if (value !== '') line += quotedIfNeeded(page.isText(row, column) ? guarded(value) : value);
    }
    return `${line}\r\n`;
  });
}

/**
 * Writes line by line into bytes: a text of a whole page has so many pieces that the garbage
 * collector takes longer than the writing.
 */
function linesOf(lineOf: (page: PageRows, row: number) => string): RowsWriter {
  let spare: Buffer | undefined;
  return (page, places) => {
    let bytes = spare ?? Buffer.allocUnsafe(64 * 1024);
    spare = undefined;
    let used = 0;
    for (const row of places) {
      const line = lineOf(page, row);
      const most = used + line.length * 3;
      if (most > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(most, bytes.length * 2));
        bytes.copy(larger, 0, 0, used);
        bytes = larger;
      }
      used += bytes.write(line, used);
    }
    return {
      bytes: bytes.subarray(0, used),
      giveBack: () => {
        spare = bytes;
      },
    };
  };
}

/** A record as one line of JSON. Every number keeps its digits. */
export const jsonOf = (record: object): string =>
  holdsLongNumber(record) ? (losslessJson(record) ?? '') : JSON.stringify(record);

function holdsLongNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isLosslessNumber(value) || Object.values(value).some(holdsLongNumber);
}

/** The first line of a table for spreadsheets, after the mark of UTF-8. */
export const csvHeader = (names: readonly string[]): string =>
  `\uFEFF${names.map(quotedIfNeeded).join(',')}\r\n`;

/**
 * The places at which a spreadsheet could begin a formula. One is the start of a text. Others
 * follow a character that a spreadsheet with another separator takes as the end of a cell (line
 * break, tab, semicolon).
 *
 * @see OWASP, CSV Injection (read 2026-11-28): `=`, `+`, `-`, `@`, tab, carriage return, line feed,
 *   and their full-width forms
 */
const COULD_RUN = /^[\t\r\n]|(?:^|[\t\r\n;])[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;
const BEFORE_FORMULA = /(^|[\t\r\n;])(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** A text in which nothing can begin a formula: `'` is before every such place. */
function guarded(text: string): string {
  if (!COULD_RUN.test(text)) return text;
  const inner = text.replaceAll(BEFORE_FORMULA, "$1'");
  return /^[\t\r\n]/.test(inner) ? `'${inner}` : inner;
}

const quotedIfNeeded = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
