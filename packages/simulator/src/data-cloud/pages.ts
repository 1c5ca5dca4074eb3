import { TYPE_NAMES, type FieldType } from '../store/field-types.ts';
import type { Column, HeldResult, TextRow } from './results.ts';

/** Type IDs of PostgreSQL that rows can have. */
const NUMBERS: Readonly<Record<number, string>> = {
  20: 'BigInt',
  21: 'SmallInt',
  23: 'Integer',
  26: 'BigInt',
  700: 'Float4',
  701: 'Float8',
  1700: 'Numeric',
};
const OTHERS: Readonly<Record<number, string>> = {
  16: 'Boolean',
  1082: 'Date',
  1114: 'Timestamp',
  1184: 'TimestampTZ',
};

/** Columns whose moments have milliseconds, as `<table's number>.<column's number>`. */
export type Milliseconds = ReadonlySet<string>;

/**
 * The forms of values: those of Data Cloud's engine, or moments with `Z`. Then the set names the
 * columns with milliseconds.
 */
export type Forms = 'hyper' | Milliseconds;

/** A type's name in Query Connect. In lower case it is the engine's own, except `bool`. */
export const connectType = (type: number): string =>
  NUMBERS[type] ?? OTHERS[type] ?? TYPE_NAMES.STRING.connect;

/** Returns a function that writes one value of a column as JSON. Numbers keep every digit. */
export function writerOf(column: Column, forms: Forms): (value: string | null) => string {
  const write = writeType(column, forms);
  return (value) => (value === null ? 'null' : write(value));
}

function writeType(column: Column, forms: Forms): (value: string) => string {
  if (NUMBERS[column.type]) return (value) => (/^-?\d/.test(value) ? value : JSON.stringify(value));
  if (column.type === 16) return (value) => (value === 't' ? 'true' : 'false');
  if (column.type === 1184) {
    if (forms === 'hyper') return (value) => JSON.stringify(hyperMoment(value));
    const always = forms.has(`${column.table}.${column.position}`);
    return (value) => JSON.stringify(moment(value, always));
  }
  if (column.type === 1114) return (value) => JSON.stringify(value.replace(' ', 'T'));
  return (value) => JSON.stringify(value);
}

/** `2026-05-01T10:00:00Z` for PostgreSQL's `2026-05-01 10:00:00+00`. */
function moment(value: string, milliseconds: boolean): string {
  const [, day = '', time = '', fraction = ''] =
    /^(\S+) (\d{2}:\d{2}:\d{2})(?:\.(\d+))?\+00/.exec(value) ?? [];
  const shown = fraction === '' && !milliseconds ? '' : `.${fraction.padEnd(3, '0')}`;
  return `${day}T${time}${shown}Z`;
}

/** `2026-05-01T10:00:00.12+00:00` for PostgreSQL's `2026-05-01 10:00:00.12+00`. */
const hyperMoment = (value: string): string => value.replace(' ', 'T').replace('+00', '+00:00');

/** Rows as JSON arrays, up to `maxBytes`. The page is never empty if there are rows. */
export function cutPage(
  rows: readonly TextRow[],
  columns: readonly Column[],
  forms: Forms,
  maxBytes: number,
): { text: string; rows: number } {
  const writers = columns.map((column) => writerOf(column, forms));
  const lines: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    const line = `[${row.map((value, index) => writers[index]?.(value) ?? 'null').join(',')}]`;
    bytes += line.length;
    if (lines.length > 0 && bytes > maxBytes) break;
    lines.push(line);
  }
  return { text: `[${lines.join(',')}]`, rows: lines.length };
}

/** The schema of a result in Query Connect. */
export const connectMetadata = (result: HeldResult): object[] =>
  result.columns.map(({ name, type }) => {
    const named = connectType(type);
    return {
      name,
      type: named,
      nullable: true,
      ...(named === 'Numeric' && { precision: 38, scale: 18 }),
    };
  });

/** A field's type in the responses of the core. */
export const describeType = (type: FieldType): string => TYPE_NAMES[type].describe;
