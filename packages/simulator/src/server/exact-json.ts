import { isLosslessNumber, stringify } from 'lossless-json';
import { jsonText, type Answer } from './http.ts';

/** A response with records of a seed. Their numbers keep every digit. */
export const exactJson = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => jsonText(status, stringify(value) ?? 'null', headers);

/** A value of a record as text: numbers with all their digits, a missing value as an empty text. */
export function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (isLosslessNumber(value)) return value.value;
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? (stringify(value) ?? '') : String(value as number | boolean);
}
