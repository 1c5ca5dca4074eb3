import type { ContactPoints } from '../../domain/object-map.ts';
import type { Identifier } from '../../domain/request.ts';
import type { RecordKey } from './fit.ts';
import { lookUp, readIndividuals, type Scope } from './individuals.ts';
import { columnOr, keyColumns, placeholders, quoted } from './sql.ts';

/** An e-mail address as compared: sources write it in any case, with spaces around. */
export const plainEmail = (value: string): string => value.trim().toLowerCase();
/** A phone number as compared: its digits, without the international prefix `00`. */
export const plainPhone = (value: string): string => value.replace(/\D/g, '').replace(/^00/, '');
const plainName = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The parties that an identifier leads to in one data space, as the rows that hold it name them. */
export async function findParties(scope: Scope, identifier: Identifier): Promise<RecordKey[]> {
  const { map } = scope;
  switch (identifier.kind) {
    case 'email':
      return map.emails === null ? [] : partiesWhere(scope, map.emails, (column) => `LOWER(TRIM(${column}))`, [plainEmail(identifier.value)]);
    case 'phone': {
      const digits = plainPhone(identifier.value);
      if (map.phones === null || digits === '') return [];
      return partiesWhere(scope, map.phones, (column) => `REGEXP_REPLACE(${column}, '[^0-9]', '', 'g')`, [digits, `00${digits}`]);
    }
    case 'party-id':
      return readIndividuals(scope, [identifier.value]);
    case 'external-id': {
      const { identifications } = map;
      if (identifications === null) return [];
      const wanted = plainName(identifier.name.replace(/^externalIds\./, ''));
      const rows = await rowsWhere(scope, identifications, (column) => `TRIM(${column})`, [identifier.value.trim()], identifications.names);
      return rows.filter(([, , , ...names]) => names.some((name) => plainName(name) === wanted)).map(keyOf);
    }
  }
}

async function partiesWhere(scope: Scope, points: ContactPoints, compared: (column: string) => string, values: readonly string[]): Promise<RecordKey[]> {
  return (await rowsWhere(scope, points, compared, values, [])).map(keyOf);
}

async function rowsWhere(scope: Scope, points: ContactPoints, compared: (column: string) => string, values: readonly string[], more: readonly string[]): Promise<string[][]> {
  const { list, parameters } = placeholders(values);
  const columns = [...keyColumns(points.party), columnOr(points.dataSourceField), ...more.map(quoted)];
  const conditions = points.values.map((value) => `${compared(quoted(value))} IN (${list})`);
  const rows = await lookUp(scope, { text: `SELECT ${columns.join(', ')} FROM ${quoted(points.object)} WHERE ${conditions.join(' OR ')}`, parameters });
  return rows.filter(([partyId]) => partyId !== '');
}

const keyOf = ([partyId = '', keyQualifier = '', dataSource = '']: readonly string[]): RecordKey => ({ partyId, keyQualifier, dataSource });
