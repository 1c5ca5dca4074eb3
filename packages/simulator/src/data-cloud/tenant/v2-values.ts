import type { Forms } from '../pages.ts';
import { writerOf } from '../pages.ts';
import type { Column } from '../results.ts';

/** Names and numbers of types in `java.sql.Types`, by PostgreSQL's type IDs. */
const TYPES: Readonly<Record<number, readonly [name: string, code: number]>> = {
  16: ['BOOLEAN', 16],
  20: ['BIGINT', -5],
  21: ['SMALLINT', 5],
  23: ['INTEGER', 4],
  700: ['REAL', 7],
  701: ['DOUBLE', 8],
  1082: ['DATE', 91],
  1114: ['TIMESTAMP', 93],
  1184: ['TIMESTAMP WITH TIME ZONE', 2014],
  1700: ['DECIMAL', 3],
};
const PLACES = 18;

/**
 * The columns of V1 and V2: an object with its keys in reverse order, because only `placeInOrder`
 * names the place of a column.
 */
export const v2Metadata = (columns: readonly Column[]): Readonly<Record<string, object>> =>
  Object.fromEntries(
    columns
      .map(({ name, type }, placeInOrder) => {
        const [named, typeCode] = TYPES[type] ?? ['VARCHAR', 12];
        return [name, { type: named, placeInOrder, typeCode }] as const;
      })
      .toReversed(),
  );

/**
 * Returns a function that writes a value of a column as JSON. Decimals of a field are texts with 18
 * places; those of an aggregate are numbers. Moments are texts such as `2026-01-05 00:00:00.000
 * UTC`.
 */
export function v2WriterOf(column: Column, forms: Forms): (value: string | null) => string {
  const ofField = column.table !== 0;
  if (column.type === 1700 && ofField) {
    return (value) => (value === null ? 'null' : JSON.stringify(padded(value)));
  }
  if (column.type === 1184) {
    return (value) => (value === null ? 'null' : JSON.stringify(moment(value)));
  }
  return writerOf(column, forms);
}

function padded(number: string): string {
  const [whole = '', places = ''] = number.split('.');
  return `${whole}.${places.padEnd(PLACES, '0')}`;
}

function moment(text: string): string {
  const [, day = '', time = '', fraction = ''] =
    /^(\S+) (\d{2}:\d{2}:\d{2})(?:\.(\d+))?\+00/.exec(text) ?? [];
  return `${day} ${time}.${fraction.padEnd(3, '0')} UTC`;
}
