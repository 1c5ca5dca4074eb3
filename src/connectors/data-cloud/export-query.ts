import type { Parent, PersonObject } from '../../domain/object-map.ts';
import type { Sql } from '../../salesforce/data-cloud-query.ts';
import { columnOr, keyColumns, named, placeholders, quoted } from './sql.ts';

/** The ways to an object's rows, each as an object of one parent. */
export const waysTo = ({ otherWays = [], ...object }: PersonObject): PersonObject[] => [object, ...otherWays.map((way) => ({ ...object, ...way }))];

/**
 * One query for the rows of all these party IDs. Its columns: the object's own fields in the order of metadata; then, for each person
 * field, the party ID and its key qualifier; then the data source that decides where keys do not.
 *
 * A row of a `through` object comes with its parent's person fields and data source, then its own key and data source. Rows that
 * one of the `earlier` ways leads to are left out.
 */
export function exportQuery(object: PersonObject, partyIds: readonly string[], { distinct, earlier = [] }: { readonly distinct: boolean; readonly earlier?: readonly PersonObject[] }): Sql {
  const { list, parameters } = placeholders(partyIds);
  const { parent, personFields } = object;
  const owner = parent === undefined ? 'c.' : parent.via === undefined ? 'p.' : 'p_via.';
  const own = object.fields.map(({ name }) => `c.${quoted(name)}`);
  const owners = [
    ...personFields.flatMap((field) => keyColumns(field, owner)),
    columnOr(parent === undefined ? object.dataSourceField : (parent.via ?? parent).dataSourceField, owner),
    ...(parent === undefined ? [] : [...keyColumns(parent.childField, 'c.'), columnOr(object.dataSourceField, 'c.')]),
  ];
  const from = parent === undefined ? `${quoted(object.name)} c` : `${quoted(object.name)} c JOIN ${quoted(parent.object)} p ON ${isParent(object, 'p')}${joinVia(parent, 'p', 'JOIN')}`;
  const where = `(${namesOne(object, list, owner)})${earlier.map((way) => notBy(way, list)).join('')}`;
  return { text: `SELECT ${distinct ? 'DISTINCT ' : ''}${own.join(', ')}, ${named(owners)} FROM ${from} WHERE ${where}`, parameters };
}

/**
 * Finds keys of these people's parents that several parents share, so that children cannot be told apart by them alone: parents of the same
 * key qualifier, or one without beside others, for a child without may be of any.
 */
export function sharedKeysQuery(object: PersonObject, partyIds: readonly string[]): Sql | null {
  const { parent } = object;
  if (parent === undefined) return null;
  const { list, parameters } = placeholders(partyIds);
  const key = quoted(parent.key.field);
  const qualifier = `COALESCE(${quoted(parent.key.keyQualifier ?? '')}, '')`;
  const isShared = comparesQualifier(object) ? `COUNT(*) > COUNT(DISTINCT ${qualifier}) OR (COUNT(*) > 1 AND MIN(${qualifier}) = '')` : 'COUNT(*) > 1';
  const ofMine = `${key} IN (SELECT ${key} FROM ${quoted(parent.object)} WHERE ${namesOne(object, list, '')})`;
  return { text: `SELECT ${named([key])} FROM ${quoted(parent.object)} WHERE ${ofMine} GROUP BY ${key} HAVING ${isShared}`, parameters };
}

/** Whether children are joined to parents by key qualifier too: where both sides have one. */
export const comparesQualifier = ({ parent }: PersonObject): boolean => Boolean(parent?.childField.keyQualifier && parent.key.keyQualifier);

/** Brings in the contact points behind a link object, under the alias of the link with `_via` behind. */
export function joinVia({ via }: Parent, table: string, join: 'JOIN' | 'LEFT JOIN'): string {
  if (via === undefined) return '';
  const { object, key, sourceField } = via;
  const sameKey = `${table}_via.${quoted(key.field)} = ${table}.${quoted(sourceField.field)}`;
  const sameQualifier = key.keyQualifier && sourceField.keyQualifier ? ` AND ${same(`${table}_via`, key.keyQualifier, table, sourceField.keyQualifier)}` : '';
  return ` ${join} ${quoted(object)} ${table}_via ON ${sameKey}${sameQualifier}`;
}

/** That two key qualifiers are the same, none among them. */
const same = (table: string, field: string, otherTable: string, otherField: string): string => `COALESCE(${table}.${quoted(field)}, '') = COALESCE(${otherTable}.${quoted(otherField)}, '')`;

export const namesOne = ({ personFields }: PersonObject, list: string, table: string): string => personFields.map(({ field }) => `${table}${quoted(field)} IN (${list})`).join(' OR ');

/** That a parent is the parent of a child: by key, and by key qualifier, which is compared null-safe. */
function isParent(object: PersonObject, table: string): string {
  const [child, key] = [object.parent?.childField, object.parent?.key];
  const sameKey = `c.${quoted(child?.field ?? '')} = ${table}.${quoted(key?.field ?? '')}`;
  return comparesQualifier(object) ? `${sameKey} AND ${same('c', child?.keyQualifier ?? '', table, key?.keyQualifier ?? '')}` : sameKey;
}

const notBy = (way: PersonObject, list: string): string =>
  (way.parent === undefined ? '' : ` AND NOT EXISTS (SELECT 1 FROM ${quoted(way.parent.object)} q WHERE ${isParent(way, 'q')} AND (${namesOne(way, list, 'q.')}))`);
