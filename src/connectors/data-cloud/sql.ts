import type { KeyField } from '../../domain/object-map.ts';
import type { Sql } from '../../salesforce/data-cloud-query.ts';

/** A name in SQL. Quoted, for an unquoted one is folded to lower case. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Fields of a key and its qualifier, or an empty text where there is none. */
export const keyColumns = ({ field, keyQualifier }: KeyField, table = ''): string[] => [`${table}${quoted(field)}`, keyQualifier === null ? "''" : `${table}${quoted(keyQualifier)}`];

/** A column, or an empty text where the object has none such. */
export const columnOr = (field: string | null, table = ''): string => (field === null ? "''" : `${table}${quoted(field)}`);

/** Columns under names of their own, so that none hides another where an API gives columns by name. */
export const named = (columns: readonly string[]): string => columns.map((column, index) => `${column} AS "k${index}"`).join(', ');

/** A list of placeholders for `values`, and the values by the placeholders' names. No value ever stands in the text. */
export function placeholders(values: readonly string[]): { list: string; parameters: Record<string, string> } {
  const names = values.map((_, index) => `p${index}`);
  return { list: names.map((name) => `:${name}`).join(', '), parameters: Object.fromEntries(names.map((name, index) => [name, values[index] as string])) };
}

/** Rows of an object whose `field` is one of `values`. */
export function selectWhereIn(columns: readonly string[], object: string, field: string, values: readonly string[]): Sql {
  const { list, parameters } = placeholders(values);
  return { text: `SELECT ${named(columns)} FROM ${quoted(object)} WHERE ${quoted(field)} IN (${list})`, parameters };
}

/** Pieces of a list, of `size` at most. */
export function pieces<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

export const unique = <Item>(items: Iterable<Item>): Item[] => [...new Set(items)];
