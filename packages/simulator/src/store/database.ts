import { Client } from 'pg';
import type { Clock } from '../server/clock.ts';
import { CORE_SCHEMA } from '../core/soql.ts';
import type { CoreObject } from '../core/model.ts';
import type { DataSpace, ModelObject } from './data-space.ts';
import { inTurn } from '../server/in-turn.ts';
import type { Milliseconds } from '../data-cloud/pages.ts';
import { makePeople } from '../seed/people.ts';
import { startPostgres } from './postgres.ts';
import { keepResults, type Results } from '../data-cloud/results.ts';
import { HYPER_NUMBER, TYPE_NAMES } from './field-types.ts';
import { HYPER_FUNCTIONS } from '../data-cloud/hyper-sql.ts';
import {
  fullName,
  generateRows,
  literal,
  makeSchema,
  makeTable,
  quoted,
  readerOf,
  schemaOf,
  shortName,
} from './rows.ts';
import type { CheckedSeed } from '../seed/shape.ts';
import { resolutionOf } from '../data-cloud/standard-model.ts';

const SESSIONS = 4;

/** The seed's rows in PostgreSQL. */
export interface Database {
  readonly results: Results;
  /** Columns whose moments have milliseconds. */
  readonly milliseconds: Milliseconds;
  /**
   * Sets one field in the rows of a table that match another field. Returns how many.
   *
   * @throws pg's DatabaseError
   */
  change(change: RowChange): Promise<number>;
  /** Every row of an object with this value in a field, hidden or not. Its cells are texts. */
  rowsOf(dataSpace: string, object: string, field: string, value: string): Promise<FoundRows>;
  /** Hides every row of a party in a data space from queries, or shows them again. */
  restrict(dataSpace: string, partyIds: readonly string[]): Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Rows as they were found. */
export interface FoundRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/**
 * A change of rows while the simulator runs. Without `dataSpace`, it is for sObjects of the core.
 */
export interface RowChange {
  readonly dataSpace?: string;
  readonly object: string;
  readonly where: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string | number | boolean | null>>;
  readonly remove?: boolean;
}

/**
 * Starts PostgreSQL and fills it. Each data space and the core get a schema, and a role that reads
 * only that schema.
 */
export async function openDatabase(
  folder: string,
  seed: CheckedSeed,
  spaces: readonly DataSpace[],
  core: ReadonlyMap<string, CoreObject>,
  { clock, log }: { readonly clock: Clock; readonly log: (line: string) => void },
): Promise<Database> {
  const server = await startPostgres(folder, log);
  const clients: Client[] = [];
  const connect = async () => {
    const client = new Client({
      host: '127.0.0.1',
      port: server.port,
      user: 'postgres',
      password: server.password,
      database: 'postgres',
    });
    client.on('error', () => log('simulator: a connection to PostgreSQL was lost'));
    await client.connect();
    clients.push(client);
    return client;
  };
  const stop = async () => {
    await Promise.allSettled(clients.map((client) => client.end()));
    await server.stop();
  };
  try {
    const admin = await connect();
    await fill(admin, seed, spaces, core);
    const milliseconds = await millisecondColumns(admin, spaces, core);
    const turn = inTurn();
    const restrict = (dataSpace: string, partyIds: readonly string[]) =>
      turn(() => restrictParties(admin, spaces, dataSpace, partyIds));
    for (const [space, partyIds] of Object.entries(seed.restricted)) {
      await restrict(space, partyIds);
    }
    const sessions: Client[] = [];
    for (let index = 0; index < SESSIONS; index += 1) {
      sessions.push(await connect());
    }
    return {
      results: keepResults(sessions, clock),
      milliseconds,
      change: (change) => turn(() => changeRows(admin, change)),
      rowsOf: (dataSpace, object, field, value) =>
        turn(() => {
          const model = spaces.find(({ name }) => name === dataSpace)?.objects.get(object);
          return findRows(
            admin,
            `${quoted(schemaOf(dataSpace))}.${quoted(object)}`,
            textOf(model, field),
            value,
          );
        }),
      restrict,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fill(
  admin: Client,
  seed: CheckedSeed,
  spaces: readonly DataSpace[],
  core: ReadonlyMap<string, CoreObject>,
): Promise<void> {
  await admin.query('BEGIN');
  await admin.query(HYPER_FUNCTIONS);
  await makeSchema(admin, CORE_SCHEMA);
  const ofCore = { schema: CORE_SCHEMA, numbers: TYPE_NAMES.NUMBER.column };
  for (const object of core.values()) {
    await makeTable(admin, ofCore, object);
  }
  const numbers = seed.wire.engineForms === 'hyper' ? HYPER_NUMBER : TYPE_NAMES.NUMBER.column;
  for (const space of spaces) {
    const schema = schemaOf(space.name);
    await makeSchema(admin, schema);
    for (const object of space.objects.values()) {
      await makeTable(admin, { schema, numbers }, object);
    }
    for (const [name, order] of Object.entries(seed.generate[space.name] ?? {})) {
      await generateRows(admin, space, name, order);
    }
  }
  if (seed.people) await makePeople(admin, seed.people);
  await admin.query('COMMIT');
  await admin.query('ANALYZE');
}

async function millisecondColumns(
  admin: Client,
  spaces: readonly DataSpace[],
  core: ReadonlyMap<string, CoreObject>,
): Promise<Milliseconds> {
  const all = [
    ...spaces.map((space) => ({
      schema: schemaOf(space.name),
      objects: [...space.objects.values()],
    })),
    { schema: CORE_SCHEMA, objects: [...core.values()] },
  ];
  const wanted = new Set(
    all.flatMap(({ schema, objects }) =>
      objects.flatMap(({ name, fields }) =>
        fields
          .filter(({ type }) => type === 'DATETIME_MS')
          .map((field) => `${schema}.${shortName(name)}.${shortName(field.name)}`),
      ),
    ),
  );
  const { rows } = await admin.query<{
    path: string;
    id: string;
  }>(`SELECT n.nspname || '.' || c.relname || '.' || a.attname AS path, c.oid || '.' || a.attnum AS id
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.atttypid = 'timestamptz'::regtype AND a.attnum > 0`);
  return new Set(rows.filter(({ path }) => wanted.has(path)).map(({ id }) => id));
}

/** Adds row security, so that no query returns rows of these parties. */
async function restrictParties(
  admin: Client,
  spaces: readonly DataSpace[],
  dataSpace: string,
  partyIds: readonly string[],
): Promise<void> {
  const space = spaces.find(({ name }) => name === dataSpace);
  if (space === undefined) {
    throw new RangeError(`restricted: there is no data space "${dataSpace}"`);
  }
  const schema = schemaOf(dataSpace);
  for (const object of space.objects.values()) {
    const individual = /^(?:ssot__)?Individual__dlm$/.test(object.name);
    const edge = space.edges.find(
      ({ from, to }) => from === object.name && /^(?:ssot__)?Individual__dlm$/.test(to),
    );
    const ofPerson = individual ? object.primaryKey : edge?.fromField;
    const field = resolutionOf(object.name)?.kind === 'link' ? 'SourceRecordId__c' : ofPerson;
    if (field === undefined) continue;
    const table = `${quoted(schema)}.${quoted(object.name)}`;
    await admin.query(`DROP POLICY IF EXISTS restricted ON ${table}`);
    const list = `ARRAY[${partyIds.map(literal).join(', ')}]::text[]`;
    await admin.query(
      `CREATE POLICY restricted ON ${table} FOR SELECT TO ${quoted(readerOf(schema))}
       USING (${quoted(field)} IS NULL OR ${textOf(object, field)} <> ALL (${list}))`,
    );
    await admin.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  }
}

/** A column as text. A number loses the zeros that fill its places. */
function textOf(object: ModelObject | undefined, field: string): string {
  const isNumber = object?.fields.some(({ name, type }) => name === field && type === 'NUMBER');
  return isNumber ? `trim_scale(${quoted(field)})::text` : `${quoted(field)}::text`;
}

async function findRows(
  admin: Client,
  table: string,
  field: string,
  value: string,
): Promise<FoundRows> {
  const found = await admin.query<(string | null)[]>({
    text: `SELECT * FROM ${table} WHERE ${field} = $1`,
    values: [value],
    rowMode: 'array',
    types: { getTypeParser: () => (text: string) => text },
  });
  return { columns: found.fields.map(({ name }) => fullName(name)), rows: found.rows };
}

async function changeRows(
  admin: Client,
  { dataSpace, object, where, set, remove }: RowChange,
): Promise<number> {
  const table = `${quoted(dataSpace === undefined ? CORE_SCHEMA : schemaOf(dataSpace))}.${quoted(object)}`;
  const conditions = Object.entries(where)
    .map(([field, value]) => `${quoted(field)} = ${literal(value)}`)
    .join(' AND ');
  if (conditions === '') throw new RangeError('where needs a field');
  const assignments = Object.entries(set ?? {})
    .map(
      ([field, value]) => `${quoted(field)} = ${value === null ? 'NULL' : literal(String(value))}`,
    )
    .join(', ');
  const { rowCount } = await admin.query(
    remove
      ? `DELETE FROM ${table} WHERE ${conditions}`
      : `UPDATE ${table} SET ${assignments} WHERE ${conditions}`,
  );
  return rowCount ?? 0;
}
