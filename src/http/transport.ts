import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { Agent, request } from 'undici';
import { SystemFailure } from './failure.ts';
import { failureOfResponse, failureOfConnection } from './response-failure.ts';
import { decodedBody, textOf } from './decoded-body.ts';
import { parseJson } from './json.ts';
import type { LimitWatch } from './limit-watch.ts';
import { count } from './meter.ts';

export interface HttpRequest {
  /** The system that failures name. */
  readonly system: string;
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  readonly fromTokenEndpoint?: boolean;
  /** Codes of a refusal that mean "ask later", whatever the status. */
  readonly busyCodes?: readonly string[];
  /**
   * Statuses beside 200 to 299 whose response the caller reads itself, because its body says what
   * happened.
   */
  readonly readsStatus?: readonly number[];
}

/** A success: status 200 to 299. */
export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * A success whose body is still unread. Read it to its end or `destroy` it. If the connection
 * breaks meanwhile, the reader gets a `SystemFailure`.
 */
export interface HttpStream extends Omit<HttpResponse, 'text'> {
  readonly body: AsyncIterable<Uint8Array> & { destroy(): void };
}

/** HTTP to Salesforce. It never repeats a call: only Temporal does. */
export interface Http {
  /**
   * @throws SystemFailure on every status outside 200 to 299 and on every broken connection; the
   *   signal's reason if it is aborted
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** The same for responses of any size: files. @throws as `send` */
  open(request: HttpRequest): Promise<HttpStream>;
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
const LIMITS: HttpLimits = {
  connections: 12,
  connectTimeout: 10_000,
  headersTimeout: 120_000,
  bodyTimeout: 60_000,
  maxBody: 256 * 2 ** 20,
};

/**
 * HTTP over one pool of connections. Every call is counted, see `metered`.
 *
 * @param ca a PEM file of an authority to trust besides the known ones
 * @param watch the org's allowance of API calls
 */
export function createHttp(
  ca?: string,
  limits: Partial<HttpLimits> = {},
  watch?: LimitWatch,
): Http {
  const { connections, connectTimeout, headersTimeout, bodyTimeout, maxBody } = {
    ...LIMITS,
    ...limits,
  };
  const connect = {
    timeout: connectTimeout,
    ...(ca !== undefined && { ca: [...rootCertificates, readFileSync(ca, 'utf8')] }),
  };
  const agent = new Agent({
    connections,
    headersTimeout,
    bodyTimeout,
    maxResponseSize: maxBody,
    connect,
  });
  const forFiles = new Agent({ connections, headersTimeout, bodyTimeout, connect });
  const ask = async (call: HttpRequest, dispatcher: Agent) => {
    const { system, method, url, headers, body, signal } = call;
    signal?.throwIfAborted();
    watch?.admit(system, url);
    count('calls', 1);
    const {
      statusCode: status,
      headers: given,
      body: sent,
    } = await unlessBroken(call, () =>
      request(url, {
        method,
        dispatcher,
        headers: { accept: 'application/json', ...headers },
        body,
        signal,
      }),
    ).catch((error: unknown) => {
      watch?.read(url, undefined);
      throw error;
    });
    watch?.read(url, String(given['sforce-limit-info'] ?? ''));
    const answer = { status, contentType: String(given['content-type'] ?? ''), headers: given };
    const encoding = first(given['content-encoding']) ?? '';
    const content = encoding === '' ? sent : decodedBody(sent, encoding);
    const text = () =>
      unlessBroken(call, () => (content === sent ? sent.text() : textOf(content, maxBody)));
    if ((status >= 200 && status < 300) || call.readsStatus?.includes(status)) {
      return { answer, content, text };
    }
    const said = await text();
    count('bytes', Buffer.byteLength(said));
    const failure = failureOfResponse({
      system,
      status,
      text: said,
      fromTokenEndpoint: call.fromTokenEndpoint ?? false,
      busyCodes: call.busyCodes,
      retryAfter: first(given['retry-after']),
      leadsTo: first(given.location),
    });
    throw watch?.waiting(failure) ?? failure;
  };
  return {
    async send(call) {
      const { answer, text: read } = await ask(call, agent);
      const text = await read();
      count('bytes', Buffer.byteLength(text));
      return { ...answer, text };
    },
    async open(call) {
      const { answer, content } = await ask(call, forFiles);
      return {
        ...answer,
        body: Object.assign(piecesOf(call, content), { destroy: () => giveUp(content) }),
      };
    },
    close: async () => {
      await Promise.all([agent.close(), forFiles.close()]);
    },
  };
}

const first = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/**
 * Runs a piece of network work, and turns a broken connection into a failure. @throws
 * SystemFailure; the signal's reason
 */
async function unlessBroken<Result>(
  { system, signal }: HttpRequest,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw failureOfConnection(system, error);
  }
}

async function* piecesOf(call: HttpRequest, content: Readable): AsyncGenerator<Uint8Array, void> {
  const pieces = content[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    for (;;) {
      const next = await unlessBroken(call, () => pieces.next());
      if (next.done === true) return;
      count('bytes', next.value.length);
      yield next.value;
    }
  } finally {
    giveUp(content);
  }
}

/**
 * Ends a body that nobody reads to its end. undici then raises an error, because it ended early.
 */
function giveUp(content: Readable): void {
  content.on('error', () => undefined).destroy();
}

/**
 * The JSON of a successful response, big numbers with their digits; nothing for 204.
 *
 * @throws SystemFailure `unreadable` for a page instead of JSON: proxies and login pages send one
 *   with status 200
 */
export function jsonOf(system: string, answer: HttpResponse): unknown {
  if (answer.status === 204) return undefined;
  assertJson(system, answer);
  try {
    return parseJson(answer.text);
  } catch {
    throw new SystemFailure({
      kind: 'unreadable',
      system,
      status: answer.status,
      code: 'NOT_JSON',
    });
  }
}

const PAGE =
  'A page came in place of data, as login pages and proxies give: check the address in ' +
  "dossier.yaml (salesforce.loginUrl, or that of the system's entry) and what stands between, " +
  'then retry the system.';

/** @throws SystemFailure `unreadable` if the response does not say that it is JSON */
export function assertJson(system: string, answer: HttpResponse): void {
  if (/^application\/([\w.+-]+\+)?json\b/i.test(answer.contentType)) return;
  throw new SystemFailure({
    kind: 'unreadable',
    system,
    status: answer.status,
    code: 'NOT_JSON',
    ...(/html/i.test(answer.contentType) && { action: PAGE }),
  });
}
