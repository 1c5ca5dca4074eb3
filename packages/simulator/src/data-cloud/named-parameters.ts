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
const APART = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|::/;
const TOKEN = new RegExp(`${APART.source}|:([A-Za-z_][A-Za-z0-9_]*)`, 'g');
const PLACES = new RegExp(`${TOKEN.source}|\\$([1-9][0-9]*)|\\?`, 'g');

/** Reserved words of the engine, also after a colon: `:like` is a syntax error. */
const RESERVED = new Set(
  (
    'all and any array as asc between both by case cast check collate column create cross ' +
    'current_date default desc distinct else end except exists false for from full grant group ' +
    'having in inner intersect into is join lateral leading left like limit natural not null ' +
    'offset on only or order outer right select set similar some table then to trailing true ' +
    'union unique user using values when where window with'
  ).split(' '),
);

/** The form of placeholders in a statement: `?`, `:name` or `$1`. */
export type ParameterStyle = 'QUESTION_MARK' | 'NAMED' | 'DOLLARED';

/** A statement for PostgreSQL. */
export interface Bound {
  readonly sql: string;
  readonly values: (string | null)[];
}

/**
 * Turns SQL with `?` or `$1` into PostgreSQL's `$1`. It refuses placeholders of another style.
 *
 * @throws RangeError that says what does not fit
 */
export function bindByPlace(
  sql: string,
  style: ParameterStyle,
  parameters: readonly SqlParameter[],
): Bound {
  if (style === 'NAMED') return bindNamed(sql, parameters);
  let place = 0;
  const values: (string | null)[] = [];
  const bound = sql.replace(
    PLACES,
    (whole, named: string | undefined, dollar: string | undefined) => {
      const byPlace = dollar === undefined ? 'QUESTION_MARK' : 'DOLLARED';
      const asked = named === undefined ? byPlace : 'NAMED';
      if (named === undefined && dollar === undefined && whole !== '?') return whole;
      if (asked !== style) {
        throw new RangeError(`conflicting parameter style: ${whole} in a statement of ${style}`);
      }
      const number = dollar === undefined ? (place += 1) : Number(dollar);
      const parameter = parameters[number - 1];
      if (parameter === undefined) throw new RangeError(`parameter ${number} is not bound`);
      return placeOf(values.push(textOf(parameter)), columnTypeOf(parameter, String(number)));
    },
  );
  return { sql: bound, values };
}

/**
 * Turns SQL with `:name` into PostgreSQL's `$1`, and orders the values to match. Quoted parts and
 * comments do not change.
 *
 * @throws RangeError that names a parameter without a value, or of an unknown type
 */
export function bindNamed(sql: string, parameters: readonly SqlParameter[]): Bound {
  const values: (string | null)[] = [];
  const bound = sql.replace(TOKEN, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    if (RESERVED.has(name.toLowerCase())) {
      throw new RangeError(`syntax error: got ${name.toUpperCase()}, expected <identifier>`);
    }
    const parameter = parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined) throw new RangeError(`parameter "${name}" is not bound`);
    return placeOf(values.push(textOf(parameter)), columnTypeOf(parameter, name));
  });
  return { sql: bound, values };
}

/**
 * The placeholder of a value. A text gets the type of its comparison in each place. Hyper does the
 * same: it casts a `varchar` parameter to the number or the day beside it.
 */
const placeOf = (number: number, type: string): string =>
  type === 'text' ? `$${number}` : `($${number}::${type})`;

function columnTypeOf(parameter: SqlParameter, name: string): string {
  const type = TYPES[(parameter.type ?? 'varchar').toLowerCase()];
  if (type === undefined) {
    throw new RangeError(`parameter "${name}" has the unknown type "${parameter.type}"`);
  }
  return type;
}

const textOf = ({ value }: SqlParameter): string | null =>
  value === null || value === undefined ? null : String(value);
