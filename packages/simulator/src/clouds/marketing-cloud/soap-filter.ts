import type { SoapObject } from './soap-objects.ts';
import { childrenOf, elementAt, type Element } from '../../server/xml.ts';

/** Whether the filter matches a row. */
export type SoapFilter = (row: ReadonlyMap<string, string>) => boolean;

/** A filter with an error. The response is 200 with the error in its status. */
export class SoapFilterError extends Error {}

const order = (a: string, b: string): number => {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};
const OPERATORS: Readonly<Record<string, (value: string, wanted: readonly string[]) => boolean>> = {
  equals: (value, [wanted = '']) => order(value, wanted) === 0,
  notEquals: (value, [wanted = '']) => order(value, wanted) !== 0,
  greaterThan: (value, [wanted = '']) => order(value, wanted) > 0,
  greaterThanOrEqual: (value, [wanted = '']) => order(value, wanted) >= 0,
  lessThan: (value, [wanted = '']) => order(value, wanted) < 0,
  lessThanOrEqual: (value, [wanted = '']) => order(value, wanted) <= 0,
  between: (value, [from = '', to = '']) => order(value, from) >= 0 && order(value, to) <= 0,
  IN: (value, wanted) => wanted.some((one) => order(value, one) === 0),
  isNull: (value) => value === '',
  isNotNull: (value) => value !== '',
  like: (value, [wanted = '']) =>
    value.toLowerCase().includes(wanted.replaceAll('%', '').toLowerCase()),
};

/**
 * Reads a `Filter`.
 *
 * @throws SoapFilterError
 */
export function soapFilter(filter: Element | undefined, object: SoapObject): SoapFilter {
  if (filter === undefined) return () => true;
  if (elementAt(filter, 'LogicalOperator') !== undefined) {
    const left = soapFilter(elementAt(filter, 'LeftOperand'), object);
    const right = soapFilter(elementAt(filter, 'RightOperand'), object);
    const both = elementAt(filter, 'LogicalOperator')?.text.trim().toUpperCase() === 'AND';
    return (row) => (both ? left(row) && right(row) : left(row) || right(row));
  }
  const property = elementAt(filter, 'Property')?.text.trim() ?? '';
  const operator = elementAt(filter, 'SimpleOperator')?.text.trim() ?? '';
  if (!object.properties.has(property)) {
    throw new SoapFilterError(
      `The Filter Property '${property}' does not match with the fields of ${object.type} retrieve`,
    );
  }
  const matches = OPERATORS[operator];
  if (matches === undefined || (operator === 'like' && object.isDataExtension)) {
    throw new SoapFilterError(
      `The SimpleOperator '${operator}' is not supported for ${object.type}`,
    );
  }
  const wanted = [...childrenOf(filter, 'Value'), ...childrenOf(filter, 'DateValue')].map(
    ({ text }) => text,
  );
  return (row) => matches(row.get(property) ?? '', wanted);
}
