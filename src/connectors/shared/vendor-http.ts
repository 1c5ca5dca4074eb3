import type { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import { SystemFailure, type FailureKind } from '../../http/failure.ts';
import { count } from '../../http/meter.ts';
import { kindOfStatus, safeCode, secondsToWait } from '../../http/status.ts';

export interface VendorCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Makes the connections; by default our own agent. */
  readonly dispatcher?: Dispatcher;
}
/** A response whose body is still to be read; `statusCode` 200 to 299. */
export interface VendorAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable & { bytes(): Promise<Uint8Array>; dump(): Promise<void> };
}

/**
 * Vendors are slow and small: few connections, long waits. It repeats nothing and follows no
 * redirects.
 */
const agent = new Agent({
  connections: 4,
  headersTimeout: 60_000,
  bodyTimeout: 60_000,
  connect: { timeout: 10_000 },
});
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_/;

/**
 * Calls a vendor.
 *
 * @throws SystemFailure on every status outside 200 to 299 and on every broken connection
 */
export async function callVendor(
  system: string,
  { method, url, headers, body, signal, dispatcher = agent }: VendorCall,
): Promise<VendorAnswer> {
  count('calls', 1);
  const answer = await unlessBroken(system, signal, () =>
    request(url, { method, headers, body, signal, dispatcher }),
  );
  count('bytes', Number(answer.headers['content-length'] ?? 0));
  if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
  const retryAfter = answer.headers['retry-after'];
  await answer.body.dump();
  throw new SystemFailure({
    kind: kindOfStatus(answer.statusCode),
    system,
    status: answer.statusCode,
    retryAfter: secondsToWait(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, Date.now()),
  });
}

/** Who must act on a broken connection, by its code. */
function kindOfBroken(code: string): FailureKind {
  if (untrusted.test(code)) return 'denied';
  return code.startsWith('HPE_') ? 'unreadable' : 'unavailable';
}

/**
 * Runs a piece of network work, and turns a broken connection into a failure. @throws SystemFailure
 */
export async function unlessBroken<Result>(
  system: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const code = safeCode((error as { code?: unknown } | null)?.code);
    if (
      code === undefined ||
      /^ERR_INVALID|^UND_ERR_INVALID|^E(?:NOSPC|ACCES|EXIST|ISDIR|NOTDIR|ROFS|MFILE)$/.test(code)
    ) {
      throw error;
    }
    throw new SystemFailure({
      kind: kindOfBroken(code),
      system,
      code,
    });
  }
}
