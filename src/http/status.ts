import { foreignCode, type FailureKind, type ForeignCode } from './failure.ts';

/**
 * Who must act on an HTTP status outside 200 to 299, if the system sent no code that says more.
 *
 * 401, 403: `denied`. 408, 420, 425, 429 and all of 5xx but 501: `unavailable`. Other 4xx, and 501,
 * do not pass when asked again: `rejected`. The rest, redirects among them, is no response of an
 * API: `unreadable`.
 */
export function kindOfStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'denied';
  if ([408, 420, 425, 429].includes(status) || (status >= 500 && status < 600 && status !== 501)) {
    return 'unavailable';
  }
  return (status >= 400 && status < 500) || status === 501 ? 'rejected' : 'unreadable';
}

/**
 * The seconds that a `Retry-After` header asks for, a day at most; nothing if it is absent or
 * senseless. `now` in milliseconds.
 */
export function secondsToWait(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = /^\d+$/.test(header.trim())
    ? Number(header)
    : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : undefined;
}

/**
 * A system's error code, if it looks like a code. Any other text may hold words about a person and
 * is dropped.
 */
export function safeCode(code: unknown): ForeignCode | undefined {
  return typeof code === 'string' && /^[A-Za-z][A-Za-z0-9_]{1,63}$|^[0-9A-Z]{5}$/.test(code)
    ? foreignCode(code)
    : undefined;
}
