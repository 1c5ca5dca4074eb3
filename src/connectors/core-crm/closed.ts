import { SystemFailure } from '../../http/failure.ts';

/**
 * Why a part of the org, an object or a file, is closed to us however often it is asked; undefined
 * for a failure that says nothing about that part alone, such as a token that ended or a server
 * that is down.
 *
 * A refusal of one object says nothing about the others: clients that copy whole orgs pass over it,
 * whatever its code. So they do over a server that breaks at one object (500 `UNKNOWN_EXCEPTION`),
 * which it does each time.
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
 * Runs a piece of work about a part; notes why it is closed where it is, and gives nothing then.
 * @throws whatever else fails
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
