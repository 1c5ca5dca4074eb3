import type { Cell, Row } from '../seed/shape.ts';
import { USER } from './identity.ts';

/** The creation time of a record if the seed has none. */
const MADE = '2026-01-01T00:00:00.000Z';
/** In order of time. If the seed has no value for one, it gets the value of the one before. */
const MOMENTS = ['CreatedDate', 'LastModifiedDate', 'SystemModstamp'] as const;

/**
 * Rows with all system fields set, as in Salesforce. Without them, a client that reads changes
 * since a moment would miss the row. A field has milliseconds in every row if the seed has them in
 * one.
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
 * A row without null system fields. They count as missing, and their filled values come at the end
 * of the row.
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
