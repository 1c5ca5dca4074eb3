import { PassThrough } from 'node:stream';
import type { Connection } from '@jsforce/jsforce-node';
import * as z from 'zod';
import { assertJson, jsonOf, type Http, type HttpResponse } from '../http/transport.ts';
import { readAs } from './read-response.ts';

type Transport = Connection['_transport'];
type TransportRequest = Parameters<Transport['httpRequest']>[0];
type TransportResponse = ReturnType<Transport['httpRequest']>;

/** What we hand jsforce with a call, and get back in its transport. */
export interface CallOptions {
  readonly system: string;
  readonly signal?: AbortSignal;
  readonly responseType: 'text/plain';
}

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  instance_url: z.url(),
  id: z.string().includes('/').nullish(),
});

/**
 * Makes jsforce use our own HTTP: its pool, limits, authorities and failures.
 *
 * By itself jsforce repeats a call five times, waits 30 minutes for a response, and signs in again
 * without end on 401. Here it sees only successes.
 */
export function carryOver(connection: Connection, http: Http): void {
  // oxlint-disable-next-line no-underscore-dangle -- jsforce has no other way to be given a transport
  connection._transport.httpRequest = (request, options) => {
    const { system, signal } = options as unknown as CallOptions;
    return asStreamPromise(
      http.send({ ...callOf(request), system, signal }).then((answer) => {
        if (answer.status !== 204) assertJson(system, answer);
        return answer;
      }),
    );
  };
  // oxlint-disable-next-line no-underscore-dangle
  connection.oauth2._transport.httpRequest = (request) =>
    asStreamPromise(
      http
        .send({ ...callOf(request), system: 'salesforce', fromTokenEndpoint: true })
        .then((answer) => {
          const told = readAs(tokenAnswer, jsonOf('salesforce', answer), 'salesforce');
          // jsforce parses the user's address, but we do not use it.
          return told.id
            ? answer
            : {
                ...answer,
                text: JSON.stringify({ ...told, id: `${told.instance_url}/id/unknown/unknown` }),
              };
        }),
    );
}

const callOf = ({ method, url, headers, body }: TransportRequest) => ({
  method: method as 'GET' | 'POST',
  url,
  headers: headers as Record<string, string>,
  body: typeof body === 'string' ? body : undefined,
});

function asStreamPromise(sent: Promise<HttpResponse>): TransportResponse {
  const answered = sent.then(({ status, text, contentType, headers }) => ({
    statusCode: status,
    headers: { ...flat(headers), 'content-type': contentType },
    body: text,
  }));
  return Object.assign(answered, {
    stream: () => new PassThrough(),
  }) as unknown as TransportResponse;
}

const flat = (headers: HttpResponse['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
