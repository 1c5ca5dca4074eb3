import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSalesforce } from '../../src/salesforce/create-salesforce.ts';
import { openGround, type Faulty, type Ground } from './ground.ts';

export interface SmallCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** `body`: an object is sent as JSON, a text and bytes as they are. */
export interface SmallReply {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}
/** What a cloud of one test answers; 404 where it gives nothing. `origin`: where it listens. */
export type SmallCloud = (call: SmallCall, origin: string) => SmallReply | undefined;

/** A cloud of one test, and a Salesforce that signs everybody in. */
export interface SmallStand extends Omit<Ground, 'remove'>, Faulty {
  readonly origin: string;
  /** Calls as they came, sign-ins not counted. */
  readonly seen: SmallCall[];
}

const FAULTS: Readonly<Record<string, SmallReply>> = {
  unauthorized: {
    status: 401,
    body: { code: 49, message: 'Access Denied to ana.lima@example.com' },
  },
  forbidden: {
    status: 403,
    body: { message: 'Insufficient privileges of ana.lima@example.com', errorcode: 20001 },
  },
  limit: {
    status: 403,
    body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  },
  'bad-request': {
    status: 400,
    body: {
      type: 'https://x.example/errors/bad-request',
      detail: 'Lima',
      message: 'ana.lima@example.com',
    },
  },
  'too-many': { status: 429, body: {} },
  unavailable: { status: 503, body: {} },
  html: { status: 503, type: 'text/html', body: '<html>Down for Ana Lima</html>' },
  'server-error': { status: 500, body: { error: 'ana.lima@example.com' } },
  foreign: { body: { unexpected: true } },
  'not-found': { status: 404, body: {} },
  page: { type: 'text/html;charset=UTF-8', body: '<html>Login</html>' },
};

interface Ordered {
  readonly match: RegExp;
  readonly kind: string;
  readonly retryAfter?: number;
  readonly times: number;
  readonly after: number;
  seen: number;
}

const isSignIn = (path: string) => /(?:oauth2\/(?:token|access_token)|\/v2\/token)$/.test(path);

export async function smallStand(cloud: SmallCloud): Promise<SmallStand> {
  const ground = await openGround();
  const seen: SmallCall[] = [];
  let faults: Ordered[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const { pathname: path, searchParams: query } = new URL(
          request.url ?? '/',
          'http://127.0.0.1',
        );
        const call: SmallCall = {
          method: request.method ?? '',
          path,
          query,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        };
        if (!isSignIn(path)) seen.push(call);
        const fault = faults.find(
          (it) =>
            it.match.test(`${call.method} ${path}`) &&
            (it.seen += 1) > it.after &&
            it.seen <= it.after + it.times,
        );
        if (fault?.kind === 'drop') request.socket.destroy();
        else {
          send(
            response,
            fault === undefined
              ? answer(call)
              : {
                  ...FAULTS[fault.kind],
                  ...(fault.retryAfter !== undefined && {
                    headers: { 'retry-after': String(fault.retryAfter) },
                  }),
                },
          );
        }
      });
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = (call: SmallCall): SmallReply => {
    if (call.path === '/services/oauth2/token') {
      return {
        body: {
          access_token: 'CORE',
          instance_url: origin(),
          id: `${origin()}/id/00D/005`,
          token_type: 'Bearer',
        },
      };
    }
    return cloud(call, origin()) ?? { status: 404, body: {} };
  };
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const salesforce = createSalesforce({
    loginUrl: origin(),
    clientId: 'id',
    clientSecret: 'secret',
    apiVersion: '67.0',
  });
  return {
    ...ground,
    origin: origin(),
    seen,
    salesforce,
    fault: async (match, kind, { retryAfter, times = Infinity, after = 0 } = {}) => {
      faults.push({
        match: new RegExp(match),
        kind,
        times,
        after,
        seen: 0,
        ...(retryAfter !== undefined && { retryAfter }),
      });
    },
    clear: async () => {
      faults = [];
    },
    calls: async () => ({ all: seen.length }),
    stop: async () => {
      await salesforce.close();
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
      await ground.remove();
    },
  };
}

/** Runs a piece of work beside a cloud of its own. */
export async function withCloud(
  cloud: SmallCloud,
  work: (at: SmallStand) => Promise<void>,
): Promise<void> {
  const at = await smallStand(cloud);
  try {
    await work(at);
  } finally {
    await at.stop();
  }
}

function send(
  response: ServerResponse,
  { status = 200, type = 'application/json', headers = {}, body }: SmallReply,
): void {
  response.writeHead(status, { ...(body !== undefined && { 'content-type': type }), ...headers });
  const isPlain = typeof body === 'string' || body instanceof Uint8Array;
  response.end(isPlain ? body : (JSON.stringify(body) ?? ''));
}
