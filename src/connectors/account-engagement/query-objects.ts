import * as z from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import { jsonOf, type HttpResponse } from '../../http/transport.ts';
import { readAs } from '../../salesforce/read-response.ts';
import type { EngagementKind } from './kinds.ts';
import {
  BUSY,
  CUT,
  explained,
  REDACTED,
  refusal,
  refusedFields,
  refusesDeleted,
  warningsIn,
} from './refusals.ts';

/** One business unit, and the sign-in for its calls. */
export interface EngagementScope {
  readonly salesforce: Salesforce;
  readonly system: string;
  readonly baseUrl: string;
  readonly businessUnit: string;
  readonly signal: AbortSignal;
  readonly onPage: () => void;
  /** Fields that the account turned out not to have, such as `visitors.campaignId`. */
  readonly unknown: Set<string>;
  /** Fields that a record returns and a query does not, such as `prospects.Hobbies__c`. */
  readonly unqueried: Set<string>;
}

/**
 * A page of records, values in the order of the kind's fields. `isCut`: there are more, which this
 * sequence does not return. `isRedacted`: some are held back from us.
 */
export interface EngagementPage {
  readonly rows: unknown[][];
  readonly isCut: boolean;
  readonly isRedacted: boolean;
}

/** The response to a query of version 5 has `values`, and a token if there is more. */
const answerShape = z.looseObject({
  values: z.array(z.record(z.string(), z.unknown())),
  nextPageToken: z.string().nullish(),
});
const recordShape = z.record(z.string(), z.unknown());

/**
 * Records of one object, page by page. Fields that the account does not have, or that queries do
 * not return, are dropped from the query, and stay empty.
 *
 * @throws SystemFailure
 * @see Account Engagement API, "Version 5 Overview": with a page token only `fields` may be sent;
 *   read 2026-11-28
 */
export async function* queryObjects(
  scope: EngagementScope,
  { path, fields, owner }: EngagementKind,
  given: Readonly<Record<string, string>>,
): AsyncGenerator<EngagementPage, void> {
  const { system, onPage, unknown, unqueried } = scope;
  const known = () =>
    fields.filter(
      (field) => !unknown.has(`${path}.${field}`) && !unqueried.has(`${path}.${field}`),
    );
  let token: string | undefined;
  let filter = given;
  for (;;) {
    const asked = new URLSearchParams({
      fields: known().join(','),
      ...(token === undefined ? filter : { nextPageToken: token }),
    });
    const answer = await call(scope, `${path}?${asked.toString()}`);
    if (answer.status === 400) {
      const refused = refusedFields(answer.text);
      const [gone, hidden] = [refused.unknown, refused.unqueried].map((names) =>
        names.filter((field) => field !== owner && field !== 'id' && known().includes(field)),
      );
      if (gone?.length === 0 && hidden?.length === 0) {
        const { deleted, ...rest } = filter;
        if (deleted === undefined || token !== undefined || !refusesDeleted(answer.text)) {
          throw refusal(system, answer);
        }
        filter = rest;
        continue;
      }
      for (const field of gone ?? []) {
        unknown.add(`${path}.${field}`);
      }
      for (const field of hidden ?? []) {
        unqueried.add(`${path}.${field}`);
      }
      continue;
    }
    const { values, nextPageToken } = readAs(answerShape, jsonOf(system, answer), system);
    onPage();
    const warnings = warningsIn(answer.headers['pardot-warning']);
    yield {
      rows: values.map((record) => fields.map((field) => valueAt(record, field))),
      isCut: warnings.some((it) => CUT.has(it)),
      isRedacted: warnings.includes(REDACTED),
    };
    if (!nextPageToken) return;
    if (nextPageToken === token) {
      throw new SystemFailure({ kind: 'unreadable', system, code: 'PAGE_REPEATED' });
    }
    token = nextPageToken;
  }
}

/**
 * Fields of one record that queries do not return: multi-select, checkbox and multi-response ones.
 * Returns nothing if there is no such record.
 *
 * @throws SystemFailure
 * @see segevsh/w6w-apps, apps/pardot/README.md at dd027ef: a query leaves such fields out, the
 *   reading of one record gives them; read 2026-11-28
 */
export async function readFields(
  scope: EngagementScope,
  path: string,
  { id, fields }: { readonly id: string; readonly fields: readonly string[] },
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const asked = new URLSearchParams({ fields: fields.join(','), deleted: 'all' });
  const answer = await call(scope, `${path}/${encodeURIComponent(id)}?${asked.toString()}`);
  if (answer.status === 404) return undefined;
  if (answer.status === 400) throw refusal(scope.system, answer);
  scope.onPage();
  return readAs(recordShape, jsonOf(scope.system, answer), scope.system);
}

async function call(
  { salesforce, system, baseUrl, businessUnit, signal }: EngagementScope,
  path: string,
): Promise<HttpResponse> {
  try {
    return await salesforce.call({
      system,
      signal,
      method: 'GET',
      busyCodes: BUSY,
      readsStatus: path.includes('/') ? [400, 404] : [400],
      headers: { 'pardot-business-unit-id': businessUnit },
      origin: baseUrl.replace(/(?<!\/)\/+$/, ''),
      path: `/api/v5/objects/${path}`,
    });
  } catch (error) {
    throw error instanceof SystemFailure ? explained(error) : error;
  }
}

/** A dotted field comes as an object of the related record. */
export function valueAt(record: Readonly<Record<string, unknown>>, field: string): unknown {
  if (field in record) return record[field] ?? null;
  return (
    field
      .split('.')
      .reduce<unknown>(
        (value, step) =>
          typeof value === 'object' && value !== null
            ? (value as Record<string, unknown>)[step]
            : undefined,
        record,
      ) ?? null
  );
}
