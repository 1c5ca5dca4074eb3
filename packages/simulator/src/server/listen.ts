import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ErrorShape, Intercepted } from './faults.ts';
import { empty, html, Refusal, type Answer, type Call, type Route } from './http.ts';

/** The limit of Salesforce. A longer path gets 414, and a longer path with headers 431. */
const LONGEST_HEAD = 16_384;
const LONGEST_BODY = 16 * 1024 * 1024;

/** The names of the planes in faults and counts. */
export type PlaneName =
  | 'core'
  | 'tenant'
  | 'vendors'
  | 'marketing-cloud'
  | 'account-engagement'
  | 'b2c-commerce'
  | 'personalization'
  | 'bucket';

/** One plane: its routes, the shape of its errors, and what may come before a handler. */
export interface Plane {
  readonly name: PlaneName;
  readonly routes: readonly Route[];
  readonly error: ErrorShape;
  /** The text for an unknown path, if it is not the usual one. */
  readonly unknownPath?: string;
  /**
   * Counts the call. If a fault hits, it answers instead of the route. `drop` ends the connection,
   * `cut` ends it within the response, `lost` after the call took effect.
   */
  intercept(call: Call, pattern: string): Promise<Intercepted>;
  /**
   * Admits a call, and returns a function to call when it is done. To refuse, it returns a
   * response.
   */
  readonly enter?: (call: Call) => Answer | (() => void);
  /** Headers of every response of the plane. */
  readonly headers?: () => Readonly<Record<string, string>>;
  log(line: string): void;
}

/** A plane that listens. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Starts a plane on 127.0.0.1. `tls` has the key and the certificate in PEM. Port 0 takes a free
 * one.
 */
export async function listen(
  plane: Plane,
  port: number,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Listening> {
  const listener: RequestListener = (request, response) => {
    void serve(plane, request, response);
  };
  const options = { maxHeaderSize: 4 * LONGEST_HEAD, keepAliveTimeout: 30_000 };
  const server: Server = tls
    ? createTlsServer({ ...options, ...tls }, listener)
    : createServer(options, listener);
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  plane: Plane,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = splitPath(request.url ?? '/');
  let call: Call = {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: Buffer.alloc(0),
    ...(request.socket.localPort !== undefined && { localPort: request.socket.localPort }),
    params: {},
  };
  let leave: (() => void) | undefined;
  let intercepted: Intercepted;
  const answerWith = (answer: Answer): void => {
    if (intercepted === 'lost') request.socket.destroy();
    else send(plane, response, answer, intercepted === 'cut');
  };
  try {
    call = { ...call, body: await readBody(request) };
    const found = match(plane.routes, call);
    const tooLong = lengthRefusal(request);
    if (tooLong) return send(plane, response, tooLong);
    const entered = plane.enter?.(call);
    if (typeof entered === 'function') leave = entered;
    intercepted = await plane.intercept(call, found?.route.path ?? 'unknown');
    if (intercepted === 'drop') {
      request.socket.destroy();
      return;
    }
    if (typeof entered === 'object') return send(plane, response, entered);
    const unknown = { status: 404, code: 'NOT_FOUND', message: plane.unknownPath ?? UNKNOWN };
    answerWith(
      typeof intercepted === 'object'
        ? intercepted
        : ((await found?.route.handle({ ...call, params: found.params })) ??
            plane.error(unknown, call)),
    );
  } catch (error) {
    if (error instanceof Refusal) return answerWith(error.answer);
    if (response.destroyed) return;
    const route = match(plane.routes, call)?.route.path ?? 'an unknown path';
    const kind = error instanceof Error ? error.name : 'error';
    plane.log(`simulator: ${plane.name} failed on ${call.method} ${route}: ${kind}`);
    const failed = {
      status: 500,
      code: 'UNKNOWN_EXCEPTION',
      message: 'An unexpected error occurred',
    };
    send(plane, response, plane.error(failed, call));
  } finally {
    leave?.();
  }
}

const UNKNOWN = 'The requested resource does not exist';

function send(plane: Plane, response: ServerResponse, answer: Answer, cut = false): void {
  if (response.headersSent || response.destroyed) return;
  const body = typeof answer.text === 'string' ? Buffer.from(answer.text) : answer.text;
  const length = answer.status === 204 ? {} : { 'content-length': String(body.length) };
  const headers = Object.entries({ ...plane.headers?.(), ...answer.headers, ...length });
  response.writeHead(
    answer.status,
    Object.fromEntries(headers.map(([name, value]) => [headerName(name), value])),
  );
  if (!cut) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/**
 * A header's name as most servers write it. Names have no case (RFC 9110, 5.1), but some clients
 * look for this one.
 */
const headerName = (name: string): string =>
  HEADER_NAMES[name] ??
  name.replace(/(^|-)([a-z])/g, (_, dash: string, first: string) => dash + first.toUpperCase());
const HEADER_NAMES: Readonly<Record<string, string>> = {
  etag: 'ETag',
  'sforce-numberofrecords': 'Sforce-NumberOfRecords',
};

function splitPath(url: string): string[] {
  const at = url.indexOf('?');
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}

function lengthRefusal(request: IncomingMessage): Answer | undefined {
  const path = request.url?.length ?? 0;
  if (path > LONGEST_HEAD) return html(414, 'URI Too Long');
  const headers = request.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  return path + headers > LONGEST_HEAD ? html(431, 'Request Header Fields Too Large') : undefined;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY) throw new Refusal(empty(413));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function match(
  routes: readonly Route[],
  call: Call,
): { route: Route; params: Record<string, string> } | undefined {
  const parts = call.path.replace(/(?<!\/)\/+$/, '').split('/');
  for (const route of routes) {
    if (route.method !== call.method) continue;
    const wanted = route.path.split('/');
    const rest = wanted.at(-1) === '*' ? wanted.length - 1 : undefined;
    if (rest === undefined ? wanted.length !== parts.length : wanted.length > parts.length) {
      continue;
    }
    const params: Record<string, string> = {};
    const fits = wanted.every((want, index) => {
      const part = parts[index] ?? '';
      if (index === rest) {
        params['*'] = parts.slice(rest).map(safeDecode).join('/');
        return true;
      }
      if (!want.startsWith(':')) {
        return want === part || (route.anyCase === true && want === part.toLowerCase());
      }
      params[want.slice(1)] = safeDecode(part);
      return part !== '';
    });
    if (fits) return { route, params };
  }
  return undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
