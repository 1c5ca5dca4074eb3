import type { Cell } from '../seed/shape.ts';

/** The type of a field. `DATETIME_MS` is a `DATETIME` whose values have milliseconds. */
export type FieldType = 'STRING' | 'NUMBER' | 'DATE' | 'DATETIME' | 'DATETIME_MS' | 'BOOLEAN';

/**
 * A type's names: in PostgreSQL, in Query Connect, in metadata, in the list of data model objects,
 * in describe, in Query V2.
 */
export interface TypeNames {
  readonly column: string;
  readonly connect: string;
  readonly metadata: string;
  readonly model: string;
  readonly describe: string;
}

export const TYPE_NAMES: Readonly<Record<FieldType, TypeNames>> = {
  STRING: {
    column: 'text',
    connect: 'Varchar',
    metadata: 'STRING',
    model: 'Text',
    describe: 'string',
  },
  NUMBER: {
    column: 'numeric',
    connect: 'Numeric',
    metadata: 'NUMBER',
    model: 'Number',
    describe: 'double',
  },
  DATE: { column: 'date', connect: 'Date', metadata: 'DATE', model: 'Date', describe: 'date' },
  DATETIME: {
    column: 'timestamptz',
    connect: 'TimestampTZ',
    metadata: 'DATE_TIME',
    model: 'DateTime',
    describe: 'datetime',
  },
  DATETIME_MS: {
    column: 'timestamptz',
    connect: 'TimestampTZ',
    metadata: 'DATE_TIME',
    model: 'DateTime',
    describe: 'datetime',
  },
  BOOLEAN: {
    column: 'boolean',
    connect: 'Boolean',
    metadata: 'BOOLEAN',
    model: 'Boolean',
    describe: 'boolean',
  },
};

/** Hyper's type of a number field: every value has 18 places. */
export const HYPER_NUMBER = 'numeric(38,18)';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|\+00:00)$/;
const MILLISECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const IDENTIFIER = /^(?:KQ_.*|.*Id__c|Id|.*Id)$/;

/**
 * The type that fits every value of a field. Texts make a date only if all are real days or moments
 * in UTC. Identifiers are always texts. Undefined without values.
 */
export function typeOf(field: string, cells: Iterable<Cell | undefined>): FieldType | undefined {
  let found: FieldType | undefined;
  for (const cell of cells) {
    if (cell === null || cell === undefined) continue;
    const type = typeOfCell(cell);
    if (found !== undefined && found !== type) return 'STRING';
    found = type;
  }
  return found !== undefined && IDENTIFIER.test(field) ? 'STRING' : found;
}

function typeOfCell(cell: Exclude<Cell, null>): FieldType {
  if (typeof cell === 'boolean') return 'BOOLEAN';
  if (typeof cell === 'object') return 'NUMBER';
  if (DATE.test(cell)) return isReal(cell, `${cell}T00:00:00.000Z`) ? 'DATE' : 'STRING';
  if (SECONDS.test(cell)) return isReal(cell, `${cell.slice(0, 19)}.000Z`) ? 'DATETIME' : 'STRING';
  if (MILLISECONDS.test(cell)) return isReal(cell, cell) ? 'DATETIME_MS' : 'STRING';
  return 'STRING';
}

function isReal(cell: string, moment: string): boolean {
  const parsed = new Date(moment);
  return (
    !cell.startsWith('0000') && !Number.isNaN(parsed.getTime()) && parsed.toISOString() === moment
  );
}

/** A cell as PostgreSQL reads it. */
export const cellText = (cell: Cell | undefined): string | null => {
  if (cell === null || cell === undefined) return null;
  return typeof cell === 'object' ? cell.digits : String(cell);
};
