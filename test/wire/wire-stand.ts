import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createSalesforce,
  type Salesforce,
  type SalesforceSettings,
} from '../../src/salesforce/create-salesforce.ts';
import { openGround, type Ground } from '../connectors/ground.ts';
import { ok, type Answers, type WireAnswer } from './wire-case.ts';

export interface WireCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on the loopback that answers as one case says, and clients of it. */
export interface WireStand extends Omit<Ground, 'remove'> {
  readonly origin: string;
  /** The company's Salesforce, which is asked by Query Connect. */
  readonly salesforce: Salesforce;
  /** The same by other settings. */
  connect(settings: Partial<SalesforceSettings>): Salesforce;
  /** Calls as they came. */
  readonly calls: readonly WireCall[];
}

/** The answers of a case while it runs, and what was asked of them. */
export interface Recording {
  readonly stand: WireStand;
  /** Calls that the case has no answer for. */
  readonly strange: readonly string[];
  /** Answers of the case that nobody asked for. */
  unasked(): string[];
  close(): Promise<void>;
}

/** Signs everybody in, to the tenant too. */
const SIGN_IN: Answers = {
  'POST services/oauth2/token': ok({
    access_token: '00Dxx!CORE',
    instance_url: '{origin}',
    id: '{origin}/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS',
    token_type: 'Bearer',
  }),
  'POST services/a360/token': ok({
    access_token: 'TENANT',
    instance_url: '{origin}',
    token_type: 'Bearer',
    issued_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    expires_in: 7193,
  }),
};

export interface WireServer {
  record(answers: Answers, always?: Answers): Promise<Recording>;
  stop(): Promise<void>;
}

export async function startWireServer(): Promise<WireServer> {
  let reply = (_call: WireCall): WireAnswer => ({ status: 500, headers: {}, body: '' });
  const server = createServer((request, response) => {
    callOf(request).then(
      (call) => {
        send(response, reply(call), origin());
      },
      () => {
        response.destroy();
      },
    );
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    async record(answers, always = {}) {
      const ground = await openGround();
      const connected: Salesforce[] = [];
      const calls: WireCall[] = [];
      const strange: string[] = [];
      const asked = new Map<string, number>();
      const connect: WireStand['connect'] = (settings) => {
        const salesforce = createSalesforce(
          {
            loginUrl: origin(),
            clientId: 'id',
            clientSecret: 'secret',
            apiVersion: '67.0',
            ...settings,
          },
          { bodyTimeout: 2000, headersTimeout: 2000 },
        );
        connected.push(salesforce);
        return salesforce;
      };
      const own = byRank(answers);
      const usual = byRank({ ...SIGN_IN, ...always });
      reply = (call) => {
        calls.push(call);
        const key = own.find((it) => isAbout(call, it)) ?? usual.find((it) => isAbout(call, it));
        if (key === undefined) {
          strange.push(`${call.method} ${call.path}?${call.query.toString()}`);
          return { status: 500, headers: {}, body: 'no answer in this case' };
        }
        const before = asked.get(key) ?? 0;
        asked.set(key, before + 1);
        const inTurn = [
          answers[key] ?? always[key] ?? SIGN_IN[key] ?? [],
        ].flat() as readonly WireAnswer[];
        return (
          inTurn[Math.min(before, inTurn.length - 1)] ?? { status: 500, headers: {}, body: '' }
        );
      };
      return {
        strange,
        stand: {
          ...ground,
          origin: origin(),
          salesforce: connect({ query: 'connect' }),
          connect,
          calls,
        },
        unasked: () =>
          Object.entries(answers)
            .filter(([key, inTurn]) => (asked.get(key) ?? 0) < [inTurn].flat().length)
            .map(([key]) => key),
        close: async () => {
          for (const salesforce of connected) {
            await salesforce.close();
          }
          await ground.remove();
        },
      };
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}

async function callOf(request: IncomingMessage): Promise<WireCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const [path = '', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  return {
    method: request.method ?? '',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

/** Keys that say most come first. */
const byRank = (answers: Answers): string[] =>
  Object.keys(answers).toSorted(
    (a, b) => b.split('&').length - a.split('&').length || b.length - a.length,
  );

function isAbout(call: WireCall, key: string): boolean {
  const [, method = '', path = '', query = ''] = /^(\S+) ([^?]*)(?:\?(.*))?$/s.exec(key) ?? [];
  if (
    call.method !== method ||
    !new RegExp(`(?:^|/)${patternOf(path.replace(/^\//, ''))}$`).test(call.path)
  ) {
    return false;
  }
  return query
    .split('&')
    .filter((it) => it !== '')
    .every((it) => {
      const [name = '', wanted = ''] = it.split(/=(.*)/s);
      return call.query
        .getAll(name)
        .some((value) => new RegExp(`^${patternOf(wanted)}$`, 's').test(value));
    });
}

const patternOf = (text: string): string =>
  text
    .split('*')
    .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*');

function send(
  response: ServerResponse,
  { status, headers, body }: WireAnswer,
  origin: string,
): void {
  const placed = (text: string) => text.replaceAll('{origin}', origin);
  response.writeHead(
    status,
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, placed(value)])),
  );
  response.end(typeof body === 'string' ? placed(body) : body);
}
