/** One entry of `sqlParameters`. */
export interface SqlParameter {
  readonly name?: string;
  readonly type?: string;
  readonly value?: string | number | boolean | null;
}

const TYPES: Readonly<Record<string, string>> = {
  varchar: 'text',
  char: 'text',
  string: 'text',
  text: 'text',
  numeric: 'numeric',
  decimal: 'numeric',
  double: 'double precision',
  float: 'double precision',
  bigint: 'bigint',
  integer: 'integer',
  int: 'integer',
  smallint: 'smallint',
  boolean: 'boolean',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
};
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([A-Za-z_][A-Za-z0-9_]*)/g;

/**
 * SQL with `:name` turned into PostgreSQL's `$1`, and the values in that order. Quoted parts and comments stay.
 *
 * @throws RangeError that names a parameter without a value, or of an unknown type
 */
export function bindNamed(
  sql: string,
  parameters: readonly SqlParameter[],
): { sql: string; values: (string | null)[] } {
  const values: (string | null)[] = [];
  const numbers = new Map<string, number>();
  const bound = sql.replace(TOKEN, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    const parameter = parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined) throw new RangeError(`parameter "${name}" is not bound`);
    const type = TYPES[(parameter.type ?? 'varchar').toLowerCase()];
    if (type === undefined) throw new RangeError(`parameter "${name}" has the unknown type "${parameter.type}"`);
    const number =
      numbers.get(name) ??
      values.push(parameter.value === null || parameter.value === undefined ? null : String(parameter.value));
    numbers.set(name, number);
    return `($${number}::${type})`;
  });
  return { sql: bound, values };
}
