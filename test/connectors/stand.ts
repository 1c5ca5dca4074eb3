import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectorContext } from '../../src/domain/connector.ts';
import type { Instant } from '../../src/domain/dates.ts';
import { createSalesforce, type Salesforce, type SalesforceSettings } from '../../src/salesforce/create-salesforce.ts';
import { startSimulator, type Seed, type Simulator } from '../../src/simulator/simulator.ts';
import { sinkIn } from '../../src/storage/file-sink.ts';

export const AT: Instant = '2026-11-23T10:15:00.000Z';

/** A simulator with a seed, a client of it, and a folder that exports go to. */
export interface Stand {
  readonly simulator: Simulator;
  readonly salesforce: Salesforce;
  readonly folder: string;
  connect(settings?: Partial<SalesforceSettings>): Salesforce;
  context(system: string, more?: Partial<ConnectorContext>): ConnectorContext;
  /** A written file's text. */
  text(path: string): Promise<string>;
  /** A written NDJSON file's rows. */
  rows(path: string): Promise<Record<string, unknown>[]>;
  fault(match: string, kind: string, more?: object): Promise<void>;
  clear(): Promise<void>;
  calls(): Promise<Record<string, number>>;
  control(path: string, body: unknown): Promise<void>;
  stop(): Promise<void>;
}

export async function stand(seed: Seed | string): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-stand-'));
  const simulator = await startSimulator({ seed, folder: join(folder, 'simulator') }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const connected: Salesforce[] = [];
  const files = join(folder, 'files');
  const connect = (settings: Partial<SalesforceSettings> = {}) => {
    const { core, clientId, clientSecret } = simulator;
    const salesforce = createSalesforce({ loginUrl: core, clientId, clientSecret, apiVersion: '67.0', ...settings });
    connected.push(salesforce);
    return salesforce;
  };
  const order = async (path: string, body: unknown, method = 'POST') => {
    const answer = await fetch(`${simulator.control}${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const text = (path: string) => readFile(join(files, path), 'utf8');
  return {
    simulator, folder, connect, text,
    salesforce: connect(),
    context: (system, more) => ({
      requestId: 'R-1', system, at: AT, signal: new AbortController().signal, sink: sinkIn(folder, files), heartbeat: () => undefined, resume: undefined, ...more,
    }),
    rows: async (path) => (await text(path)).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>),
    fault: async (match, kind, more = {}) => void (await order('/faults', { match, kind, ...more })),
    clear: async () => void (await order('/faults', undefined, 'DELETE')),
    calls: async () => ((await (await order('', undefined, 'GET')).json()) as { calls: Record<string, number> }).calls,
    control: async (path, body) => void (await order(path, body)),
    stop: async () => {
      for (const salesforce of connected) await salesforce.close();
      await simulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
