import type { FieldDescription } from '../../../contract/receipt.ts';
import type { PageRows } from '../../../salesforce/page-rows.ts';
import { isNumberType, withoutEndZeros } from '../key-form.ts';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Numbers that are not finite, in the words of a table schema. @see Table Schema 2.0, "number" */
const NOT_FINITE: Readonly<Record<string, string>> = {
  Infinity: 'INF',
  '-Infinity': '-INF',
  NaN: 'NaN',
};

/**
 * Rows in the form of the export. A number in metadata becomes one, even if an API sent it as text.
 * As JSON it keeps every digit that came. As text for spreadsheets it loses the zeros at its end
 * that only fill the places of its type.
 */
export function exportedRows(values: PageRows, fields: readonly FieldDescription[]): PageRows {
  const numbers = fields.map(({ type }) => isNumberType(type));
  const isTextNumber = (row: number, column: number): boolean =>
    numbers[column] === true &&
    values.isText(row, column) &&
    JSON_NUMBER.test(values.text(row, column));
  return {
    ...values,
    json: (row, column) =>
      isTextNumber(row, column) ? values.text(row, column) : values.json(row, column),
    text(row, column) {
      const text = values.text(row, column);
      if (values.isText(row, column)) {
        if (numbers[column] !== true) return text;
        if (!JSON_NUMBER.test(text)) return NOT_FINITE[text] ?? text;
      }
      return text.endsWith('0') && text.includes('.') && !/e/i.test(text)
        ? withoutEndZeros(text)
        : text;
    },
    isText(row, column) {
      if (!values.isText(row, column)) return false;
      return !(
        numbers[column] === true &&
        (isTextNumber(row, column) || values.text(row, column) in NOT_FINITE)
      );
    },
  };
}
