import type { Sql } from './data-cloud-query.ts';

/** Texts and quoted names, in which a colon means nothing; casts; then a placeholder. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:([A-Za-z_]\w*)/g;

/** A query whose placeholders are question marks, and the values in their order. */
export function byPosition({ text, parameters }: Sql): {
  readonly text: string;
  readonly values: readonly string[];
} {
  const values: string[] = [];
  const replaced = replacing(text, parameters, (value) => {
    values.push(value);
    return '?';
  });
  return { text: replaced, values };
}

/**
 * A query with its values in the text, for an API without parameters.
 *
 * @throws RangeError if a value has a character that no literal can hold
 */
export const withLiterals = ({ text, parameters }: Sql): string =>
  replacing(text, parameters, literal);

/** A text in SQL. Only the quote is escaped: backslashes are plain characters. */
function literal(value: string): string {
  if (value.includes('\0')) {
    throw new RangeError('A value holds a NUL character, and no SQL text can.');
  }
  return `'${value.replaceAll("'", "''")}'`;
}

function replacing(
  text: string,
  parameters: Sql['parameters'],
  by: (value: string) => string,
): string {
  return text.replace(PARTS, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    const value = parameters[name];
    if (value === undefined) throw new RangeError(`The query has no value for :${name}.`);
    return by(value);
  });
}

/** Characters that JSON writes as `\\u0001`, an escape that the engine refuses in a parameter. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f]/;
/**
 * Control characters that no text of the engine can hold, and what JSON cannot write at all: half a
 * surrogate pair.
 */
const IMPOSSIBLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Rewrites a query so that no value holds a control character. The engine joins such a value from
 * its pieces and the characters' numbers. A value that no stored text can equal becomes null,
 * because nothing equals null.
 */
export function withoutControls({ text, parameters }: Sql): Sql {
  const told = Object.entries(parameters).filter(
    ([, value]) => CONTROL.test(value) || IMPOSSIBLE.test(value),
  );
  if (told.length === 0) return { text, parameters };
  const kept = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => !told.some(([it]) => it === name)),
  );
  const made = new Map(
    told.map(([name, value]) => {
      if (IMPOSSIBLE.test(value)) return [name, 'CAST(NULL AS VARCHAR)'];
      // oxlint-disable-next-line no-control-regex
      const pieces = value.split(/([\u0000-\u001f])/).map((piece, index) => {
        if (index % 2 === 1) return `CHR(${piece.charCodeAt(0)})`;
        kept[`${name}_${index}`] = piece;
        return `:${name}_${index}`;
      });
      return [name, `(${pieces.join(' || ')})`];
    }),
  );
  return {
    text: text.replace(PARTS, (whole, name: string | undefined) =>
      name === undefined ? whole : (made.get(name) ?? whole),
    ),
    parameters: kept,
  };
}
