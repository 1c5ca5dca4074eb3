import { widthOf, wrapped } from './wrapped.ts';

const GAP = '  ';

/**
 * Rows under headings, indented by two spaces. A column is as wide as its widest cell.
 *
 * If a line would be longer than `width`, the widest columns become narrower, and their cells
 * continue below. If that is not enough, each row becomes a paragraph. No word is broken.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width = Infinity,
): string[] {
  const all = [headings, ...rows];
  const widest = headings.map((_, column) =>
    Math.max(...all.map((row) => widthOf(row[column] ?? ''))),
  );
  const narrowest = headings.map((_, column) =>
    Math.max(...all.flatMap((row) => (row[column] ?? '').split(' ').map(widthOf))),
  );
  const widths = narrowed(widest, narrowest, width);
  if (widths === undefined) return paragraphs(headings, rows, width);
  const line = (cells: readonly string[]) =>
    (
      '  ' +
      cells
        .map(
          (cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))),
        )
        .join(GAP)
    ).trimEnd();
  const lines = (row: readonly string[]): string[] => {
    const cells = widths.map((room, column) => wrapped(row[column] ?? '', room));
    return Array.from({ length: Math.max(...cells.map((it) => it.length)) }, (_, index) =>
      line(cells.map((it) => it[index] ?? '')),
    );
  };
  return [
    ...lines(headings),
    line(widths.map((count) => '-'.repeat(count))),
    ...rows.flatMap(lines),
  ];
}

/** Widths that fit; the widest column shrinks first. Undefined if none fit. */
function narrowed(
  widest: readonly number[],
  narrowest: readonly number[],
  width: number,
): number[] | undefined {
  const widths = [...widest];
  const total = () =>
    2 + widths.reduce((sum, it) => sum + it, 0) + GAP.length * (widths.length - 1);
  while (total() > width) {
    const spare = widths.map((it, column) => (it > (narrowest[column] ?? 0) ? it : 0));
    const most = Math.max(...spare);
    if (most === 0) return undefined;
    widths[spare.indexOf(most)] = most - 1;
  }
  return widths;
}

function paragraphs(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  return rows.flatMap((row) => {
    const [name = '', ...others] = row;
    const facts = others
      .flatMap((cell, index) => (cell === '' ? [] : [`${headings[index + 1]} ${cell}`]))
      .join(', ');
    return [`  ${name}`, ...wrapped(facts, width - 4).map((text) => `    ${text}`)];
  });
}
