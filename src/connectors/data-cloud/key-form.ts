import type { KeyField } from '../../contract/object-map.ts';
import type { Column } from '../../salesforce/data-cloud-query.ts';
import type { PageRows } from '../../salesforce/page-rows.ts';

/**
 * Whether a type's name means numbers, in metadata or in any of the query APIs: `NUMBER`,
 * `Numeric`, `decimal`, `float8`, `BIGINT`.
 */
export const isNumberType = (type: string): boolean =>
  /^(?:number|numeric|decimal|double(?: ?precision)?|real|float[48]?|(?:big|small|tiny)?int(?:eger|[248])?|long|currency|percent)(?:\(|$)/i.test(
    type,
  );

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * A number in one spelling for all engines: `880` for `880.000000000000000000`, `0880`, `+880` and
 * `8.8e2`. Every digit is kept. Undefined for what is no number, such as `NaN`.
 */
export function plainNumber(text: string): string | undefined {
  const [, sign, whole = '', places = '', exponent = '0'] = NUMBER.exec(text.trim()) ?? [];
  const digits = whole + places;
  if (digits === '') return undefined;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const value = withoutEndZeros(`${withoutFirstZeros(padded.slice(0, at))}.${padded.slice(at)}`);
  return sign === '-' && value !== '0' ? `-${value}` : value;
}

function withoutFirstZeros(digits: string): string {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === '0') {
    start += 1;
  }
  return digits.slice(start);
}

/** A decimal number without the zeros at its end, and without a point that nothing follows. */
export function withoutEndZeros(decimal: string): string {
  let end = decimal.length;
  while (decimal[end - 1] === '0') {
    end -= 1;
  }
  return decimal.slice(0, decimal[end - 1] === '.' ? end - 1 : end);
}

/**
 * A value in the form that keys are compared in: plain if the column holds numbers, else as it is.
 */
export function keyText(
  page: PageRows,
  columns: readonly Pick<Column, 'type'>[],
  row: number,
  column: number,
): string {
  const text = page.text(row, column);
  return !page.isText(row, column) || isNumberType(columns[column]?.type ?? '')
    ? (plainNumber(text) ?? text)
    : text;
}

/**
 * Texts that the engine can cast to its own numbers, with 20 digits before the point and 18 after
 * it. Any other text fails the statement.
 */
const CASTABLE = /^-?0*\d{1,20}(?:\.\d{1,18})?$/;

/**
 * The IDs that a field can hold. A field of numbers can hold no others, and the engine refuses a
 * query that asks it for them.
 */
export const askable = (
  field: Pick<KeyField, 'number'>,
  ids: readonly string[],
): readonly string[] => (field.number === true ? ids.filter(isCastable) : ids);

export const isCastable = (id: string): boolean => CASTABLE.test(id);
