import type { CoreField, CoreObject } from './model.ts';
import { TYPE_NAMES } from '../store/field-types.ts';
import { literal, quoted } from '../store/rows.ts';
import { SoqlError, type Condition, type Soql, type SoqlValue } from './soql-parser.ts';

/** A query with an unknown field or object. */
export class UnknownNameError extends Error {
  readonly code: 'INVALID_FIELD' | 'INVALID_TYPE';
  constructor(code: 'INVALID_FIELD' | 'INVALID_TYPE', message: string) {
    super(message);
    this.code = code;
  }
}

/** SQL for a query, and the path of each column in the record, such as `['Account', 'Name']`. */
export interface Translated {
  readonly object: CoreObject;
  readonly sql: string;
  readonly values: string[];
  readonly paths: readonly (readonly string[])[];
  /** The field of each column. */
  readonly fields: readonly CoreField[];
  readonly countOnly: boolean;
  /**
   * The columns with the ID of a record whose blob needs a call of its own, and the blob's field.
   */
  readonly blobs: ReadonlyMap<number, string>;
}

/**
 * Turns a query into SQL over the tables of the core's schema. As in SOQL, texts compare without
 * case, and IDs by their first 15 characters. `!=` matches empty fields.
 *
 * @throws UnknownNameError if an object or a field does not exist
 * @throws SoqlError if a value does not fit its field
 */
export function toSql(
  soql: Soql,
  objects: ReadonlyMap<string, CoreObject>,
  withDeleted: boolean,
): Translated {
  const object = findObject(objects, soql.object);
  if (object === undefined) {
    throw new UnknownNameError('INVALID_TYPE', `sObject type '${soql.object}' is not supported.`);
  }
  const values: string[] = [];
  const column = (
    path: string,
  ): {
    path: string[];
    sql: string;
    field: CoreField;
  } => columnOf(object, path.split('.'), objects, 't');
  const bind = (text: string): string => `$${values.push(text)}`;

  const paths =
    soql.fields[0] === 'COUNT()'
      ? []
      : [...new Set(soql.fields.flatMap((field) => expand(object, field)))].map(column);
  checkRestriction(object, soql);
  const where = [
    ...(soql.where ? [conditionSql(soql.where, column, bind)] : []),
    ...(withDeleted
      ? []
      : [
          't."IsDeleted" IS NOT TRUE',
          ...(isActivity(object) ? ['t."IsArchived" IS NOT TRUE'] : []),
        ]),
  ];
  const order = soql.orderBy.map(
    ({ field, descending, nullsLast }) =>
      `${column(field).sql}${descending ? ' DESC' : ''} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`,
  );
  const selected =
    paths.length === 0
      ? 'count(*)::text'
      : paths
          .map(({ sql, field }, index) =>
            field.blob
              ? `CASE WHEN ${sql} IS NULL THEN NULL ELSE t."Id" END AS c${index}`
              : `${sql} AS c${index}`,
          )
          .join(', ');
  const sql = [
    `SELECT ${selected} FROM ${quoted(object.name)} t`,
    where.length > 0 ? `WHERE ${where.join(' AND ')}` : '',
    paths.length > 0 && order.length > 0 ? `ORDER BY ${order.join(', ')}` : '',
    soql.limit === undefined ? '' : `LIMIT ${soql.limit}`,
    soql.offset === 0 ? '' : `OFFSET ${soql.offset}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  return {
    object,
    sql,
    values,
    paths: paths.map(({ path }) => path),
    fields: paths.map(({ field }) => field),
    countOnly: paths.length === 0,
    blobs: new Map(
      paths.flatMap(({ field, path }, at) =>
        field.blob && path.length === 1 ? [[at, field.name]] : [],
      ),
    ),
  };
}

/**
 * A query for links of files must name the record or the file.
 *
 * @throws SoqlError if it names neither
 */
function checkRestriction({ name }: CoreObject, { where }: Soql): void {
  if (name !== 'ContentDocumentLink') return;
  const parts = where?.kind === 'and' ? where.parts : [where];
  const named = parts.some(
    (part) =>
      ((part?.kind === 'compare' && part.operator === '=') ||
        (part?.kind === 'in' && !part.negated)) &&
      /^(ContentDocumentId|LinkedEntityId)$/i.test(part.field),
  );
  if (!named) {
    throw new SoqlError(
      `Implementation restriction: ${name} requires a filter by a single Id on ` +
        `ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using ` +
        'the IN operator.',
    );
  }
}

/**
 * Whether old records are archived: those of tasks and events. They are hidden like deleted ones.
 */
const isActivity = ({ name }: CoreObject): boolean => name === 'Task' || name === 'Event';

/** An object by its name, without regard to case. */
export function findObject(
  objects: ReadonlyMap<string, CoreObject>,
  name: string,
): CoreObject | undefined {
  return (
    objects.get(name) ??
    [...objects.values()].find((object) => object.name.toLowerCase() === name.toLowerCase())
  );
}

function expand(object: CoreObject, field: string): string[] {
  const which = /^FIELDS\((ALL|STANDARD|CUSTOM)\)$/.exec(field)?.[1];
  if (which === undefined) return [field];
  return object.fields
    .map(({ name }) => name)
    .filter((name) => which === 'ALL' || name.endsWith('__c') === (which === 'CUSTOM'));
}

function columnOf(
  object: CoreObject,
  path: readonly string[],
  objects: ReadonlyMap<string, CoreObject>,
  table: string,
): {
  path: string[];
  sql: string;
  field: CoreField;
} {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    const field = object.fields.find(({ name }) => name.toLowerCase() === head.toLowerCase());
    if (field === undefined) {
      throw new UnknownNameError(
        'INVALID_FIELD',
        `No such column '${head}' on entity '${object.name}'.`,
      );
    }
    return { path: [field.name], sql: `${table}.${quoted(field.name)}`, field };
  }
  const reference = object.fields.find(
    ({ relationshipName }) => relationshipName?.toLowerCase() === head.toLowerCase(),
  );
  const targets = (reference?.referenceTo ?? [])
    .map((name) => objects.get(name))
    .filter((target) => target !== undefined)
    .filter(
      (target) =>
        rest.length > 1 ||
        target.fields.some(({ name }) => name.toLowerCase() === rest[0]?.toLowerCase()),
    );
  const [first] = targets;
  if (reference === undefined || first === undefined) {
    throw new UnknownNameError(
      'INVALID_FIELD',
      `Didn't understand relationship '${head}' in field path.`,
    );
  }
  const inner = targets.map((target) => {
    const found = columnOf(target, rest, objects, `${table}_`);
    return {
      ...found,
      sql: `(SELECT ${found.sql} FROM ${quoted(target.name)} ${table}_
        WHERE ${table}_."Id" = ${table}.${quoted(reference.name)} LIMIT 1)`,
    };
  });
  const sql =
    inner.length === 1
      ? (inner[0]?.sql ?? '')
      : `COALESCE(${inner.map((it) => `${it.sql}::text`).join(', ')})`;
  return {
    path: [reference.relationshipName ?? head, ...(inner[0]?.path ?? [])],
    sql,
    field: inner[0]?.field as CoreField,
  };
}

type ColumnOf = (path: string) => { sql: string; field: CoreField };

function conditionSql(
  condition: Condition,
  column: ColumnOf,
  bind: (text: string) => string,
): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.parts.map((part) => conditionSql(part, column, bind)).join(` ${condition.kind} `)})`;
    case 'not':
      return `(NOT COALESCE(${conditionSql(condition.part, column, bind)}, false))`;
    case 'in': {
      const { sql, field } = column(condition.field);
      const present = condition.values
        .filter((value) => !isNull(value))
        .map((value) => operand(value, field, bind));
      const listed = `${comparable(sql, field)} IN (${present.join(', ')})`;
      const hit = present.length === 0 ? 'false' : `COALESCE(${listed}, false)`;
      const found = present.length === condition.values.length ? hit : `(${hit} OR ${sql} IS NULL)`;
      return condition.negated ? `(NOT ${found})` : found;
    }
    case 'compare': {
      const { sql, field } = column(condition.field);
      const { operator, value } = condition;
      if (isNull(value)) {
        if (operator === '=') return `${sql} IS NULL`;
        return operator === '!=' ? `${sql} IS NOT NULL` : 'false';
      }
      if (operator === 'LIKE') {
        return `${sql}::text ILIKE ${bind('text' in value ? value.text : value.bare)}`;
      }
      const sign = operator === '!=' ? '<>' : operator;
      const compared = `${comparable(sql, field)} ${sign} ${operand(value, field, bind)}`;
      return operator === '!=' ? `(${sql} IS NULL OR ${compared})` : compared;
    }
    default:
      return condition satisfies never;
  }
}

const isNull = (value: SoqlValue): boolean =>
  'bare' in value && value.bare.toLowerCase() === 'null';
const isId = (field: CoreField): boolean => field.name === 'Id' || field.referenceTo.length > 0;

function comparable(sql: string, field: CoreField): string {
  if (isId(field)) return `CASE WHEN length(${sql}) = 18 THEN left(${sql}, 15) ELSE ${sql} END`;
  // Booleans are never empty in Salesforce.
  if (field.type === 'BOOLEAN') return `COALESCE(${sql}, false)`;
  return field.type === 'STRING' ? `lower(${sql})` : sql;
}

function operand(value: SoqlValue, field: CoreField, bind: (text: string) => string): string {
  const text = 'text' in value ? value.text : value.bare;
  if (isId(field)) return bind(text.length === 18 ? text.slice(0, 15) : text);
  if (field.type === 'STRING') return `lower(${bind(text)}::text)`;
  const { column, describe } = TYPE_NAMES[field.type];
  const wanted = `value of filter criterion for field '${field.name}' must be of type ${describe}`;
  if ('text' in value) throw new SoqlError(`${wanted} and should not be enclosed in quotes`);
  const fits = {
    numeric: /^-?\d+(\.\d+)?$/,
    boolean: /^(true|false)$/i,
    date: /^\d{4}-\d{2}-\d{2}$/,
    timestamptz: /^\d{4}-\d{2}-\d{2}/,
  }[column];
  if (fits && !fits.test(text)) throw new SoqlError(wanted);
  return `${literal(text)}::${column}`;
}
