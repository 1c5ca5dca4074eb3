import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authorise, Credential } from './authorisation.ts';
import { createCodec } from './codec.ts';
import type { KeyRing } from './keys.ts';
import { isLoopback } from './loopback.ts';
import { parsePayloads, toWire } from './payload-json.ts';
import { COOKIE, signIn } from './sign-in.ts';

/**
 * The most bytes of a request body over HTTP. Temporal's own messages hold 4 MiB, and base64 adds a
 * third.
 */
const BODY_LIMIT = 8 * 1024 * 1024;

export interface CodecEndpoint {
  /** Such as `http://127.0.0.1:8081`, for `--ui-codec-endpoint` and `--codec-endpoint`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * One use of the keys, as the access log records it: who, what and how much, and nothing of any
 * payload.
 */
export interface Access {
  readonly at: string;
  readonly action: 'decode' | 'encode';
  /** A token's subject, `token` for the shared one, or null for a caller who was refused. */
  readonly caller: string | null;
  /** The caller's network address. */
  readonly from: string;
  readonly origin: string | null;
  readonly namespace: string | null;
  readonly status: number;
  readonly payloads: number;
}

/** How the endpoint is served. */
export interface CodecEndpointOptions {
  readonly ring: KeyRing;
  /** A free one by default. */
  readonly port?: number;
  /** Where it listens; 127.0.0.1 by default. */
  readonly host?: string;
  /**
   * The UI's exact origin, such as `http://127.0.0.1:8233`, or a function that returns it once it
   * is known.
   */
  readonly origin: string | readonly string[] | (() => string | undefined);
  /** Who may use the keys. If it is left out, everybody who reaches the endpoint may. */
  readonly authorise?: Authorise;
  readonly log?: (access: Access) => void;
}

/**
 * Decrypts payloads for the Temporal UI and command line: `POST /decode` and `/encode`. `GET
 * /healthz` says that it runs. A page of another origin than the UI's is refused; callers that are
 * no browser send no origin. Without `authorise`, on loopback, `Host` must name loopback and the
 * port. Nothing of a payload is logged.
 *
 * @throws Error if the port is taken
 */
export async function startCodecEndpoint(options: CodecEndpointOptions): Promise<CodecEndpoint> {
  const { port = 0, host = '127.0.0.1', origin } = options;
  const allowed = (asked: string): boolean =>
    typeof origin === 'function' ? origin() === asked : [origin].flat().includes(asked);
  const codec = createCodec(options.ring);
  const server = createServer((request, response) => {
    answer({ ...options, codec, allowed }, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else reply(response, 500, { error: error instanceof Error ? error.name : 'failed' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Serving = Pick<CodecEndpointOptions, 'authorise' | 'log' | 'host'> & {
  readonly codec: ReturnType<typeof createCodec>;
  allowed(origin: string): boolean;
};

/**
 * Whether a call names this endpoint as programs of this machine do. Without `authorise`, only
 * programs of this machine are admitted. A web page whose own name leads to this machine (DNS
 * rebinding) is not one of them.
 */
function namesUs(
  { authorise, host = '127.0.0.1' }: Serving,
  { headers, socket }: IncomingMessage,
): boolean {
  if (authorise !== undefined || !isLoopback(host)) return true;
  const [, name = '', port = '80'] =
    /^(\[[\d:.a-f]*\]|[^:]*)(?::(\d{1,5}))?$/i.exec(headers.host ?? '') ?? [];
  return isLoopback(name.toLowerCase()) && Number(port) === socket.localPort;
}

async function answer(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { origin } = request.headers;
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  response.setHeader('Vary', 'Origin');
  if (!namesUs(serving, request)) {
    return reply(response, 403, { error: 'ask at a loopback address and this port' });
  }
  if (path === '/healthz') return reply(response, 200, { ok: true });
  if (path === '/signin' && serving.authorise !== undefined) {
    return signIn(serving.authorise, request, response);
  }
  if (origin !== undefined) {
    if (!serving.allowed(origin)) {
      return reply(response, 403, { error: 'this origin may not decrypt' });
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Methods', 'POST, OPTIONS');
    response.setHeader(
      'Access-Control-Allow-Headers',
      'Content-Type, X-Namespace, Authorization, Authorization-Extras',
    );
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    // The UI asks again for each page; a browser may remember the permission for ten minutes.
    response.setHeader('Access-Control-Max-Age', '600');
  }
  if (request.method === 'OPTIONS') return reply(response, 204);
  if (path !== '/decode' && path !== '/encode') {
    return reply(response, 404, { error: 'POST /decode or /encode' });
  }
  if (request.method !== 'POST') return reply(response, 405, { error: 'POST only' });
  // A page may send other types without a preflight.
  if (!/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return reply(response, 415, { error: 'send application/json' });
  }
  await use(serving, path === '/decode' ? 'decode' : 'encode', request, response);
}

async function use(
  { codec, authorise, log }: Serving,
  action: Access['action'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller =
    authorise === undefined ? 'anybody' : ((await authorise(credentialOf(request))) ?? null);
  const done = (status: number, body: unknown, payloads = 0): void => {
    log?.({
      at: new Date().toISOString(),
      action,
      caller,
      from: request.socket.remoteAddress ?? '',
      origin: request.headers.origin ?? null,
      namespace: String(request.headers['x-namespace'] ?? '').slice(0, 200) || null,
      status,
      payloads,
    });
    reply(response, status, body);
  };
  if (caller === null) {
    response.setHeader('WWW-Authenticate', 'Bearer');
    return done(401, {
      error: 'not authorised: send "Authorization: Bearer …", or sign in at /signin',
    });
  }
  const body = await bodyOf(request);
  if (body === undefined) return done(413, { error: `more than ${BODY_LIMIT} bytes` });
  const payloads = parsePayloads(body);
  if (payloads === undefined) {
    return done(400, { error: 'expected {"payloads": [{"metadata": {…}, "data": "<base64>"}]}' });
  }
  const changed = await codec[action](payloads);
  return done(200, { payloads: changed.map(toWire) }, payloads.length);
}

/**
 * A cookie counts only with an origin, which has been compared by then. Another page therefore
 * cannot use a browser's cookie.
 */
function credentialOf({ headers }: IncomingMessage): Credential {
  const [, bearer] = /^Bearer +([^\s]{1,16384})$/i.exec(headers.authorization ?? '') ?? [];
  const cookie =
    headers.origin === undefined
      ? undefined
      : headers.cookie
          ?.split(/; */)
          .find((it) => it.startsWith(`${COOKIE}=`))
          ?.slice(COOKIE.length + 1);
  return {
    ...(bearer !== undefined && { bearer }),
    ...(cookie !== undefined && { cookie: unescaped(cookie) }),
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function reply(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(
    status,
    body === undefined ? {} : { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  );
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** The body, or nothing if it is larger than the limit. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // The rest is read and dropped, so that the caller gets the response and no broken connection.
    if (bytes <= BODY_LIMIT) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > BODY_LIMIT ? undefined : Buffer.concat(chunks).toString('utf8');
}
