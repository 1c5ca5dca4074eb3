import { stripVTControlCharacters } from 'node:util';

/** Rows under their headings, in columns that are as wide as their widest cell; plain text, two spaces in front. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]) => `  ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  ')}`.trimEnd();
  return [line(headings), line(widths.map((count) => '-'.repeat(count))), ...rows.map(line)];
}

const width = (text: string): number => Array.from(stripVTControlCharacters(text)).length;
