import * as z from 'zod';
import { SystemFailure } from '../../domain/failure.ts';
import { failureOfAnswer } from '../../salesforce/answer-failure.ts';
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
  /** Fields that the account turned out not to know, as `visitors.campaignId`. */
  readonly unknown: Set<string>;
}

const answerShape = z.looseObject({ values: z.array(z.record(z.string(), z.unknown())), nextPageToken: z.string().nullish() });

/** More than five calls at the same time, and the allowance of the day. */
const BUSY = ['66', '122'];
/** The warning of a sequence that ends at 100,000 records although there are more. */
const CUT = /(?:^|\D)203(?:\D|$)/;

/** Fields differ from account to account, and one that is not known makes the whole query fail. */
const unknownFields = (text: string): string[] => /"message"\s*:\s*"Invalid fields? for request type: ([\w.,\s]+)/i.exec(text)?.[1]?.split(',').map((name) => name.trim()) ?? [];

/**
 * Records of one object, values in the order of the kind's fields, page by page. `isCut`: there are more, which this sequence does not give.
 * What the account does not know is asked for no more, and stays empty.
 *
 * @throws SystemFailure
 * @see Account Engagement API, "Version 5 Overview": with a page token only `fields` may be sent; read 2026-11
 */
export async function* queryObjects(scope: EngagementScope, { path, fields, owner }: EngagementKind, filter: Readonly<Record<string, string>>): AsyncGenerator<{ readonly rows: unknown[][]; readonly isCut: boolean }, void> {
  const { salesforce, system, baseUrl, businessUnit, signal, onPage, unknown } = scope;
  const known = () => fields.filter((field) => !unknown.has(`${path}.${field}`));
  let token: string | undefined;
  for (;;) {
    const asked = new URLSearchParams({ fields: known().join(','), ...(token === undefined ? filter : { nextPageToken: token }) });
    const answer = await salesforce.call({
      system, signal, method: 'GET', busyCodes: BUSY, readsStatus: [400], headers: { 'pardot-business-unit-id': businessUnit },
      origin: baseUrl.replace(/\/+$/, ''), path: `/api/v5/objects/${path}?${asked.toString()}`,
    });
    if (answer.status === 400) {
      const more = unknownFields(answer.text).filter((field) => field !== owner && known().includes(field));
      if (more.length === 0) throw failureOfAnswer({ system, status: 400, text: answer.text, retryAfter: undefined, fromTokenEndpoint: false, busyCodes: BUSY });
      for (const field of more) unknown.add(`${path}.${field}`);
      continue;
    }
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
