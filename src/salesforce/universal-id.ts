import * as z from 'zod';
import { jsonOf } from '../http/transport.ts';
import { isNone, readAs } from './read-response.ts';
import type { Tenant } from './tenant.ts';

/** One record that a source has of a person, as the look-up takes it. */
export interface SourceRecord {
  readonly dataSource: string;
  readonly dataSourceObject: string;
  readonly id: string;
}
/** A record and the unified record that it is linked to. */
export type LinkedRecord = SourceRecord & { readonly unified: string };

const SYSTEM = 'data-cloud';
const lookupAnswer = z.looseObject({ data: z.array(z.record(z.string(), z.unknown())) });
/** A row's fields without the prefix that marks the generation of their names. */
const row = z.preprocess(
  (given) =>
    Object.fromEntries(
      Object.entries(given as object).map(([name, value]) => [
        name.replace(/^(?:ssot|std)__/i, ''),
        value as unknown,
      ]),
    ),
  z.looseObject({
    SourceRecordId__c: z.string(),
    UnifiedRecordId__c: z.string(),
    DataSourceId__c: z.string().nullish(),
    DataSourceObjectId__c: z.string().nullish(),
  }),
);

/**
 * Every record behind the same unified record as this one, with the record itself; none if it is
 * not linked.
 *
 * @throws SystemFailure
 * @see Data 360 API, `/api/v1/universalIdLookup`; read 2026-11
 */
export async function lookUpUniversalId(
  tenant: Tenant,
  dataSpace: string,
  link: string,
  asked: SourceRecord,
  signal?: AbortSignal,
): Promise<LinkedRecord[]> {
  const path = `/api/v1/universalIdLookup/${[link, asked.dataSource, asked.dataSourceObject, asked.id].map(encodeURIComponent).join('/')}`;
  const body = jsonOf(
    SYSTEM,
    await tenant.call({ system: SYSTEM, dataSpace, method: 'GET', path, signal }),
  );
  const { data } = isNone(body, 'data') ? { data: [] } : readAs(lookupAnswer, body, SYSTEM);
  return data
    .map((given) => readAs(row, given, SYSTEM))
    .map(
      ({
        SourceRecordId__c: source,
        UnifiedRecordId__c: unified,
        DataSourceId__c: dataSource,
        DataSourceObjectId__c: dataSourceObject,
      }) => ({
        id: source,
        unified,
        dataSource: dataSource ?? '',
        dataSourceObject: dataSourceObject ?? '',
      }),
    );
}
