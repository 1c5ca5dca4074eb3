import { setTimeout as sleep } from 'node:timers/promises';
import { html, json, type Answer, type Call } from './http.ts';
import type { Plane } from './listen.ts';
import type { Fault } from './seed-shape.ts';

/** Faults and the counts of calls, over all planes. */
export interface Interceptor {
  intercept(plane: Plane['name'], call: Call, pattern: string): Promise<Answer | 'drop' | 'cut' | undefined>;
  order(fault: Fault): void;
  clear(): void;
  /** Calls by `<plane> <method> <route>`, and those that a fault hit. */
  counts(): { readonly calls: Readonly<Record<string, number>>; readonly faults: Readonly<Record<string, number>> };
  /** Calls of a plane since the start, whatever was reset. */
  total(plane: Plane['name']): number;
  resetCounts(): void;
}

/** An interceptor with the faults of a seed. */
export function interceptCalls(initial: readonly Fault[]): Interceptor {
  let faults = initial.map(ordered);
  const calls = new Map<string, number>();
  const hits = new Map<string, number>();
  const totals = new Map<string, number>();

  return {
    order: (fault) => {
      faults.push(ordered(fault));
    },
    clear: () => {
      faults = [];
    },
    counts: () => ({ calls: sorted(calls), faults: sorted(hits) }),
    total: (plane) => totals.get(plane) ?? 0,
    resetCounts: () => {
      calls.clear();
      hits.clear();
    },
    intercept: async (plane, call, pattern) => {
      if (call.path.startsWith('/control')) return undefined;
      const key = `${plane} ${call.method} ${pattern}`;
      count(calls, key);
      count(totals, plane);
      const line = `${plane} ${call.method} ${call.path}`;
      for (const entry of faults) {
        const { fault } = entry;
        if (!entry.pattern.test(line)) continue;
        entry.seen += 1;
        if (entry.seen <= (fault.after ?? 0) || entry.hits >= (fault.times ?? Infinity)) continue;
        entry.hits += 1;
        count(hits, key);
        if (fault.kind === 'slow') {
          await sleep(fault.delayMs ?? 1_000, undefined, { ref: false });
          return undefined;
        }
        return fault.kind === 'drop' || fault.kind === 'cut' ? fault.kind : faultAnswer(plane, call, fault);
      }
      return undefined;
    },
  };
}

interface Ordered {
  readonly fault: Fault;
  readonly pattern: RegExp;
  seen: number;
  hits: number;
}

const ordered = (fault: Fault): Ordered => ({ fault, pattern: new RegExp(fault.match), seen: 0, hits: 0 });
const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b)));

const STATUS: Readonly<
  Record<
    Exclude<Fault['kind'], 'drop' | 'cut' | 'slow' | 'html' | 'foreign'>,
    { status: number; code: string; message: string }
  >
> = {
  unauthorized: { status: 401, code: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
  forbidden: { status: 403, code: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights' },
  limit: { status: 403, code: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
  'too-many': { status: 429, code: 'REQUEST_LIMIT_EXCEEDED', message: 'Too many requests' },
  unavailable: { status: 503, code: 'SERVER_UNAVAILABLE', message: 'The server is down or overloaded' },
  'unknown-error': { status: 400, code: 'unknown_error', message: 'retry your request' },
  'bad-request': { status: 400, code: 'INVALID_ARGUMENT', message: 'The request is not understood' },
  'server-error': { status: 500, code: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred' },
  'not-found': { status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist' },
  gone: { status: 410, code: 'GONE', message: 'The resource is gone' },
};

function faultAnswer(plane: Plane['name'], call: Call, fault: Fault): Answer {
  if (fault.kind === 'html') return html(503, 'Down for maintenance');
  if (fault.kind === 'foreign') return json(200, { unexpected: true });
  const { status, code, message } = STATUS[fault.kind as keyof typeof STATUS];
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  if (call.path.startsWith('/services/oauth2/') || call.path.startsWith('/services/a360/'))
    return json(
      status,
      { error: status === 400 ? 'unknown_error' : code.toLowerCase(), error_description: message },
      headers,
    );
  if (plane === 'core') return json(status, [{ message, errorCode: code }], headers);
  if (plane === 'tenant') return json(status, tenantError(status, message, call.path), headers);
  return json(
    status,
    { error: { code: status, message, errors: [{ domain: 'Simulated', reason: code, message }] } },
    headers,
  );
}

/** The tenant plane's own shape of an error: an object. */
export const tenantError = (status: number, message: string, path: string): object => ({
  timestamp: new Date().toISOString().replace('Z', '+0000'),
  error: REASONS[status] ?? 'Error',
  message,
  path,
  internalErrorCode: 'COMMON_ERROR_GENERIC',
  details: { statusCode: status },
});
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
