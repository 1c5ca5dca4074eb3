import type { SystemErrorCode } from '../../contract/errors/system-errors.ts';
import * as z from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import { safeCode } from '../../http/status.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import { jsonOf } from '../../http/transport.ts';

/** The place where Data Cloud drops a profile's files. Only the body of a call holds it. */
export interface Drop {
  readonly bucket: string;
  readonly region: string;
  readonly folder: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Whether Data Cloud accepted the call for one profile; else the code that it sent. */
export type Ordered = { readonly taken: true } | { readonly taken: false; readonly code: string };

const entryShape = z.looseObject({ result: z.string(), errorCode: z.string().optional() });
const entries = z.record(z.string(), z.unknown());

/**
 * Asks for the files of one profile. It sends one ID per call, so that a refused one hides no
 * other.
 *
 * @throws SystemFailure; `unreadable` if the response says neither yes nor no about this ID
 * @see REST API Developer Guide, "Consent API for Data 360": errors come with status 200; read
 *   2026-11
 */
export async function orderPortability(
  salesforce: Salesforce,
  { system, signal }: { system: string; signal: AbortSignal },
  individualId: string,
  drop: Drop,
): Promise<Ordered> {
  // A comma would split it into two IDs, and one of them could be somebody else's.
  if (individualId.includes(',')) {
    return { taken: false, code: 'ID_HOLDS_COMMA' satisfies SystemErrorCode };
  }
  const asked = new URLSearchParams({ ids: individualId, mode: 'cdp', status: 'optin' });
  const answer = await salesforce.call({
    system,
    signal,
    method: 'PATCH',
    path: `/services/data/v${salesforce.apiVersion}/consent/action/portability?${asked.toString()}`,
    body: {
      aws_s3_bucket_id: drop.bucket,
      aws_access_key_id: drop.accessKeyId,
      aws_secret_access_key: drop.secretAccessKey,
      aws_s3_folder: drop.folder,
      aws_region: drop.region,
    },
  });
  const entry = entryFor(jsonOf(system, answer), individualId);
  if (entry === undefined) {
    throw new SystemFailure({
      kind: 'unreadable',
      system,
      status: answer.status,
      code: 'FOREIGN_SHAPE',
    });
  }
  return /^success$/i.test(entry.result)
    ? { taken: true }
    : { taken: false, code: safeCode(entry.errorCode) ?? ('REFUSED' satisfies SystemErrorCode) };
}

/**
 * What a response says of one ID, in its three known shapes: by ID under `cdpResult`, by ID at the
 * top, or one failure for all.
 */
function entryFor(answer: unknown, id: string): z.infer<typeof entryShape> | undefined {
  const top = entries.safeParse(answer);
  if (!top.success) return undefined;
  const { cdpResult, results } = top.data;
  const byId = [cdpResult, top.data, results]
    .map((holder) => entryShape.safeParse(entries.safeParse(holder).data?.[id]))
    .find(({ success }) => success);
  if (byId?.success) return byId.data;
  const forAll = entryShape.safeParse(results);
  return forAll.success && !/^success$/i.test(forAll.data.result) ? forAll.data : undefined;
}
