import type { Salesforce } from '../../src/salesforce/create-salesforce.ts';

/** Types of Query Connect in the engine's SQL. */
const SQL_TYPES: Readonly<Record<string, string>> = {
  Varchar: 'text',
  Numeric: 'numeric(38,18)',
  Float8: 'double precision',
  BigInt: 'bigint',
  Integer: 'integer',
  Boolean: 'boolean',
  Date: 'date',
  TimestampTZ: 'timestamptz',
  Timestamp: 'timestamp',
};

/**
 * The objects of one data space, each as a common table expression that holds its rows: the query
 * service of the engine opens no database.
 */
export interface Tables {
  before(sql: string): Promise<string>;
}

export function tablesOf(
  salesforce: Salesforce,
  dataSpace: string,
  objects: readonly string[],
): Tables {
  const written = new Map<string, Promise<string>>();
  const expression = (object: string) => {
    const known = written.get(object) ?? tableOf(salesforce, dataSpace, object);
    written.set(object, known);
    return known;
  };
  return {
    async before(sql) {
      const asked = objects.filter((object) => sql.includes(quoted(object)));
      if (asked.length === 0) return sql;
      return `WITH ${(await Promise.all(asked.map(expression))).join(', ')} ${sql}`;
    },
  };
}

async function tableOf(salesforce: Salesforce, dataSpace: string, object: string): Promise<string> {
  const lines: string[] = [];
  let names: string[] = [];
  let types: string[] = [];
  for await (const { columns, values } of salesforce.query(
    { text: `SELECT * FROM ${quoted(object)}`, parameters: {} },
    { dataSpace },
  )) {
    names = columns.map(({ name }) => name);
    types = columns.map(({ type }) => SQL_TYPES[type] ?? 'text');
    for (let row = 0; row < values.count; row += 1) {
      lines.push(
        `(${columns.map((_, column) => (values.json(row, column) === 'null' ? 'CAST(NULL AS text)' : literal(values.text(row, column)))).join(', ')})`,
      );
    }
  }
  const cast = names.map((_, column) => `CAST(v.c${column} AS ${types[column]})`).join(', ');
  const places = names.map((_, column) => `c${column}`).join(', ');
  const rows =
    lines.length === 0 ? `(${names.map(() => 'CAST(NULL AS text)').join(', ')})` : lines.join(', ');
  return (
    `${quoted(object)}(${names.map(quoted).join(', ')}) AS (SELECT ${cast} FROM (VALUES ` +
    `${rows}) v(${places})${lines.length === 0 ? ' WHERE FALSE' : ''})`
  );
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
