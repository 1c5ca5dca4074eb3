import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { startSimulator, type Seed, type Simulator } from '../src/simulator.ts';

type Named = Readonly<Record<string, unknown>> & { readonly name: string };

/** Whatever the planes answer, in one type. */
export interface Body {
  readonly access_token: string;
  readonly instance_url: string;
  readonly id: string;
  readonly error: string;
  readonly error_description: string;
  readonly data: readonly (readonly unknown[])[];
  readonly returnedRows: number;
  readonly metadata: readonly Entity[];
  readonly completionStatus: string;
  readonly status: {
    readonly queryId: string;
    readonly completionStatus: string;
    readonly rowCount: number;
    readonly expirationTime: string;
  };
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly fields: readonly Named[];
  readonly childRelationships: readonly Readonly<Record<string, unknown>>[];
  readonly dataModelObject: readonly Named[];
  readonly dataSpaces: readonly Named[];
  readonly dataStreams: readonly Named[];
  readonly relationships: readonly Readonly<Record<string, unknown>>[];
  readonly objectSourceTargetMaps: readonly Readonly<Record<string, unknown>>[];
  readonly calls: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly request_status: string;
  readonly results_url: string | null;
  readonly results_count: number | null;
  readonly encoded_request: string;
  readonly processor_certificate: string;
  readonly supported_identities: readonly Readonly<Record<string, string>>[];
  readonly requests: readonly Readonly<Record<string, unknown>>[];
}
interface Entity extends Named {
  readonly displayName: string;
  readonly type: string;
  readonly category: string;
  readonly fields: readonly Readonly<Record<string, string>>[];
  readonly primaryKeys: readonly Named[];
  readonly relationships: readonly Readonly<Record<string, string>>[];
}

/** An answer, read whole. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

interface Stage {
  simulator: Simulator;
  client: Client;
  readonly folder: string;
}

/**
 * A simulator for all tests of a file, in a folder of its own, and a signed-in client. Both are
 * there when the tests run; `ready` runs before them.
 */
export function simulated(
  seed: Seed | string,
  ready: (stage: Stage) => Promise<void> = async () => undefined,
): Stage {
  const stage = { folder: mkdtempSync(join(tmpdir(), 'dossier-simulator-')) } as Stage;
  before(async () => {
    stage.simulator = await startSimulator({ seed, folder: stage.folder });
    stage.client = await signIn(stage.simulator);
    await ready(stage);
  });
  after(async () => {
    await stage.simulator.stop();
    await rm(stage.folder, { recursive: true, force: true });
  });
  return stage;
}

export type Client = Awaited<ReturnType<typeof signIn>>;

export async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {}) as Body,
  };
}

/** Calls of one core token. */
export async function signIn(simulator: Simulator) {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
  });
  const { body } = await answered(
    await fetch(`${simulator.core}/services/oauth2/token`, { method: 'POST', body: form }),
  );
  const headers = {
    authorization: `Bearer ${body.access_token}`,
    'content-type': 'application/json',
  };
  const call = async (method: string, path: string, json?: unknown) =>
    answered(
      await fetch(simulator.core + path, {
        method,
        headers,
        ...(json !== undefined && { body: JSON.stringify(json) }),
      }),
    );
  const data = '/services/data/v67.0';
  return {
    token: body.access_token,
    call,
    get: (path: string) => call('GET', data + path),
    sql: (sql: string, values: Record<string, string> = {}, dataSpace = 'default') =>
      call('POST', `${data}/ssot/query-sql?dataspace=${dataSpace}`, {
        sql,
        sqlParameters: Object.entries(values).map(([name, value]) => ({
          name,
          type: 'Varchar',
          value,
        })),
      }),
    soql: (query: string) => call('GET', `${data}/query?q=${encodeURIComponent(query)}`),
  };
}

export const control = async (simulator: Simulator, method: string, path: string, json?: unknown) =>
  answered(
    await fetch(simulator.control + path, {
      method,
      ...(json !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      }),
    }),
  );
