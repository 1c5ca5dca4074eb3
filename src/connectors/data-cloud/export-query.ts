import type { PersonObject } from '../../domain/object-map.ts';
import type { Sql } from '../../salesforce/data-cloud-query.ts';
import { columnOr, keyColumns, placeholders, quoted } from './sql.ts';

/**
 * One query for the rows of all these party IDs. Its columns: the object's own fields in the order of metadata; then, for each person
 * field, the party ID, its key qualifier; last the data source that decides where keys do not.
 *
 * A row of a `through` object comes with its parent's person fields and data source, after its own key and data source.
 */
export function exportQuery(object: PersonObject, partyIds: readonly string[], options: { readonly distinct: boolean }): Sql {
  const { list, parameters } = placeholders(partyIds);
  const own = object.fields.map(({ name }) => `c.${quoted(name)}`);
  const { parent } = object;
  const owner = parent === undefined ? 'c.' : 'p.';
  const columns = [
    ...own,
    ...object.personFields.flatMap((field) => keyColumns(field, owner)),
    columnOr(parent === undefined ? object.dataSourceField : parent.dataSourceField, owner),
    ...(parent === undefined ? [] : [...keyColumns(parent.childField, 'c.'), columnOr(object.dataSourceField, 'c.')]),
  ];
  const where = object.personFields.map(({ field }) => `${owner}${quoted(field)} IN (${list})`).join(' OR ');
  const from = parent === undefined
    ? `${quoted(object.name)} c`
    : `${quoted(object.name)} c JOIN ${quoted(parent.object)} p ON c.${quoted(parent.childField.field)} = p.${quoted(parent.key.field)}${sameQualifier(object)}`;
  return { text: `SELECT ${options.distinct ? 'DISTINCT ' : ''}${columns.join(', ')} FROM ${from} WHERE ${where}`, parameters };
}

function sameQualifier(object: PersonObject): string {
  if (!comparesQualifier(object)) return '';
  return ` AND COALESCE(c.${quoted(object.parent?.childField.keyQualifier ?? '')}, '') = COALESCE(p.${quoted(object.parent?.key.keyQualifier ?? '')}, '')`;
}

/** Finds parents of these people whose key several parents share: their children cannot be told apart by key alone. */
export function sharedKeysQuery(object: PersonObject, partyIds: readonly string[]): Sql | null {
  const { parent } = object;
  if (parent === undefined) return null;
  const { list, parameters } = placeholders(partyIds);
  const key = [quoted(parent.key.field), ...(comparesQualifier(object) ? [`COALESCE(${quoted(parent.key.keyQualifier ?? '')}, '')`] : [])].join(', ');
  const mine = object.personFields.map(({ field }) => `${quoted(field)} IN (${list})`).join(' OR ');
  const ofMine = `${quoted(parent.key.field)} IN (SELECT ${quoted(parent.key.field)} FROM ${quoted(parent.object)} WHERE ${mine})`;
  return { text: `SELECT ${key} FROM ${quoted(parent.object)} WHERE ${ofMine} GROUP BY ${key} HAVING COUNT(*) > 1`, parameters };
}

/** Whether children are joined to parents by key qualifier too: where both sides have one. */
export const comparesQualifier = ({ parent }: PersonObject): boolean => Boolean(parent?.childField.keyQualifier && parent.key.keyQualifier);
