import type { PageRows } from '../../src/salesforce/page-rows.ts';

/**
 * Rows, each as one text of JSON, in an order of their own: no engine promises one. Texts are
 * written alike, numbers stay as they came.
 */
export const linesOf = (rows: PageRows): string[] =>
  Array.from({ length: rows.count }, (_, row) =>
    Array.from({ length: rows.width }, (__, column) => plain(rows.json(row, column))).join(','),
  ).toSorted();

const plain = (token: string): string =>
  token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token;

/**
 * A difference between the engine and the simulator that is known, with its reason. `matches` is
 * found in the statement or in what differs.
 */
export interface KnownDifference {
  readonly matches: RegExp;
  readonly why: string;
}

export const KNOWN: readonly KnownDifference[] = [
  {
    matches: /only in the simulator: .*9\.999999999999999e\+22.*only in the engine: .*1e\+23/,
    why: 'PostgreSQL writes the double nearest to 1e23 as 9.999999999999999e+22: two texts of one number',
  },
];

/**
 * What differs between two answers; undefined where nothing does. Two refusals are alike, whatever
 * their words.
 */
export function difference(
  simulator: readonly string[] | undefined,
  engine: readonly string[] | undefined,
): string | undefined {
  if (simulator === undefined || engine === undefined) {
    if (simulator === engine) return undefined;
    return simulator === undefined
      ? 'the simulator refuses what the engine takes'
      : 'the engine refuses what the simulator takes';
  }
  const [ours, theirs] = [simulator.join('\n'), engine.join('\n')];
  if (ours === theirs) return undefined;
  const lacking = (all: readonly string[], some: readonly string[]) =>
    all.filter((line) => !some.includes(line)).slice(0, 3);
  return (
    `${simulator.length} rows in the simulator, ${engine.length} in the engine; only in the ` +
    `simulator: ${lacking(simulator, engine).join(' ')}; only in the engine: ` +
    lacking(engine, simulator).join(' ')
  );
}
