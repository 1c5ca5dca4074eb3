import { setTimeout as sleep } from 'node:timers/promises';
import { html, json, type Answer, type Call } from './http.ts';
import type { Fault } from '../seed/shape.ts';

/** An error in the terms of the core plane. Each plane has its own shape for it. */
export interface PlainError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The shape of an error in a plane. */
export type ErrorShape = (error: PlainError, call: Call) => Answer;

/**
 * What a fault does to a call: a response, or a connection that ends before, during or after the
 * call took effect.
 */
export type Intercepted = Answer | 'drop' | 'cut' | 'lost' | undefined;

/** The faults and the counts of calls of all planes. */
export interface Interceptor {
  intercept(plane: string, call: Call, pattern: string, shape: ErrorShape): Promise<Intercepted>;
  order(fault: Fault): void;
  clear(): void;
  /** Calls by `<plane> <method> <route>`, and the calls that a fault hit. */
  counts(): {
    readonly calls: Readonly<Record<string, number>>;
    readonly faults: Readonly<Record<string, number>>;
  };
  resetCounts(): void;
}

/** An interceptor with the faults of a seed. */
export function interceptCalls(initial: readonly Fault[]): Interceptor {
  let faults = initial.map(ordered);
  const calls = new Map<string, number>();
  const hits = new Map<string, number>();

  return {
    order: (fault) => {
      faults.push(ordered(fault));
    },
    clear: () => {
      faults = [];
    },
    counts: () => ({ calls: sorted(calls), faults: sorted(hits) }),
    resetCounts: () => {
      calls.clear();
      hits.clear();
    },
    intercept: async (plane, call, pattern, shape) => {
      if (call.path.startsWith('/control')) return undefined;
      const key = `${plane} ${call.method} ${pattern}`;
      count(calls, key);
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
        return WITHOUT_ANSWER[fault.kind] ?? faultAnswer(call, fault, shape);
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

const ordered = (fault: Fault): Ordered => ({
  fault,
  pattern: new RegExp(fault.match),
  seen: 0,
  hits: 0,
});
const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b)));

const WITHOUT_ANSWER: Readonly<Partial<Record<Fault['kind'], 'drop' | 'cut' | 'lost'>>> = {
  drop: 'drop',
  cut: 'cut',
  'lost-answer': 'lost',
};

const ERRORS: Readonly<Partial<Record<Fault['kind'], PlainError>>> = {
  unauthorized: { status: 401, code: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
  forbidden: { status: 403, code: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights' },
  limit: { status: 403, code: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
  'too-many': { status: 429, code: 'REQUEST_LIMIT_EXCEEDED', message: 'Too many requests' },
  unavailable: {
    status: 503,
    code: 'SERVER_UNAVAILABLE',
    message: 'The server is down or overloaded',
  },
  'unknown-error': { status: 400, code: 'unknown_error', message: 'retry your request' },
  'bad-request': {
    status: 400,
    code: 'INVALID_ARGUMENT',
    message: 'The request is not understood',
  },
  'server-error': {
    status: 500,
    code: 'UNKNOWN_EXCEPTION',
    message: 'An unexpected error occurred',
  },
  'not-found': { status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist' },
  gone: { status: 410, code: 'GONE', message: 'The resource is gone' },
  conflict: {
    status: 409,
    code: 'CONFLICT',
    message: 'The request conflicts with the state of the resource',
  },
  locked: {
    status: 400,
    code: 'UNABLE_TO_LOCK_ROW',
    message: 'unable to obtain exclusive access to this record',
  },
  'error-in-200': {
    status: 200,
    code: 'UNKNOWN_EXCEPTION',
    message: 'An unexpected error occurred',
  },
};

/**
 * Salesforce's own texts repeat the query, and with it the person's address. A client must not pass
 * them on.
 */
const REPEATING: ReadonlySet<Fault['kind']> = new Set(['bad-request', 'server-error']);
const saidIn = ({ query, body }: Call): string =>
  [...query.values(), body.toString('utf8')].join(' ').trim();

function faultAnswer(call: Call, fault: Fault, shape: ErrorShape): Answer {
  if (fault.kind === 'html') return html(503, 'Down for maintenance');
  if (fault.kind === 'too-long') return html(414, 'URI Too Long');
  if (fault.kind === 'login-page') return html(200, 'Login | Salesforce');
  const error = ERRORS[fault.kind];
  if (error === undefined) return json(200, { unexpected: true });
  const answer = shape(
    REPEATING.has(fault.kind) ? { ...error, message: `${error.message}: ${saidIn(call)}` } : error,
    call,
  );
  return fault.retryAfter === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'retry-after': String(fault.retryAfter) } };
}
