import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectorContext } from '../../src/connectors/spi.ts';
import type { Instant } from '@dossier/law';
import type { Salesforce } from '../../src/salesforce/create-salesforce.ts';
import { sinkIn } from '../../src/storage/file-sink.ts';

export const AT: Instant = '2026-11-23T10:15:00.000Z';

/** A folder that exports go to. */
export interface Ground {
  readonly folder: string;
  context(system: string, more?: Partial<ConnectorContext>): ConnectorContext;
  /** A written file's text. */
  text(path: string): Promise<string>;
  /** A written NDJSON file's rows. */
  rows(path: string): Promise<Record<string, unknown>[]>;
  remove(): Promise<void>;
}

/** What speaks to connectors in a test, and goes wrong when it is told to. */
export interface Faulty {
  readonly salesforce: Salesforce;
  fault(
    match: string,
    kind: string,
    more?: {
      readonly retryAfter?: number;
      readonly times?: number;
      readonly after?: number;
    },
  ): Promise<void>;
  clear(): Promise<void>;
  calls(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-stand-'));
  const files = join(folder, 'files');
  const text = (path: string) => readFile(join(files, path), 'utf8');
  return {
    folder,
    text,
    context: (system, more) => ({
      requestId: 'R-1',
      system,
      at: AT,
      signal: new AbortController().signal,
      sink: sinkIn(folder, files),
      heartbeat: () => undefined,
      resume: undefined,
      ...more,
    }),
    rows: async (path) =>
      (await text(path))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
