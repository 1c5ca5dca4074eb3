import type { KeyField } from '../../contract/object-map.ts';
import type { Sql } from '../../salesforce/data-cloud-query.ts';
import { askable } from './key-form.ts';

/** A name in SQL. It is quoted, because an unquoted name is folded to lower case. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Fields of a key and its qualifier, or an empty text if there is none. */
export const keyColumns = ({ field, keyQualifier }: KeyField, table = ''): string[] => [
  `${table}${quoted(field)}`,
  keyQualifier === null ? "''" : `${table}${quoted(keyQualifier)}`,
];

/** A column, or an empty text if the object has none. */
export const columnOr = (field: string | null, table = ''): string =>
  field === null ? "''" : `${table}${quoted(field)}`;

/**
 * Columns under names of their own, so that none hides another in an API that returns columns by
 * name.
 */
export const named = (columns: readonly string[]): string =>
  columns.map((column, index) => `${column} AS "k${index}"`).join(', ');

/**
 * A list of placeholders for `values`, and the values by the placeholders' names. The text never
 * holds a value.
 */
export function placeholders(values: readonly string[]): {
  list: string;
  parameters: Record<string, string>;
} {
  const names = values.map((_, index) => `p${index}`);
  return {
    list: names.map((name) => `:${name}`).join(', '),
    parameters: Object.fromEntries(names.map((name, index) => [name, values[index] as string])),
  };
}

/** IDs that a query asks for. A condition names only those that the field can hold. */
export interface AskedIds {
  /** The condition that a field is one of the IDs: false if it can be none of them. */
  isOne(field: KeyField, table: string): string;
  /**
   * The text with the values of those IDs that it uses. The engine must not get values that no
   * condition asks for.
   */
  sql(text: string): Sql;
}

export function asking(ids: readonly string[]): AskedIds {
  const { parameters } = placeholders(ids);
  const places = new Map(ids.map((id, index) => [id, `:p${index}`]));
  return {
    isOne(field, table) {
      const list = askable(field, ids).map((id) => places.get(id));
      return list.length === 0 ? 'FALSE' : `${table}${quoted(field.field)} IN (${list.join(', ')})`;
    },
    sql(text) {
      const used = new Set([...text.matchAll(/:(p\d+)\b/g)].map(([, name]) => name));
      return {
        text,
        parameters: Object.fromEntries(
          Object.entries(parameters).filter(([name]) => used.has(name)),
        ),
      };
    },
  };
}

/** Rows of an object whose `field` is one of `values`. */
export function selectWhereIn(
  columns: readonly string[],
  object: string,
  field: KeyField,
  values: readonly string[],
): Sql {
  const asked = asking(values);
  return asked.sql(
    `SELECT ${named(columns)} FROM ${quoted(object)} WHERE ${asked.isOne(field, '')}`,
  );
}

/**
 * The condition that two keys are the same. The engine compares no text with a number, so a number
 * is compared as its plain text.
 */
export function sameKey(a: KeyField, tableOfA: string, b: KeyField, tableOfB: string): string {
  const [left, right] = [`${tableOfA}.${quoted(a.field)}`, `${tableOfB}.${quoted(b.field)}`];
  if (Boolean(a.number) === Boolean(b.number)) return `${left} = ${right}`;
  return a.number === true ? `${asText(left)} = ${right}` : `${left} = ${asText(right)}`;
}

/** A number as text, without the zeros that fill its places: `880` for `880.000000000000000000`. */
const asText = (column: string): string =>
  `REGEXP_REPLACE(REGEXP_REPLACE(CAST(${column} AS VARCHAR), '(\\.[0-9]*[1-9])0+$', '\\1'), '\\.0*$', '')`;

/** Pieces of a list, of `size` at most. */
export function pieces<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

export const unique = <Item>(items: Iterable<Item>): Item[] => [...new Set(items)];
