import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What Salesforce takes: beyond it a path is answered 414, and path and headers together 431. */
const LONGEST_HEAD = 16_384;
const LONGEST_BODY = 16 * 1024 * 1024;

/** One HTTP call as it arrived, its path split off from its query. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Values of the `:names` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** What is sent back: `text` as it stands, or nothing. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | Buffer;
}

/** One row of a plane's table: a method, a path such as `/services/data/:version/limits`, and who answers. */
export interface Route {
  readonly method: string;
  readonly path: string;
  handle(call: Call): Promise<Answer> | Answer;
}

/** A call that ends early with an answer of its own, such as a missing token. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`answered ${answer.status}`);
    this.answer = answer;
  }
}

/** An answer with a JSON body. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  ({ status, headers: { 'content-type': 'application/json;charset=UTF-8', ...headers }, text: JSON.stringify(value) });

/** An answer whose body is JSON text already, so that long numbers keep their digits. */
export const jsonText = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  ({ status, headers: { 'content-type': 'application/json;charset=UTF-8', ...headers }, text });

/** An answer without a body. */
export const empty = (status: number): Answer => ({ status, headers: {}, text: '' });

/** The page that a proxy or a maintenance window sends in place of JSON. */
export const html = (status: number, title: string): Answer =>
  ({ status, headers: { 'content-type': 'text/html; charset=UTF-8' }, text: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>` });

/** One plane: where it listens, what it answers to unknown paths and to bugs, and what may stand between. */
export interface Plane {
  readonly name: 'core' | 'tenant' | 'vendors';
  readonly routes: readonly Route[];
  notFound(call: Call): Answer;
  failed(call: Call): Answer;
  /** Counts the call, and answers in the route's place where a fault was ordered; `drop` ends the connection, `cut` ends it amid the answer. */
  intercept(call: Call, pattern: string): Promise<Answer | 'drop' | 'cut' | undefined>;
  /** Headers that every answer of the plane carries. */
  readonly headers?: () => Readonly<Record<string, string>>;
  log(line: string): void;
}

/** A plane that listens. */
export interface Listening { readonly port: number; close(): Promise<void> }

/** Starts a plane on 127.0.0.1. `tls` gives key and certificate in PEM. Port 0 takes a free one. */
export async function listen(plane: Plane, port: number, tls?: { readonly key: string; readonly cert: string }): Promise<Listening> {
  const listener: RequestListener = (request, response) => { void serve(plane, request, response); };
  const options = { maxHeaderSize: 4 * LONGEST_HEAD, keepAliveTimeout: 30_000 };
  const server: Server = tls ? createTlsServer({ ...options, ...tls }, listener) : createServer(options, listener);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function serve(plane: Plane, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/', query = ''] = splitPath(request.url ?? '/');
  let call: Call = { method: request.method ?? 'GET', path, query: new URLSearchParams(query), headers: request.headers, body: Buffer.alloc(0), params: {} };
  try {
    call = { ...call, body: await readBody(request) };
    const found = match(plane.routes, call);
    const tooLong = lengthRefusal(request);
    if (tooLong) return send(plane, response, tooLong);
    const intercepted = await plane.intercept(call, found?.route.path ?? 'unknown');
    if (intercepted === 'drop') {
      request.socket.destroy();
      return;
    }
    const answer = (intercepted === 'cut' ? undefined : intercepted) ?? (found ? await found.route.handle({ ...call, params: found.params }) : plane.notFound(call));
    send(plane, response, answer, intercepted === 'cut');
  } catch (error) {
    if (error instanceof Refusal) return send(plane, response, error.answer);
    if (response.destroyed) return;
    plane.log(`simulator: ${plane.name} failed on ${call.method} ${match(plane.routes, call)?.route.path ?? 'an unknown path'}: ${error instanceof Error ? error.name : 'error'}`);
    send(plane, response, plane.failed(call));
  }
}

function send(plane: Plane, response: ServerResponse, answer: Answer, cut = false): void {
  if (response.headersSent || response.destroyed) return;
  const body = typeof answer.text === 'string' ? Buffer.from(answer.text) : answer.text;
  const length = answer.status === 204 ? {} : { 'content-length': String(body.length) };
  response.writeHead(answer.status, { ...plane.headers?.(), ...answer.headers, ...length });
  if (!cut) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

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

function match(routes: readonly Route[], call: Call): { route: Route; params: Record<string, string> } | undefined {
  const parts = call.path.replace(/\/+$/, '').split('/');
  for (const route of routes) {
    if (route.method !== call.method) continue;
    const wanted = route.path.split('/');
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((want, index) => {
      const part = parts[index] ?? '';
      if (!want.startsWith(':')) return want === part;
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

/** Form fields of a call: from the query string and, where it is a form, from the body. */
export function formOf(call: Call): URLSearchParams {
  const form = new URLSearchParams(call.query);
  if ((call.headers['content-type'] ?? '').includes('x-www-form-urlencoded') || call.headers['content-type'] === undefined) {
    for (const [key, value] of new URLSearchParams(call.body.toString('utf8'))) form.set(key, value);
  }
  return form;
}

/** The token of `Authorization: Bearer …`, or an empty string. */
export const bearerOf = (call: Call): string => /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? '';
