import type { PersonObject } from '../../../contract/object-map.ts';
import { columnOr, keyColumns } from '../sql.ts';

/** The places of a key in a row: of its value, and of its key qualifier. */
export interface KeyPlaces {
  readonly value: number;
  readonly keyQualifier: number;
}

/**
 * The columns of `exportQuery` that say whose a row is. They come after the object's own fields;
 * places count from the beginning of the row.
 */
export interface OwnerColumns {
  /** One for each person field of the object, or of its parent. */
  readonly people: readonly KeyPlaces[];
  /** The data source, which decides if keys do not: the object's, or its parent's. */
  readonly dataSource: number;
  /** What joins a row to its parent; null if the object names people itself. */
  readonly child: (KeyPlaces & { readonly dataSource: number }) | null;
  /** The place of the first of these columns, and of the first that names no people. */
  readonly first: number;
  readonly end: number;
  /** Every column in order, as SQL. */
  readonly sql: readonly string[];
}

/** The columns that `exportQuery` selects after an object's own, and their places. */
export function ownerColumns(object: PersonObject): OwnerColumns {
  const { parent, personFields, dataSourceField } = object;
  const first = object.fields.length;
  const sql: string[] = [];
  const add = (...columns: readonly string[]): number => first + sql.push(...columns) - 1;
  const addKey = (columns: readonly string[]): KeyPlaces => {
    const keyQualifier = add(...columns);
    return { value: keyQualifier - 1, keyQualifier };
  };
  const owner = ownerAlias(object);
  const people = personFields.map((field) => addKey(keyColumns(field, owner)));
  const source = parent === undefined ? dataSourceField : (parent.via ?? parent).dataSourceField;
  const dataSource = add(columnOr(source, owner));
  const end = first + sql.length;
  const child =
    parent === undefined
      ? null
      : {
          ...addKey(keyColumns(parent.childField, 'c.')),
          dataSource: add(columnOr(dataSourceField, 'c.')),
        };
  return { people, dataSource, child, first, end, sql };
}

/** The alias of the table whose fields name people. */
export function ownerAlias({ parent }: PersonObject): 'c.' | 'p.' | 'p_via.' {
  if (parent === undefined) return 'c.';
  return parent.via === undefined ? 'p.' : 'p_via.';
}
