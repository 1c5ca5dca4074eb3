import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Simulator } from '../src/simulator.ts';
import { signIn } from './start.ts';

/** An answer of the tenant plane. */
export interface TenantAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface TenantClient {
  readonly token: string;
  call(
    method: string,
    path: string,
    json?: unknown,
    headers?: Record<string, string>,
  ): Promise<TenantAnswer>;
}

/** A client with a token for one data space. */
export async function tenantClient(
  simulator: Simulator,
  dataSpace = 'default',
): Promise<TenantClient> {
  const { token: core } = await signIn(simulator);
  const exchange = await fetch(`${simulator.core}/services/a360/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:salesforce:grant-type:external:cdp',
      subject_token: core,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      dataspace: dataSpace,
    }),
  });
  const { access_token: token } = (await exchange.json()) as { access_token: string };
  const ca = readFileSync(simulator.ca);
  return {
    token,
    call: (method, path, json, headers = {}) =>
      new Promise((resolve, reject) => {
        const sent = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...headers,
        };
        const outgoing = request(
          `${simulator.tenant}${path}`,
          { ca, method, headers: sent },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString('utf8');
              const isJson = /json/.test(response.headers['content-type'] ?? '');
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text,
                body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
              });
            });
          },
        );
        outgoing.on('error', reject);
        outgoing.end(json === undefined ? undefined : JSON.stringify(json));
      }),
  };
}
