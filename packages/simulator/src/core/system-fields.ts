import type { Cell, Row } from '../seed/shape.ts';
import { USER } from './identity.ts';

/** When a record was made of which the seed says nothing. */
const MADE = '2026-01-01T00:00:00.000Z';
/** Each of them is no earlier than the one before, and takes its value where the seed has none. */
const MOMENTS = ['CreatedDate', 'LastModifiedDate', 'SystemModstamp'] as const;

/**
 * Rows whose system fields are all set, as Salesforce sets them: a client that reads what changed
 * since a moment would miss every row without them. A field keeps one form: with milliseconds where
 * the seed writes it so.
 */
export function withSystemFields(rows: readonly Row[]): Row[] {
  const forms = MOMENTS.map((field) => formOf(rows.map((row) => row[field])));
  return rows.map((row) => {
    const filled: Record<string, Cell> = {
      CreatedById: USER,
      LastModifiedById: USER,
      ...withoutNulls(row),
    };
    let before = MADE;
    MOMENTS.forEach((field, at) => {
      const own = filled[field];
      if (typeof own !== 'string') {
        filled[field] = forms[at] === 'seconds' ? before.replace('.000Z', 'Z') : before;
      } else if (!Number.isNaN(Date.parse(own))) before = new Date(own).toISOString();
    });
    return filled;
  });
}

/**
 * Rows that say nothing, so that what is filled in stands at its end: a null of a system field is
 * none.
 */
const withoutNulls = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).filter(([name, cell]) => cell !== null || !SYSTEM.includes(name)),
  );
const SYSTEM: readonly string[] = [...MOMENTS, 'CreatedById', 'LastModifiedById'];

const formOf = (cells: readonly (Cell | undefined)[]): 'seconds' | 'milliseconds' =>
  cells.some((cell) => typeof cell === 'string' && /\.\d{3}Z$/.test(cell))
    ? 'milliseconds'
    : 'seconds';
