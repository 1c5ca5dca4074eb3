import { stringify as csv } from 'csv-stringify/sync';
import { isLosslessNumber, stringify as losslessJson } from 'lossless-json';

/** Rows as NDJSON, one object per line under the system's own field names. Every number keeps its digits. */
export function ndjsonOf(names: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => `${jsonOf(Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])))}\n`).join('');
}

/** A record as one line of JSON. Every number keeps its digits. */
export const jsonOf = (record: object): string => (holdsLongNumber(record) ? losslessJson(record) ?? '' : JSON.stringify(record));

function holdsLongNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isLosslessNumber(value) || Object.values(value).some(holdsLongNumber);
}

/** The first line of a table for spreadsheets, after the mark that tells them it is UTF-8. */
export const csvHeader = (names: readonly string[]): string => csv([names as string[]], { bom: true, record_delimiter: 'windows' });

/** Rows for spreadsheets: CRLF lines; a text that a spreadsheet would run as a formula has `'` before it. */
export function csvOf(rows: readonly (readonly unknown[])[]): string {
  return csv(rows.map((row) => row.map(cellOf)), { record_delimiter: 'windows' });
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
  return typeof value === 'object' && !isLosslessNumber(value) ? jsonOf(value) : String(value as number | boolean);
}
