import { SystemFailure } from '../../http/failure.ts';

/**
 * Why a part of the org, an object or a file, stays closed to us however often we ask. Undefined if
 * the failure says nothing about that part alone: a token that ended, a server that is down.
 *
 * A refusal of one object says nothing about the others: clients that copy whole orgs skip it,
 * whatever its code. They also skip a server that breaks at one object (500 `UNKNOWN_EXCEPTION`),
 * because it does so each time.
 *
 * @see airbytehq/airbyte, source-salesforce, `rate_limiting.py`, commit 0442fc0; read 2026-11-28
 */
export function whyClosed(error: unknown): string | undefined {
  if (!(error instanceof SystemFailure)) return undefined;
  const { kind, status, code } = error.facts;
  const isClosed =
    kind === 'rejected' ||
    (kind === 'denied' && status === 403) ||
    (status === 500 && code === 'UNKNOWN_EXCEPTION');
  return isClosed ? (code ?? `status ${status ?? 'unknown'}`) : undefined;
}

/**
 * Runs a piece of work about a part. If the part is closed, it notes why and returns nothing.
 * @throws any other failure
 */
export async function unlessClosed<Result>(
  note: (why: string, failure: unknown) => void,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    const why = whyClosed(error);
    if (why === undefined) throw error;
    note(why, error);
    return undefined;
  }
}
