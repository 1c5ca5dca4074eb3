/** The form of CSV. */
export interface CsvForm {
  readonly delimiter: string;
  readonly lineEnding: string;
}

const PLAIN: CsvForm = { delimiter: ',', lineEnding: '\n' };

/**
 * Lines of CSV that start with a line of names. Every value is in quotes; a missing value is empty.
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
