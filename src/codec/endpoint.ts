import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { createCodec } from './codec.ts';
import type { KeyRing } from './keys.ts';

/** Bytes of a request's body at most; Temporal's own messages hold 4 MiB, and base64 adds a third. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** A payload as JSON: every value in base64. */
interface WirePayload {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data?: string;
}

export interface CodecEndpoint {
  /** Such as `http://127.0.0.1:8081`, for `--ui-codec-endpoint` and `--codec-endpoint`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Decrypts payloads for the Temporal UI and command line: `POST /decode` and `/encode` on 127.0.0.1. A page of another
 * origin than the UI's is refused; callers that are no browser send no origin. Nothing of a payload is logged.
 *
 * @throws Error if the port is taken
 */
export async function startCodecEndpoint({
  ring,
  port = 0,
  origin,
}: {
  readonly ring: KeyRing;
  /** A free one by default. */
  readonly port?: number;
  /** The UI's exact origin, such as `http://127.0.0.1:8233`, or a function that gives it once it is known. */
  readonly origin: string | (() => string | undefined);
}): Promise<CodecEndpoint> {
  const codec = createCodec(ring);
  const allowed = typeof origin === 'function' ? origin : () => origin;
  const server = createServer((request, response) => {
    answer(codec, allowed(), request, response).catch((error: unknown) =>
      reply(response, 500, { error: error instanceof Error ? error.name : 'failed' }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  codec: PayloadCodec,
  allowed: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { origin } = request.headers;
  response.setHeader('Vary', 'Origin');
  if (origin !== undefined) {
    if (origin !== allowed) return reply(response, 403, { error: 'this origin may not decrypt' });
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Methods', 'POST, OPTIONS');
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type, X-Namespace, Authorization');
  }
  if (request.method === 'OPTIONS') return reply(response, 204);
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path !== '/decode' && path !== '/encode') return reply(response, 404, { error: 'POST /decode or /encode' });
  if (request.method !== 'POST') return reply(response, 405, { error: 'POST only' });
  const body = await bodyOf(request);
  if (body === undefined) return reply(response, 413, { error: `more than ${BODY_LIMIT} bytes` });
  const payloads = parsePayloads(body);
  if (payloads === undefined)
    return reply(response, 400, { error: 'expected {"payloads": [{"metadata": {…}, "data": "<base64>"}]}' });
  const changed = path === '/decode' ? await codec.decode(payloads) : await codec.encode(payloads);
  return reply(response, 200, { payloads: changed.map(toWire) });
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
    // The rest is read and dropped, so that the caller gets the answer rather than a broken connection.
    if (bytes <= BODY_LIMIT) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > BODY_LIMIT ? undefined : Buffer.concat(chunks).toString('utf8');
}

function parsePayloads(body: string): Payload[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  // The temporal command line writes a list without payloads, such as a query's arguments, as `{}`.
  const { payloads: list = [] } = parsed as { payloads?: unknown };
  return Array.isArray(list) && list.every(isWirePayload) ? list.map(fromWire) : undefined;
}

function isWirePayload(value: unknown): value is WirePayload {
  if (typeof value !== 'object' || value === null) return false;
  const { metadata = {}, data = '' } = value as { metadata?: unknown; data?: unknown };
  return (
    typeof data === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    Object.values(metadata).every((it) => typeof it === 'string')
  );
}

const fromWire = ({ metadata = {}, data = '' }: WirePayload): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64')])),
  data: Buffer.from(data, 'base64'),
});

const toWire = ({ metadata, data }: Payload): WirePayload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? new Uint8Array()).toString('base64'),
});
