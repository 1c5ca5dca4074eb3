import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemFailure } from '../../src/http/failure.ts';
import {
  createSalesforce,
  type Salesforce,
  type SalesforceSettings,
} from '../../src/salesforce/create-salesforce.ts';

/** What a server of one test answers. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly type?: string;
  readonly cut?: boolean;
}
export interface PlainServer {
  readonly salesforce: Salesforce;
  readonly origin: string;
  readonly seen: {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly calls: number;
}

/**
 * A server that signs everybody in, to the tenant too, and answers the rest as the test says, for
 * the time of `work`.
 */
export async function withServer(
  reply: (request: Asked) => Reply,
  work: (server: PlainServer) => Promise<void>,
  settings: Partial<SalesforceSettings> = {},
): Promise<void> {
  const seen: PlainServer['seen'] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const call = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    const isSignIn = call.url.startsWith('/services/oauth2/token');
    if (!isSignIn) seen.push(call);
    const given = isSignIn
      ? ({
          body: {
            access_token: 'T',
            instance_url: origin(),
            id: `${origin()}/id/00D/005`,
            token_type: 'Bearer',
          },
        } satisfies Reply)
      : reply({ ...call, calls: seen.length });
    const {
      status = 200,
      headers = {},
      body,
      type = 'application/json',
      cut = false,
    } = given as Reply;
    const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
    response.writeHead(status, {
      'content-type': type,
      ...headers,
      ...(cut && { 'content-length': String(text.length + 100) }),
    });
    if (!cut) response.end(text);
    else {
      response.write(text, () => {
        response.destroy();
      });
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      response.destroy();
    });
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const salesforce = createSalesforce(
    { loginUrl: origin(), clientId: 'id', clientSecret: 'secret', apiVersion: '67.0', ...settings },
    { bodyTimeout: 2000, headersTimeout: 300 },
  );
  try {
    await work({ salesforce, origin: origin(), seen });
  } finally {
    await salesforce.close();
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
  }
}

/** The failure that a piece of work ends in. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** The failure of a system that a piece of work ends in. @throws Error if it ends otherwise */
export async function systemFailureOf(work: Promise<unknown>): Promise<SystemFailure> {
  const failure = await failureOf(work);
  if (failure instanceof SystemFailure) return failure;
  throw new Error(`It did not end in a failure of a system: ${String(failure)}`);
}
