import * as z from 'zod';
import { jsonOf } from './http.ts';
import { readAs } from './read-answer.ts';
import type { Tenant } from './tenant.ts';

/** One record that a source has of a person, as the lookup asks for it. */
export interface SourceRecord { readonly dataSource: string; readonly dataSourceObject: string; readonly id: string }
/** A record and the unified record that it is linked to. */
export type LinkedRecord = SourceRecord & { readonly unified: string };

const SYSTEM = 'data-cloud';
const text = z.string().nullish();
const lookupAnswer = z.looseObject({
  data: z.array(z.looseObject({ SourceRecordId__c: z.string(), UnifiedRecordId__c: z.string(), ssot__DataSourceId__c: text, ssot__DataSourceObjectId__c: text })),
});

/**
 * Every record behind the same unified record as this one, itself among them; none where it is not linked.
 *
 * @throws SystemFailure
 * @see Data 360 API, `/api/v1/universalIdLookup`; read 2026-11
 */
export async function lookUpUniversalId(tenant: Tenant, dataSpace: string, link: string, { dataSource, dataSourceObject, id }: SourceRecord, signal?: AbortSignal): Promise<LinkedRecord[]> {
  const path = `/api/v1/universalIdLookup/${[link, dataSource, dataSourceObject, id].map(encodeURIComponent).join('/')}`;
  const { data } = readAs(lookupAnswer, jsonOf(SYSTEM, await tenant.call({ system: SYSTEM, dataSpace, method: 'GET', path, signal })), SYSTEM);
  return data.map((row) => ({
    id: row.SourceRecordId__c, unified: row.UnifiedRecordId__c, dataSource: row.ssot__DataSourceId__c ?? '', dataSourceObject: row.ssot__DataSourceObjectId__c ?? '',
  }));
}
