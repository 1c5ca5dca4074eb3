import type { ConnectorContext } from '../spi.ts';
import type { FieldDescription, FileReceipt, TableDescription } from '../../contract/receipt.ts';
import type { HttpStream } from '../../http/transport.ts';
import { count } from '../../http/meter.ts';
import { foreignBytes } from './foreign-bytes.ts';
import { openRecords, type RecordFile, type RecordMark } from './record-file.ts';
import { openTables, type TableFiles } from './table-files.ts';

/**
 * One kind of records of a cloud. `path`: its place in the package, without ending, below the
 * system's folder.
 */
export interface Kind {
  readonly path: string;
  readonly name: string;
  readonly label: string;
}
export interface FlatKind extends Kind {
  readonly fields: readonly FieldDescription[];
}

/**
 * The files of one export. Each kind of records is opened at its first row; all are finished
 * together, or none.
 */
export interface CloudFiles {
  /** Flat rows, as NDJSON and CSV; values in the order of the kind's fields. */
  rows(kind: FlatKind, rows: readonly (readonly unknown[])[]): Promise<void>;
  /** Nested records, as NDJSON. */
  records(kind: Kind, records: readonly object[]): Promise<void>;
  /** A resume point of nested records. */
  mark(kind: Kind): Promise<RecordMark | undefined>;
  /**
   * Goes on after resume points of an earlier attempt. Returns false if the files from then are
   * gone: begin anew.
   */
  resume(earlier: readonly { readonly kind: Kind; readonly mark: RecordMark }[]): Promise<boolean>;
  /** A file as it comes, streamed. */
  file(path: string, stream: HttpStream, mediaType: string): Promise<FileReceipt>;
}

/** What an export wrote. */
export interface Written {
  readonly files: readonly FileReceipt[];
  readonly tables: readonly TableDescription[];
}

/** The part of a receipt that every export of a cloud gives alike. */
export const exportOf = <Name extends string>(
  { system, at }: ConnectorContext,
  connector: Name,
  { files, tables }: Written,
) =>
  ({
    system,
    connector,
    name: system,
    at,
    outcome: files.length > 0 ? 'exported' : 'nothing-held',
    files,
    tables,
  }) as const;

/**
 * The most tables that are open at the same time: each takes two files. The first opened are
 * finished first, and a finished table takes no more rows.
 */
const MOST_OPEN = 16;

/** Runs an export and finishes its files. If it fails, it removes them. */
export async function writingFiles<Result>(
  context: ConnectorContext,
  work: (files: CloudFiles) => Promise<Result>,
): Promise<Written & { readonly result: Result }> {
  const folder = `systems/${context.system}`;
  const flat = new Map<string, { readonly kind: FlatKind; readonly tables: TableFiles }>();
  const finished: FileReceipt[] = [];
  const described = new Map<string, TableDescription>();
  const nested = new Map<string, { readonly kind: Kind; readonly file: RecordFile }>();
  const single: FileReceipt[] = [];
  const finishTables = async (path: string) => {
    const open = flat.get(path);
    if (open === undefined) return;
    finished.push(...(await open.tables.finish()));
    described.set(open.kind.name, {
      name: open.kind.name,
      label: open.kind.label,
      fields: open.kind.fields,
    });
    flat.delete(path);
  };
  const open = async (kind: Kind, from?: RecordMark) => {
    const opened = nested.get(kind.path) ?? {
      kind,
      file: await openRecords(context.sink, `${folder}/${kind.path}.ndjson`, kind.name, from),
    };
    nested.set(kind.path, opened);
    return opened.file;
  };
  const files: CloudFiles = {
    async rows(kind, rows) {
      if (rows.length === 0) return;
      count('rows', rows.length);
      const [oldest] = flat.keys();
      if (!flat.has(kind.path) && flat.size >= MOST_OPEN && oldest !== undefined) {
        await finishTables(oldest);
      }
      if (finished.some(({ path }) => path === `${folder}/${kind.path}.csv`)) {
        throw new Error(`${kind.path}: its rows came in pieces too far apart.`);
      }
      const { tables } = flat.get(kind.path) ?? {
        tables: await openTables(
          context.sink,
          kind.name,
          kind.fields.map(({ name }) => name),
        ),
      };
      flat.set(kind.path, { kind, tables });
      await tables.add(`${folder}/${kind.path}`, rows);
    },
    async records(kind, records) {
      count('rows', records.length);
      await (await open(kind)).add(records);
    },
    mark: async (kind) => nested.get(kind.path)?.file.mark(),
    async resume(earlier) {
      try {
        for (const { kind, mark } of earlier) {
          await open(kind, mark);
        }
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'cannot-resume') throw error;
        for (const { kind } of earlier) {
          await nested.get(kind.path)?.file.discard();
          nested.delete(kind.path);
        }
        return false;
      }
    },
    async file(path, stream, mediaType) {
      const receipt = await saveFile(context, `${folder}/${path}`, stream, mediaType);
      single.push(receipt);
      return receipt;
    },
  };
  try {
    const result = await work(files);
    for (const path of flat.keys()) {
      await finishTables(path);
    }
    for (const { kind, file } of nested.values()) {
      const receipt = await file.finish();
      if (receipt === undefined) continue;
      finished.push(receipt);
      const names = new Set([
        ...(described.get(kind.name)?.fields ?? []).map(({ name }) => name),
        ...file.names(),
      ]);
      described.set(kind.name, {
        name: kind.name,
        label: kind.label,
        fields: [...names].map((name) => ({ name, label: name, type: '' })),
      });
    }
    return { result, files: [...finished, ...single], tables: [...described.values()] };
  } catch (error) {
    for (const { tables } of flat.values()) {
      await tables.discard();
    }
    for (const { file } of nested.values()) {
      await file.discard();
    }
    throw error;
  }
}

/**
 * Streams a file to its package path. @throws SystemFailure; `rejected` if it is larger than the
 * sink's `mostBytes`
 */
export async function saveFile(
  context: ConnectorContext,
  path: string,
  { body }: HttpStream,
  mediaType: string,
): Promise<FileReceipt> {
  const file = await context.sink.open(path, { mediaType });
  let bytes = 0;
  try {
    for await (const piece of foreignBytes(body, {
      system: context.system,
      mostBytes: context.sink.mostBytes,
    })) {
      bytes += piece.length;
      await file.write(piece);
      context.heartbeat({ bytes });
    }
    return await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}
