import type { KeyField, ObjectMap, Ruleset } from '../../../contract/object-map.ts';
import type { Named } from '../../../contract/profile.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import type { Sql } from '../../../salesforce/data-cloud-query.ts';
import type { RecordKey } from './fit.ts';
import { askable, keyText } from '../key-form.ts';
import { columnOr, keyColumns, pieces, quoted, selectWhereIn } from '../sql.ts';

/** The context of a query: which Salesforce, which data space, and until when. */
export interface Place {
  readonly salesforce: Salesforce;
  readonly map: Pick<ObjectMap, 'dataSpace'>;
  readonly signal?: AbortSignal;
}

/** A place with its objects. */
export interface Scope extends Place {
  readonly salesforce: Salesforce;
  readonly map: ObjectMap;
  readonly signal?: AbortSignal;
}

/** One individual record, with its name and birth date. Held in memory only. */
export interface Individual extends RecordKey, Named {
  readonly dataSourceObject: string;
}

/** One row of a link object. */
export interface Link extends RecordKey {
  readonly unified: string;
}

const AT_ONCE = 500;

/**
 * Rows of a look-up, as texts in the form in which keys are compared; empty for null. It holds them
 * in memory.
 *
 * @param onRow sees each row as it comes, and throws to end a look-up that brings too many
 */
export async function lookUp(
  { salesforce, map, signal }: Place,
  sql: Sql,
  onRow?: (row: readonly string[]) => void,
): Promise<string[][]> {
  let found: string[][] = [];
  for await (const { offset, values, columns } of salesforce.query(sql, {
    dataSpace: map.dataSpace,
    signal,
  })) {
    if (offset === 0) found = [];
    for (let row = 0; row < values.count; row += 1) {
      const texts = columns.map((_, column) => keyText(values, columns, row, column));
      onRow?.(texts);
      found.push(texts);
    }
  }
  return found;
}

/** Rows of an object whose `field` is one of `values`, however many there are. */
export async function lookUpAll(
  scope: Place,
  columns: readonly string[],
  object: string,
  field: KeyField,
  values: readonly string[],
): Promise<string[][]> {
  const found: string[][] = [];
  for (const some of pieces(askable(field, values), AT_ONCE)) {
    found.push(...(await lookUp(scope, selectWhereIn(columns, object, field, some))));
  }
  return found;
}

/**
 * All individual records with one of these party IDs, even other people's: a party ID is not
 * unique.
 */
export async function readIndividuals(
  scope: Scope,
  partyIds: readonly string[],
): Promise<Individual[]> {
  const {
    object,
    key,
    dataSourceField,
    dataSourceObjectField = null,
    givenName,
    familyName,
    birthDate,
  } = scope.map.individual;
  const columns = [
    ...keyColumns(key),
    ...[dataSourceField, givenName, familyName, birthDate, dataSourceObjectField].map((field) =>
      columnOr(field),
    ),
  ];
  const rows = await lookUpAll(scope, columns, object, key, partyIds);
  return rows.map(
    ([
      partyId = '',
      keyQualifier = '',
      dataSource = '',
      given = '',
      family = '',
      birth = '',
      dataSourceObject = '',
    ]) => ({
      partyId,
      keyQualifier,
      dataSource,
      givenName: given,
      familyName: family,
      birthDate: birth.slice(0, 10),
      dataSourceObject,
    }),
  );
}

/** Links of a ruleset by source record or by unified record. */
export async function readLinks(
  scope: Scope,
  ruleset: Ruleset,
  by: 'SourceRecordId__c' | 'UnifiedRecordId__c',
  ids: readonly string[],
): Promise<Link[]> {
  const {
    linkSource: source = 'SourceRecordId__c',
    linkUnified: unifiedField = 'UnifiedRecordId__c',
  } = ruleset;
  const columns = [
    ...keyColumns({ field: source, keyQualifier: ruleset.linkKeyQualifier }),
    columnOr(ruleset.linkDataSource),
    quoted(unifiedField),
  ];
  const rows = await lookUpAll(
    scope,
    columns,
    ruleset.link,
    { field: by === 'SourceRecordId__c' ? source : unifiedField, keyQualifier: null },
    ids,
  );
  return rows.map(([partyId = '', keyQualifier = '', dataSource = '', unified = '']) => ({
    partyId,
    keyQualifier,
    dataSource,
    unified,
  }));
}

/**
 * The records for splitting rows: every individual record that shares a party ID with an included
 * profile of the data space.
 */
export async function siblings(
  salesforce: Salesforce,
  map: ObjectMap,
  profiles: readonly RecordKey[],
  signal?: AbortSignal,
): Promise<RecordKey[]> {
  const found = await readIndividuals({ salesforce, map, signal }, [
    ...new Set(profiles.map(({ partyId }) => partyId)),
  ]);
  const keys = [...found, ...profiles].map(({ partyId, keyQualifier, dataSource }): RecordKey => ({
    partyId,
    keyQualifier,
    dataSource,
  }));
  return [...new Map(keys.map((key) => [identityOf(key), key])).values()];
}

/** One text per record, for maps and sets. */
export const identityOf = ({ partyId, keyQualifier, dataSource }: RecordKey): string =>
  JSON.stringify([partyId, keyQualifier, dataSource]);
