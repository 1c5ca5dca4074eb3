/** How CSV is written. */
export interface CsvForm {
  readonly delimiter: string;
  readonly lineEnding: string;
}

const PLAIN: CsvForm = { delimiter: ',', lineEnding: '\n' };

/**
 * Lines of CSV with a line of names first. Every value stands in quotes; what is not there is
 * empty.
 */
export function csvOf(
  names: readonly string[],
  rows: Iterable<readonly (string | null | undefined)[]>,
  { delimiter, lineEnding }: CsvForm = PLAIN,
): string {
  const line = (cells: readonly (string | null | undefined)[]): string =>
    `${cells.map((cell) => (cell === null || cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`)).join(delimiter)}${lineEnding}`;
  const lines = [line(names)];
  for (const row of rows) {
    lines.push(line(row));
  }
  return lines.join('');
}
