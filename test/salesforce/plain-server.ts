import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSalesforce, type Salesforce } from '../../src/salesforce/create-salesforce.ts';

/** What a server of one test answers. */
export interface Reply { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown; readonly type?: string; readonly cut?: boolean }
export interface PlainServer {
  readonly salesforce: Salesforce;
  readonly origin: string;
  readonly seen: { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }[];
}

/** A server that signs everybody in and answers the rest as the test says, for the time of `work`. */
export async function withServer(reply: (request: { method: string; url: string; body: string; calls: number }) => Reply, work: (server: PlainServer) => Promise<void>): Promise<void> {
  const seen: PlainServer['seen'] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
    const isSignIn = call.url.startsWith('/services/oauth2/token');
    if (!isSignIn) seen.push(call);
    const given = isSignIn
      ? { body: { access_token: 'T', instance_url: origin(), id: `${origin()}/id/00D/005`, token_type: 'Bearer' } } satisfies Reply
      : reply({ ...call, calls: seen.length });
    const { status = 200, headers = {}, body, type = 'application/json', cut = false } = given as Reply;
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': type, ...headers, ...(cut && { 'content-length': String(text.length + 100) }) });
    if (!cut) response.end(text);
    else response.write(text, () => { response.destroy(); });
  };
  const server = createServer((request, response) => { answer(request, response).catch(() => { response.destroy(); }); });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const salesforce = createSalesforce({ loginUrl: origin(), clientId: 'id', clientSecret: 'secret', apiVersion: '67.0' }, { bodyTimeout: 2000, headersTimeout: 300 });
  try {
    await work({ salesforce, origin: origin(), seen });
  } finally {
    await salesforce.close();
    server.closeAllConnections();
    await new Promise((done) => { server.close(done); });
  }
}

/** The failure that a piece of work ends in. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (error: unknown) => error);
