import * as z from 'zod';
import { foreignCode, SystemFailure } from '../http/failure.ts';
import type { Session } from './auth.ts';
import { jsonOf } from '../http/transport.ts';
import { readAs } from './read-response.ts';

/**
 * Whether an individual's data may be processed. `no-row`: no statement about it exists, so it may.
 */
export type ProcessingConsent = 'free' | 'restricted' | 'no-row';

const SYSTEM = 'data-cloud';
const text = z.string().nullish();
const outcome = z.looseObject({ result: z.string(), errorCode: text, errorMessage: text });
const flag = z.union([z.boolean(), z.string()]);
const entry = outcome.extend({
  proceed: z.looseObject({ processing: flag.nullish(), process: flag.nullish() }).nullish(),
  processing: flag.nullish(),
});
const answer = z.union([
  z.looseObject({ results: outcome }),
  z.looseObject({ cdpResult: z.record(z.string(), entry) }),
  z.record(z.string(), entry),
]);

/**
 * The flag `processing` of one individual. If it is `optout`, queries hide the individual's rows.
 *
 * It asks for one ID at a time: it is unknown how a response for several IDs reports one failure. A
 * failure comes with status 200.
 *
 * @throws SystemFailure; `unreadable` if the response does not name that very ID
 * @see REST API Developer Guide, "Use the Consent API with Data Cloud"; read 2026-11
 */
export async function readProcessingConsent(
  session: Session,
  individualId: string,
  signal?: AbortSignal,
): Promise<ProcessingConsent> {
  const query = new URLSearchParams({ ids: individualId, mode: 'cdp' });
  const path = `/services/data/v${session.apiVersion}/consent/action/processing?${query.toString()}`;
  const said = readAs(
    answer,
    jsonOf(SYSTEM, await session.call({ system: SYSTEM, method: 'GET', path, signal })),
    SYSTEM,
  );
  const own =
    'results' in said
      ? said.results
      : (
          ('cdpResult' in said ? said.cdpResult : said) as Readonly<
            Record<string, z.infer<typeof entry>>
          >
        )[individualId];
  const { result, errorCode, errorMessage, proceed, processing } = (own ?? {}) as Partial<
    z.infer<typeof entry>
  >;
  if (result === 'Failure') {
    if (/INVALID_ID_FIELD|not exist/i.test(errorMessage ?? '')) return 'no-row';
    throw new SystemFailure({
      kind: 'rejected',
      system: SYSTEM,
      status: 200,
      code: /^[A-Z_]{2,64}$/.test(errorCode ?? '')
        ? foreignCode(errorCode as string)
        : 'CONSENT_FAILURE',
    });
  }
  const may = String(proceed?.processing ?? proceed?.process ?? processing ?? '').toLowerCase();
  if (result === 'Success' && ['true', 'optin'].includes(may)) return 'free';
  if (result === 'Success' && ['false', 'optout'].includes(may)) return 'restricted';
  throw new SystemFailure({ kind: 'unreadable', system: SYSTEM, code: 'FOREIGN_SHAPE' });
}
