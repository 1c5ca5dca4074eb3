import { textOfValue } from '../../server/exact-json.ts';
import type { CloudRecord } from '../../seed/clouds.ts';
import { aeRefusal } from './errors.ts';
import { fieldsOf, relatedObject } from './object-fields.ts';

/** The records of a business unit by object. */
export type Unit = Readonly<Record<string, readonly CloudRecord[]>>;

const RESERVED = new Set(['fields', 'limit', 'offset', 'orderBy', 'deleted', 'nextPageToken']);
const MOST_FILTERS = 3;
const DEEPEST = 3;
const COMPARISONS: readonly (readonly [suffix: string, holds: (order: number) => boolean])[] = [
  ['AfterOrEqualTo', (order) => order >= 0],
  ['BeforeOrEqualTo', (order) => order <= 0],
  ['GreaterThanOrEqualTo', (order) => order >= 0],
  ['LessThanOrEqualTo', (order) => order <= 0],
  ['GreaterThan', (order) => order > 0],
  ['LessThan', (order) => order < 0],
  ['After', (order) => order > 0],
  ['Before', (order) => order < 0],
];

/**
 * The records of a query, in its order.
 *
 * @throws Refusal with 400 that names what it does not understand
 */
export function selectRecords(
  unit: Unit,
  object: string,
  query: URLSearchParams,
): readonly CloudRecord[] {
  const all = unit[object] ?? [];
  const fields = fieldsOf(object, all);
  const filters = [...query].filter(([name]) => !RESERVED.has(name));
  if (new Set(filters.map(([name]) => fieldOf(name, fields))).size > MOST_FILTERS) {
    throw aeRefusal(
      400,
      209,
      'Too many fields have filters: The max number of 3 distinct fields with filters was ' +
        'exceeded for this query.',
    );
  }
  const kept = all
    .filter((record) => isWanted(record, query.get('deleted') ?? 'false'))
    .filter((record) => filters.every(([name, value]) => fits(record, name, value, fields)));
  const [by = 'id', direction = 'asc'] = (query.get('orderBy') ?? 'id').trim().split(/\s+/);
  if (!fields.has(by)) throw aeRefusal(400, 19, 'Invalid value specified for sort_by');
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  return kept.toSorted((a, b) => sign * compare(textOfValue(a[by]), textOfValue(b[by])));
}

/**
 * A record with the fields of the query. A dot leads to a related record.
 *
 * @throws Refusal with 400 that names every unknown field
 * @see pardot/api-docs, issue 235: a refusal as the server words it; read 2026-11-28
 */
export function projection(
  unit: Unit,
  object: string,
  fields: readonly string[],
): (record: CloudRecord) => object {
  const unknown = fields.filter((field) => !isField(unit, object, field.split('.')));
  if (unknown.length > 0) {
    throw aeRefusal(
      400,
      51,
      `Invalid parameter: fields. It contains an invalid or unknown field: ${unknown.join(', ')}.`,
    );
  }
  return (record) => {
    const made: Record<string, unknown> = {};
    for (const field of fields) {
      place(made, unit, record, field.split('.'));
    }
    return made;
  };
}

/** Whether the query asks for this record: one in the recycle bin, or one that is not. */
export const isWanted = (record: CloudRecord, deleted: string): boolean =>
  deleted === 'all' || (record.isDeleted === true) === (deleted === 'true');

function isField(unit: Unit, object: string, path: readonly string[]): boolean {
  const [head = '', ...rest] = path;
  const fields = fieldsOf(object, unit[object] ?? []);
  if (rest.length === 0) return fields.has(head);
  return (
    fields.has(`${head}Id`) && path.length <= DEEPEST && isField(unit, relatedObject(head), rest)
  );
}

function place(
  made: Record<string, unknown>,
  unit: Unit,
  record: CloudRecord,
  path: readonly string[],
): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    made[head] = record[head] ?? (head === 'isDeleted' ? false : null);
    return;
  }
  const id = textOfValue(record[`${head}Id`]);
  const related = unit[relatedObject(head)]?.find((it) => id !== '' && textOfValue(it.id) === id);
  if (related === undefined) {
    made[head] ??= null;
    return;
  }
  const inner = (made[head] ?? {}) as Record<string, unknown>;
  made[head] = inner;
  place(inner, unit, related, rest);
}

function fieldOf(name: string, fields: ReadonlySet<string>): string {
  if (fields.has(name)) return name;
  const [suffix = ''] = COMPARISONS.find(([it]) => name.endsWith(it)) ?? [];
  const field = name.slice(0, name.length - suffix.length);
  const known = [field, `${field}At`].find((it) => suffix !== '' && fields.has(it));
  if (known === undefined) throw aeRefusal(400, 5, `Invalid query parameters: ${name}`);
  return known;
}

function fits(
  record: CloudRecord,
  name: string,
  wanted: string,
  fields: ReadonlySet<string>,
): boolean {
  const field = fieldOf(name, fields);
  const value = textOfValue(record[field]);
  const [, holds = (order: number) => order === 0] = fields.has(name)
    ? []
    : (COMPARISONS.find(([it]) => name.endsWith(it)) ?? []);
  return value !== '' && holds(compare(value, wanted));
}

function compare(a: string, b: string): number {
  if (/^-?\d+(\.\d+)?$/.test(a) && /^-?\d+(\.\d+)?$/.test(b)) return Number(a) - Number(b);
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
