import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, request } from 'undici';
import { SystemFailure } from '../domain/failure.ts';
import { failureOfAnswer, failureOfConnection } from './answer-failure.ts';
import { parseJson } from './json.ts';

export interface HttpRequest {
  /** The system that failures name. */
  readonly system: string;
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  readonly fromTokenEndpoint?: boolean;
}

/** A success: status 200 to 299. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** HTTP to Salesforce. It never repeats a call: that is Temporal's alone. */
export interface Http {
  /** @throws SystemFailure for every status outside 200 to 299 and for every broken connection; the signal's reason if it is aborted */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Limits of the connection. Times in milliseconds. */
export interface HttpLimits {
  readonly connections: number;
  readonly connectTimeout: number;
  /** Until the first byte: listing 100 objects of a large org takes 20 seconds. */
  readonly headersTimeout: number;
  /** Between two pieces of a body. */
  readonly bodyTimeout: number;
  /** In bytes. */
  readonly maxBody: number;
}
const LIMITS: HttpLimits = { connections: 12, connectTimeout: 10_000, headersTimeout: 120_000, bodyTimeout: 60_000, maxBody: 256 * 2 ** 20 };

/** HTTP over one pool of connections. `ca`: a PEM file of an authority to trust besides the known ones. */
export function createHttp(ca?: string, limits: Partial<HttpLimits> = {}): Http {
  const { connections, connectTimeout, headersTimeout, bodyTimeout, maxBody } = { ...LIMITS, ...limits };
  const agent = new Agent({
    connections, headersTimeout, bodyTimeout,
    maxResponseSize: maxBody,
    connect: { timeout: connectTimeout, ...(ca !== undefined && { ca: [...rootCertificates, readFileSync(ca, 'utf8')] }) },
  });
  return {
    async send({ system, method, url, headers, body, signal, fromTokenEndpoint = false }) {
      signal?.throwIfAborted();
      let answer: HttpAnswer;
      try {
        const response = await request(url, { method, dispatcher: agent, headers: { accept: 'application/json', ...headers }, body, signal });
        answer = {
          status: response.statusCode,
          contentType: String(response.headers['content-type'] ?? ''),
          headers: response.headers,
          text: await response.body.text(),
        };
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw failureOfConnection(system, error);
      }
      if (answer.status >= 200 && answer.status < 300) return answer;
      const retryAfter = answer.headers['retry-after'];
      throw failureOfAnswer({ system, status: answer.status, text: answer.text, fromTokenEndpoint, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter });
    },
    close: () => agent.close(),
  };
}

/**
 * The JSON of a successful answer, big numbers with their digits; nothing for 204.
 *
 * @throws SystemFailure `unreadable` for a page instead of JSON, as proxies and login pages give with status 200
 */
export function jsonOf(system: string, answer: HttpAnswer): unknown {
  if (answer.status === 204) return undefined;
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(answer.contentType)) throw new SystemFailure({ kind: 'unreadable', system, status: answer.status, code: 'NOT_JSON' });
  try {
    return parseJson(answer.text);
  } catch {
    throw new SystemFailure({ kind: 'unreadable', system, status: answer.status, code: 'NOT_JSON' });
  }
}
