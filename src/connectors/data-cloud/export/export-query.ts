import type { KeyField, Parent, PersonObject } from '../../../contract/object-map.ts';
import type { Sql } from '../../../salesforce/data-cloud-query.ts';
import { asking, named, quoted, sameKey, type AskedIds } from '../sql.ts';
import { ownerAlias, ownerColumns } from './owner-columns.ts';

/** The ways to an object's rows: by fields of its own, or by one parent each. */
export function waysTo({ otherWays = [], ...first }: PersonObject): PersonObject[] {
  // What bounds the first way bounds no other.
  const { unlessNamed: _own, parentUnlessNamed: _parent, ...object } = first;
  return [first, ...otherWays.map((way) => ({ ...object, ...way }))];
}

/**
 * One query for the rows of all these party IDs. Its columns: the object's own fields in the order
 * of metadata, then those that say whose a row is (`ownerColumns`). Rows that one of the `earlier`
 * ways leads to are left out.
 */
export function exportQuery(
  object: PersonObject,
  partyIds: readonly string[],
  {
    distinct,
    earlier = [],
  }: { readonly distinct: boolean; readonly earlier?: readonly PersonObject[] },
): Sql {
  const asked = asking(partyIds);
  const { parent } = object;
  const own = object.fields.map(({ name }) => `c.${quoted(name)}`);
  const owners = ownerColumns(object).sql;
  const from =
    parent === undefined
      ? `${quoted(object.name)} c`
      : `${quoted(object.name)} c JOIN ${quoted(parent.object)} p ON ` +
        `${isParent(object, 'p')}${joinVia(parent, 'p', 'JOIN')}`;
  const where = [
    `(${namesOne(object, asked, ownerAlias(object))})`,
    ...(object.unlessNamed ?? []).map((field) => namesNobody(field, 'c')),
    ...(object.parentUnlessNamed ?? []).map((field) => namesNobody(field, 'p')),
    ...earlier.map((way) => notBy(way, asked)),
  ].join('');
  return asked.sql(
    `SELECT ${distinct ? 'DISTINCT ' : ''}${[...own, named(owners)].join(', ')} FROM ${from} WHERE ${where}`,
  );
}

/**
 * Finds keys of these people's parents that several parents share, so that the key alone does not
 * identify a child's parent. The parents have the same key qualifier, or one of several has none: a
 * child without a qualifier may belong to any of them.
 */
export function sharedKeysQuery(object: PersonObject, partyIds: readonly string[]): Sql | null {
  const { parent } = object;
  if (parent === undefined) return null;
  const asked = asking(partyIds);
  const key = quoted(parent.key.field);
  const qualifier = `COALESCE(${quoted(parent.key.keyQualifier ?? '')}, '')`;
  const isShared = comparesQualifier(object)
    ? `COUNT(*) > COUNT(DISTINCT ${qualifier}) OR (COUNT(*) > 1 AND MIN(${qualifier}) = '')`
    : 'COUNT(*) > 1';
  const ofMine =
    `${key} IN (SELECT ${key} FROM ${quoted(parent.object)} WHERE ` +
    `${namesOne(object, asked, '')})`;
  return asked.sql(
    `SELECT ${named([key])} FROM ${quoted(parent.object)} WHERE ${ofMine} GROUP BY ${key} HAVING ${isShared}`,
  );
}

/** Finds the keys of all parents that are these people's. */
export function ownKeysQuery(
  object: PersonObject,
  { key, object: parent }: Parent,
  partyIds: readonly string[],
): Sql {
  const asked = asking(partyIds);
  return asked.sql(
    `SELECT DISTINCT ${named([quoted(key.field)])} FROM ${quoted(parent)} WHERE ` +
      namesOne(object, asked, ''),
  );
}

/** Whether children are joined to parents by key qualifier too: only if both sides have one. */
export const comparesQualifier = ({ parent }: PersonObject): boolean =>
  Boolean(parent?.childField.keyQualifier && parent.key.keyQualifier);

/** Joins the contact points behind a link object. Their alias is that of the link, plus `_via`. */
export function joinVia({ via }: Parent, table: string, join: 'JOIN' | 'LEFT JOIN'): string {
  if (via === undefined) return '';
  const { object, key, sourceField } = via;
  const sameQualifier =
    key.keyQualifier && sourceField.keyQualifier
      ? ` AND ${same(`${table}_via`, key.keyQualifier, table, sourceField.keyQualifier)}`
      : '';
  return (
    ` ${join} ${quoted(object)} ${table}_via ON ` +
    `${sameKey(key, `${table}_via`, sourceField, table)}${sameQualifier}`
  );
}

/** The condition that two key qualifiers are the same, or both absent. */
const same = (table: string, field: string, otherTable: string, otherField: string): string =>
  `COALESCE(${table}.${quoted(field)}, '') = COALESCE(${otherTable}.${quoted(otherField)}, '')`;

/** The condition that one of an object's person fields names one of the people. */
export const namesOne = ({ personFields }: PersonObject, asked: AskedIds, table: string): string =>
  personFields.map((field) => asked.isOne(field, table)).join(' OR ');

/**
 * The condition that a parent is the parent of a child: by key, and by key qualifier, which is
 * compared null-safe.
 */
function isParent(object: PersonObject, table: string): string {
  if (object.parent === undefined) return 'FALSE';
  const { childField: child, key } = object.parent;
  const keys = sameKey(child, 'c', key, table);
  return comparesQualifier(object)
    ? `${keys} AND ${same('c', child.keyQualifier ?? '', table, key.keyQualifier ?? '')}`
    : keys;
}

/** That another way does not give a row: neither its people nor its bounds lead to it. */
function notBy(way: PersonObject, asked: AskedIds): string {
  if (way.parent === undefined) return '';
  const { object, via } = way.parent;
  const given = [
    `${isParent(way, 'q')} AND (${namesOne(way, asked, via === undefined ? 'q.' : 'q_via.')})`,
    ...(way.unlessNamed ?? []).map((field) => namesNobody(field, 'c')),
    ...(way.parentUnlessNamed ?? []).map((field) => namesNobody(field, 'q')),
  ].join('');
  return ` AND NOT EXISTS (SELECT 1 FROM ${quoted(object)} q${joinVia(way.parent, 'q', 'JOIN')} WHERE ${given})`;
}

/** That a row's own field names no person. */
const namesNobody = ({ field, number }: KeyField, row: 'c' | 'p' | 'q'): string =>
  ` AND (${row}.${quoted(field)} IS NULL${number ? '' : ` OR ${row}.${quoted(field)} = ''`})`;

/**
 * Finds keys of parents whose own parents name these people. `shared`: only keys with more than one
 * joined row, whatever the key qualifiers.
 */
export function deepKeysQuery(
  object: PersonObject,
  parent: Parent,
  partyIds: readonly string[],
  { shared }: { readonly shared: boolean },
): Sql {
  const asked = asking(partyIds);
  const key = `p.${quoted(parent.key.field)}`;
  const ofMine =
    `SELECT q.${quoted(parent.key.field)} FROM ${quoted(parent.object)} ` +
    `q${joinVia(parent, 'q', 'JOIN')} WHERE ${namesOne(object, asked, 'q_via.')}`;
  const all =
    `SELECT ${named([key])} FROM ${quoted(parent.object)} ` +
    `p${joinVia(parent, 'p', 'LEFT JOIN')} WHERE ${key} IN (${ofMine}) GROUP BY ${key}`;
  return asked.sql(shared ? `${all} HAVING COUNT(*) > 1` : all);
}
