import type { Sql } from './data-cloud-query.ts';

/** Texts and quoted names, in which a colon means nothing; casts; then a placeholder. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:([A-Za-z_]\w*)/g;

/** A query whose placeholders are question marks, and the values in their order. */
export function byPosition({ text, parameters }: Sql): { readonly text: string; readonly values: readonly string[] } {
  const values: string[] = [];
  const replaced = replacing(text, parameters, (value) => {
    values.push(value);
    return '?';
  });
  return { text: replaced, values };
}

/**
 * A query with its values in the text, for an API that takes no parameters.
 *
 * @throws RangeError for a value with a character that no literal can hold
 */
export const withLiterals = ({ text, parameters }: Sql): string => replacing(text, parameters, literal);

/** A text in SQL. Only the quote has a meaning within: backslashes stand for themselves. */
function literal(value: string): string {
  if (value.includes('\0')) throw new RangeError('A value holds a NUL character, and no SQL text can.');
  return `'${value.replaceAll("'", "''")}'`;
}

function replacing(text: string, parameters: Sql['parameters'], by: (value: string) => string): string {
  return text.replace(PARTS, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    const value = parameters[name];
    if (value === undefined) throw new RangeError(`The query has no value for :${name}.`);
    return by(value);
  });
}
