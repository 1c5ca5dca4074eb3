import * as z from 'zod';
import { SystemFailure } from '../../domain/failure.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import { jsonOf } from '../../salesforce/http.ts';
import { readAs } from '../../salesforce/read-answer.ts';
import type { EngagementKind } from './kinds.ts';

/** One business unit, and who asks it. */
export interface EngagementScope {
  readonly salesforce: Salesforce;
  readonly system: string;
  readonly baseUrl: string;
  readonly businessUnit: string;
  readonly signal: AbortSignal;
  readonly onPage: () => void;
}

const answerShape = z.looseObject({ values: z.array(z.record(z.string(), z.unknown())), nextPageToken: z.string().nullish() });

/** More than five calls at the same time, and the allowance of the day. */
const BUSY = ['66', '122'];
/** The warning of a sequence that ends at 100,000 records although there are more. */
const CUT = /(?:^|\D)203(?:\D|$)/;

/**
 * Records of one object, values in the order of the kind's fields, page by page. `isCut`: there are more, which this sequence does not give.
 *
 * @throws SystemFailure
 * @see Account Engagement API, "Version 5 Overview": with a page token only `fields` may be sent; read 2026-11
 */
export async function* queryObjects(scope: EngagementScope, { path, fields }: EngagementKind, filter: Readonly<Record<string, string>>): AsyncGenerator<{ readonly rows: unknown[][]; readonly isCut: boolean }, void> {
  const { salesforce, system, baseUrl, businessUnit, signal, onPage } = scope;
  let token: string | undefined;
  for (;;) {
    const asked = new URLSearchParams({ fields: fields.join(','), ...(token === undefined ? filter : { nextPageToken: token }) });
    const answer = await salesforce.call({
      system, signal, method: 'GET', busyCodes: BUSY, headers: { 'pardot-business-unit-id': businessUnit },
      origin: baseUrl.replace(/\/+$/, ''), path: `/api/v5/objects/${path}?${asked.toString()}`,
    });
    const { values, nextPageToken } = readAs(answerShape, jsonOf(system, answer), system);
    onPage();
    yield { rows: values.map((record) => fields.map((field) => valueAt(record, field))), isCut: CUT.test(String(answer.headers['pardot-warning'] ?? '')) };
    if (!nextPageToken) return;
    if (nextPageToken === token) throw new SystemFailure({ kind: 'unreadable', system, code: 'PAGE_REPEATED' });
    token = nextPageToken;
  }
}

/** A dotted field comes as an object of the related record. */
function valueAt(record: Readonly<Record<string, unknown>>, field: string): unknown {
  if (field in record) return record[field] ?? null;
  return field.split('.').reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined), record) ?? null;
}
