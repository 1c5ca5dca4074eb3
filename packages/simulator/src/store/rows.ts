import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { DataSpace, ModelField, ModelObject } from './data-space.ts';
import { cellText, TYPE_NAMES } from './field-types.ts';
import type { Generated, Row } from '../seed/shape.ts';

const BATCH = 2_000;

/**
 * The longest name in PostgreSQL, in bytes. It cuts longer ones, so two of them would become one.
 */
const LONGEST = 63;
const longNames = new Map<string, string>();

/** A name in double quotes. If it is too long for PostgreSQL, it is replaced by a short one. */
export const quoted = (name: string): string => `"${shortName(name).replaceAll('"', '""')}"`;

/** The name of an object or a field in PostgreSQL. */
export function shortName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32);
  const short = `${name.slice(0, 20).replace(/\W/g, '_')}~${digest}`;
  longNames.set(short, name);
  return short;
}

/** The full name for a name in PostgreSQL. */
export const fullName = (name: string): string => longNames.get(name) ?? name;
/** A text in single quotes. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The schema of a data space. */
export const schemaOf = (dataSpace: string): string => `space:${dataSpace}`;
/** The role that reads one schema and nothing else. */
export const readerOf = (schema: string): string => `reader:${schema}`;

/** Creates a schema and its role. */
export async function makeSchema(client: Client, schema: string): Promise<void> {
  await client.query(`CREATE SCHEMA ${quoted(schema)}`);
  await client.query(`CREATE ROLE ${quoted(readerOf(schema))}`);
  await client.query(`GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(readerOf(schema))}`);
}

/** Creates a table and fills it with rows of the seed. `numbers` is the type of number columns. */
export async function makeTable(
  client: Client,
  { schema, numbers }: { readonly schema: string; readonly numbers: string },
  { name, fields, rows }: Pick<ModelObject, 'name' | 'fields' | 'rows'>,
): Promise<void> {
  const table = `${quoted(schema)}.${quoted(name)}`;
  const columnType = ({ name, type }: ModelField) =>
    type === 'NUMBER' && rows.every((row) => fits(row[name])) ? numbers : TYPE_NAMES[type].column;
  const defined = fields.map((field) => `${quoted(field.name)} ${columnType(field)}`);
  await client.query(`CREATE UNLOGGED TABLE ${table} (${defined.join(', ')})`);
  await client.query(`GRANT SELECT ON ${table} TO ${quoted(readerOf(schema))}`);
  const columns = fields.map((field) => quoted(field.name)).join(', ');
  const lists = fields.map((field, index) => `$${index + 1}::text[]`).join(', ');
  const casts = fields
    .map((field, index) => `v.c${index}::${TYPE_NAMES[field.type].column}`)
    .join(', ');
  const names = fields.map((_, index) => `c${index}`).join(', ');
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await client.query(
      `INSERT INTO ${table} (${columns}) SELECT ${casts} FROM unnest(${lists}) AS v(${names})`,
      fields.map((field) => batch.map((row) => cellText(row[field.name]))),
    );
  }
}

/** Whether a number's digits before the point fit into `numeric(38,18)`. */
const fits = (cell: Row[string] | undefined): boolean => {
  const text = cellText(cell);
  return text === null || Math.abs(Number(text)) < 1e20;
};

/** Generates rows inside PostgreSQL: a million in some seconds. */
export async function generateRows(
  client: Client,
  space: DataSpace,
  name: string,
  order: Generated,
): Promise<void> {
  const object = space.objects.get(name);
  if (object === undefined || order.count === 0) return;
  const person = space.edges.find(
    ({ from, to }) => from === name && to.endsWith('Individual__dlm'),
  )?.fromField;
  const parties = order.partyId === undefined ? [] : [order.partyId].flat();
  const values: Record<string, string> = { [object.primaryKey]: `'GEN-' || n` };
  for (const field of object.fields) {
    if (field.type === 'DATETIME' || field.type === 'DATETIME_MS') {
      values[field.name] = `timestamptz '2020-01-01 00:00:00+00' + n * interval '1 minute'`;
    }
  }
  if (person !== undefined && parties.length > 0) {
    values[person] =
      parties.length === 1
        ? literal(parties[0] ?? '')
        : `(ARRAY[${parties.map(literal).join(', ')}])[1 + n % ${parties.length}]`;
  }
  const qualifier = object.fields.find(({ name }) => name === person)?.keyQualifier;
  if (order.keyQualifier !== undefined && qualifier !== undefined) {
    values[qualifier] = literal(order.keyQualifier);
  }
  if (order.dataSource !== undefined) values.ssot__DataSourceId__c = literal(order.dataSource);
  for (const [field, value] of Object.entries(order.fields ?? {})) {
    values[field] =
      typeof value === 'string' ? value.split('{n}').map(literal).join(' || n || ') : String(value);
  }
  const known = Object.entries(values).filter(([field]) =>
    object.fields.some((it) => it.name === field),
  );
  const table = `${quoted(schemaOf(space.name))}.${quoted(name)}`;
  await client.query(`INSERT INTO ${table} (${known.map(([field]) => quoted(field)).join(', ')})
    SELECT ${known.map(([, expression]) => expression).join(', ')} FROM generate_series(1, ${order.count}) AS n`);
}
