import type { ContactPoints } from '../../domain/object-map.ts';
import type { Identifier } from '../../domain/request.ts';
import type { RecordKey } from './fit.ts';
import { lookUp, readIndividuals, type Scope } from './individuals.ts';
import { columnOr, keyColumns, named, placeholders, quoted } from './sql.ts';

/** An e-mail address as compared: sources write it in any case, with spaces around. */
export const plainEmail = (value: string): string => value.trim().toLowerCase();
/** A phone number as compared: its digits, without the international prefix `00`. */
export const plainPhone = (value: string): string => value.replace(/\D/g, '').replace(/^00/, '');
const plainName = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The parties that an identifier leads to in one data space, as the rows that hold it name them. */
export async function findParties(scope: Scope, identifier: Identifier): Promise<RecordKey[]> {
  const { emails, phones, identifications } = scope.map;
  const { kind, name, value } = identifier;
  if (kind === 'party-id') return readIndividuals(scope, [value]);
  if (kind === 'email') return emails === null ? [] : partiesWhere(scope, emails, (column) => `LOWER(TRIM(${column}))`, [plainEmail(value)]);
  if (kind === 'phone') {
    const digits = plainPhone(value);
    return phones === null || digits === '' ? [] : partiesWhere(scope, phones, (column) => `REGEXP_REPLACE(${column}, '[^0-9]', '', 'g')`, [digits, `00${digits}`]);
  }
  if (identifications === null) return [];
  const wanted = plainName(name.replace(/^externalIds\./, ''));
  const rows = await rowsWhere(scope, identifications, (column) => `TRIM(${column})`, [value.trim()], identifications.names);
  return rows.filter(([, , , ...names]) => names.some((it) => plainName(it) === wanted)).map(keyOf);
}

async function partiesWhere(scope: Scope, points: ContactPoints, compared: (column: string) => string, values: readonly string[]): Promise<RecordKey[]> {
  return (await rowsWhere(scope, points, compared, values, [])).map(keyOf);
}

async function rowsWhere(scope: Scope, points: ContactPoints, compared: (column: string) => string, values: readonly string[], more: readonly string[]): Promise<string[][]> {
  const { list, parameters } = placeholders(values);
  const columns = [...keyColumns(points.party), columnOr(points.dataSourceField), ...more.map(quoted)];
  const conditions = points.values.map((value) => `${compared(quoted(value))} IN (${list})`);
  const rows = await lookUp(scope, { text: `SELECT ${named(columns)} FROM ${quoted(points.object)} WHERE ${conditions.join(' OR ')}`, parameters });
  return rows.filter(([partyId]) => partyId !== '');
}

const keyOf = ([partyId = '', keyQualifier = '', dataSource = '']: readonly string[]): RecordKey => ({ partyId, keyQualifier, dataSource });
