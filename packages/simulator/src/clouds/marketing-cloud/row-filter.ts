/** Whether the filter matches a row, given by its column names in lower case. */
export type RowFilter = (row: ReadonlyMap<string, string>) => boolean;

/** A filter that is not understood, or that names an unknown column. */
export class FilterError extends Error {}

const TOKEN = /\s*(\(|\)|'(?:[^']|'')*'|[^\s()']+)/y;
type Compare = (value: string, wanted: string) => boolean;
const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));
const order = (a: string, b: string): number => {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};
const same: Compare = (value, wanted) => order(value, wanted) === 0;
const OPERATORS: Readonly<Record<string, Compare>> = {
  eq: same,
  ne: (value, wanted) => !same(value, wanted),
  neq: (value, wanted) => !same(value, wanted),
  gt: (value, wanted) => order(value, wanted) > 0,
  gte: (value, wanted) => order(value, wanted) >= 0,
  lt: (value, wanted) => order(value, wanted) < 0,
  lte: (value, wanted) => order(value, wanted) <= 0,
  like: (value, wanted) => value.toLowerCase().includes(wanted.replaceAll('%', '').toLowerCase()),
};

/**
 * Reads a `$filter` such as `emailaddress eq 'ana@example.com' and points gt 3`. Texts compare
 * without case.
 *
 * @throws FilterError
 */
export function parseRowFilter(text: string, columns: ReadonlySet<string>): RowFilter {
  const tokens = tokensOf(text);
  let at = 0;
  const take = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw new FilterError('the filter ends too early');
    return token;
  };
  const is = (word: string): boolean => tokens[at]?.toLowerCase() === word;
  const term = (): RowFilter => {
    if (is('(')) {
      at += 1;
      const inner = either();
      if (take() !== ')') throw new FilterError('a bracket is not closed');
      return inner;
    }
    const column = take().toLowerCase();
    if (!columns.has(column)) throw new FilterError(`the column ${column} does not exist`);
    const compare = OPERATORS[take().toLowerCase()];
    if (compare === undefined) throw new FilterError('the operator is not supported');
    const wanted = take()
      .replace(/^'([\s\S]*)'$/, '$1')
      .replaceAll("''", "'");
    return (row) => compare(row.get(column) ?? '', wanted);
  };
  const joined = (word: string, next: () => RowFilter, all: boolean): RowFilter => {
    const parts = [next()];
    while (is(word)) {
      at += 1;
      parts.push(next());
    }
    return (row) => (all ? parts.every((part) => part(row)) : parts.some((part) => part(row)));
  };
  const both = (): RowFilter => joined('and', term, true);
  const either = (): RowFilter => joined('or', both, false);
  const filter = either();
  if (at < tokens.length) throw new FilterError('the filter goes on where it should end');
  return filter;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const found = TOKEN.exec(text);
    if (found === null) throw new FilterError('a text is not closed');
    tokens.push(found[1] ?? '');
  }
  return tokens;
}
