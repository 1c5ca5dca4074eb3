/** One part of a `WHERE`. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: string;
      readonly value: SoqlValue;
    }
  | {
      readonly kind: 'in';
      readonly field: string;
      readonly negated: boolean;
      readonly values: readonly SoqlValue[];
    };

/** A value in a query. `text` was in quotes. */
export type SoqlValue = { readonly text: string } | { readonly bare: string };

/** A query in the supported subset of SOQL. */
export interface Soql {
  readonly fields: readonly string[];
  readonly object: string;
  readonly where: Condition | undefined;
  readonly orderBy: readonly {
    readonly field: string;
    readonly descending: boolean;
    readonly nullsLast: boolean;
  }[];
  readonly limit: number | undefined;
  readonly offset: number;
}

/**
 * A query that is not SOQL. The message names the place. The plane adds the query, as Salesforce
 * does.
 */
export class SoqlError extends Error {}

/** A valid SOQL query of a kind that this server does not support. */
export class NotOfferedError extends Error {
  constructor(what: string) {
    super(
      `${what} is not offered by this simulator, although Salesforce has it: query the plain records instead`,
    );
  }
}

const TEXT = /'(?:[^'\\]|\\.)*'/;
const DATE = /\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2}))?/;
const NUMBER = /-?\d+(?:\.\d+)?/;
const NAME = /[A-Za-z_][\w.]*/;
const SIGN = /<=|>=|!=|<>|[=<>(),]/;
const TOKEN = new RegExp(
  `\\s*(?:${[TEXT, DATE, NUMBER, NAME, SIGN].map(({ source }) => source).join('|')})`,
  'y',
);
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * Reads `SELECT … FROM … WHERE … ORDER BY … LIMIT … OFFSET …`. Subqueries are not supported, and of
 * the aggregates only `COUNT()` is.
 *
 * @throws SoqlError if the query is not in that subset
 * @throws NotOfferedError if it is SOQL, but of another kind
 */
export function parseSoql(text: string): Soql {
  const tokens = tokensOf(text);
  checkOffered(tokens);
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const is = (word: string) => peek().toUpperCase() === word;
  const fail = (): never => {
    throw new SoqlError(`unexpected token: '${peek() || '<EOF>'}'`);
  };
  const take = (): string => (at < tokens.length ? (tokens[at++] as string) : fail());
  const skip = (...words: string[]): boolean => {
    if (!words.every((word, index) => tokens[at + index]?.toUpperCase() === word)) return false;
    at += words.length;
    return true;
  };
  const expect = (...words: string[]): void => {
    if (!skip(...words)) fail();
  };
  const name = (): string => (/^[A-Za-z_]/.test(peek()) ? take() : fail());

  const value = (): SoqlValue => {
    const token = take();
    if (!token.startsWith("'")) return /^[\w-]/.test(token) ? { bare: token } : fail();
    return {
      text: token
        .slice(1, -1)
        .replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character),
    };
  };
  const list = (): SoqlValue[] => {
    expect('(');
    const values = [value()];
    while (skip(',')) {
      values.push(value());
    }
    expect(')');
    return values;
  };
  const term = (): Condition => {
    if (skip('NOT')) return { kind: 'not', part: term() };
    if (skip('(')) {
      const inner = either();
      expect(')');
      return inner;
    }
    const field = name();
    if (skip('NOT', 'IN')) return { kind: 'in', field, negated: true, values: list() };
    if (skip('IN')) return { kind: 'in', field, negated: false, values: list() };
    const operator = take().toUpperCase();
    if (!['=', '!=', '<>', '<', '>', '<=', '>=', 'LIKE'].includes(operator)) {
      at -= 1;
      fail();
    }
    return {
      kind: 'compare',
      field,
      operator: operator === '<>' ? '!=' : operator,
      value: value(),
    };
  };
  const joined = (word: 'AND' | 'OR', next: () => Condition): Condition => {
    const parts = [next()];
    while (skip(word)) {
      parts.push(next());
    }
    return parts.length === 1
      ? (parts[0] as Condition)
      : { kind: word === 'AND' ? 'and' : 'or', parts };
  };
  const all = (): Condition => joined('AND', term);
  const either = (): Condition => joined('OR', all);
  const number = (): number => (/^\d+$/.test(peek()) ? Number(take()) : fail());
  const selected = (): string => {
    const word = name();
    if (!is('(')) return word;
    expect('(');
    const inside = is(')') ? '' : take();
    expect(')');
    return `${word.toUpperCase()}(${inside.toUpperCase()})`;
  };

  expect('SELECT');
  const fields = [selected()];
  while (skip(',')) {
    fields.push(selected());
  }
  expect('FROM');
  const object = name();
  const where = skip('WHERE') ? either() : undefined;
  const orderBy: {
    field: string;
    descending: boolean;
    nullsLast: boolean;
  }[] = [];
  if (skip('ORDER', 'BY')) {
    do {
      const field = name();
      const descending = skip('DESC') || (skip('ASC') && false);
      orderBy.push({
        field,
        descending,
        nullsLast: skip('NULLS', 'LAST') || (skip('NULLS', 'FIRST') && false),
      });
    } while (skip(','));
  }
  const limit = skip('LIMIT') ? number() : undefined;
  const offset = skip('OFFSET') ? number() : 0;
  if (at < tokens.length) fail();
  return { fields, object, where, orderBy, limit, offset };
}

/** The beginnings of SOQL that is not supported. */
const NOT_OFFERED: readonly (readonly [what: string, words: RegExp])[] = [
  ['a subquery', /\( SELECT /],
  ['GROUP BY', /(?:^| )GROUP BY /],
  ['HAVING', /(?:^| )HAVING /],
  ['TYPEOF', /(?:^|, |SELECT )TYPEOF /],
  ['an aggregate function', /(?:^| )(?:COUNT_DISTINCT|SUM|AVG|MIN|MAX|COUNT) \( [A-Z_]/],
];

function checkOffered(tokens: readonly string[]): void {
  const words = tokens
    .map((token) => (token.startsWith("'") ? "''" : token.toUpperCase()))
    .join(' ');
  const found = NOT_OFFERED.find(([, pattern]) => pattern.test(words));
  if (found !== undefined) throw new NotOfferedError(found[0]);
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ''; end = TOKEN.lastIndex) {
    TOKEN.lastIndex = end;
    const found = TOKEN.exec(text);
    if (!found) throw new SoqlError(`unexpected character at ${end}`);
    tokens.push(found[0].trim());
  }
  return tokens;
}
