import * as z from 'zod';
import type { ConnectorContext } from '../../domain/connector.ts';
import type { PersonObject } from '../../domain/object-map.ts';
import type { FileReceipt, Receipt } from '../../domain/receipt.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import { openTables, type TableFiles } from '../shared/table-files.ts';
import { exportQuery } from './export-query.ts';
import type { RecordKey } from './fit.ts';
import { readSharedParents } from './parents.ts';
import { rowSplitter, type NumberedProfile } from './split-rows.ts';
import { pieces, unique } from './sql.ts';
import { readUnifiedLinks } from './unified.ts';

export interface ExportOrder {
  readonly object: PersonObject;
  readonly dataSpace: string;
  /** Those of the data space are exported. */
  readonly profiles: readonly NumberedProfile[];
  /** Every individual record that shares a party ID with one of the profiles. */
  readonly siblings: readonly RecordKey[];
}

export type ObjectReceipt = Receipt & { readonly rowsPerProfile: Readonly<Record<number, number>> };

/** Party IDs that one query asks for, and so tables that are open at once. */
const AT_ONCE = 200;

const fileReceipt = z.object({ path: z.string(), bytes: z.number(), sha256: z.string(), rows: z.number().optional(), mediaType: z.string(), table: z.string().optional() });
const markShape = z.object({
  object: z.string(),
  piece: z.number(),
  query: z.object({ queryId: z.string(), offset: z.number() }).nullable(),
  tables: z.array(z.object({ base: z.string(), ndjson: z.number(), csv: z.number(), rows: z.number() })),
  withheld: z.number(),
  done: z.object({ files: z.array(fileReceipt), rows: z.record(z.string(), z.number()), withheld: z.number(), leftOut: z.number(), queryIds: z.array(z.string()) }),
});
/** How far an export is. It holds no personal data. */
type Mark = z.infer<typeof markShape>;

/**
 * Exports one object for all profiles of a data space with one query, its rows split per profile while they stream into
 * `profiles/<n>/<object>.ndjson` and `.csv`. It goes on from its last heartbeat. Memory is bounded by the page.
 *
 * @throws SystemFailure
 */
export async function exportObject(salesforce: Salesforce, { object, dataSpace, profiles, siblings }: ExportOrder, context: ConnectorContext): Promise<ObjectReceipt> {
  const own = profiles.filter((profile) => profile.dataSpace === dataSpace);
  const batches = pieces(unique(own.map(({ partyId }) => partyId)), AT_ONCE);
  const names = object.fields.map(({ name }) => name);
  const start = markShape.safeParse(context.resume);
  let mark: Mark = start.success && start.data.object === object.name ? start.data : { object: object.name, piece: 0, query: null, tables: [], withheld: 0, done: { files: [], rows: {}, withheld: 0, leftOut: 0, queryIds: [] } };

  for (; mark.piece < batches.length;) {
    const partyIds = batches[mark.piece] ?? [];
    const here = own.filter(({ partyId }) => partyIds.includes(partyId));
    const place = { salesforce, map: { dataSpace }, signal: context.signal };
    const parents = await readSharedParents(place, object, partyIds);
    const unified = object.reach === 'unified' ? await readUnifiedLinks(place, object, partyIds, own, siblings) : undefined;
    const split = rowSplitter(object, here, siblings, unified?.choose ?? parents.choose);
    const opened = await goOn(context, object, names, mark);
    let tables = opened.tables;
    mark = opened.mark;
    try {
      const pages = salesforce.query(exportQuery(object, partyIds, { distinct: parents.any || unified !== undefined }), {
        dataSpace, signal: context.signal, resume: mark.query ?? undefined, onWait: () => context.heartbeat(mark),
      });
      for await (const { queryId, offset, rows } of pages) {
        if (offset === 0 && (mark.query?.offset ?? 0) > 0) {
          await tables.discard();
          tables = await openTables(context.sink, object.name, names);
          mark = { ...mark, query: null, tables: [], withheld: 0 };
        }
        const { byProfile, withheld } = split(rows);
        for (const [number, ofProfile] of byProfile) await tables.add(baseOf(number, object), ofProfile);
        mark = { ...mark, query: { queryId, offset: offset + rows.length }, tables: await tables.marks(), withheld: mark.withheld + withheld };
        context.heartbeat(mark);
      }
      mark = await finishPiece(mark, tables, here, object, unified?.leftOut ?? 0);
      context.heartbeat(mark);
    } catch (error) {
      await tables.suspend();
      throw error;
    }
  }
  return receiptOf(salesforce, { object, dataSpace, mark, own, context });
}

const baseOf = (number: number, object: PersonObject): string => `profiles/${number}/${object.name}`;

/** Opens the tables where the last heartbeat left them, or from the start where that is no longer possible. */
async function goOn({ sink }: ConnectorContext, object: PersonObject, names: readonly string[], mark: Mark): Promise<{ tables: TableFiles; mark: Mark }> {
  if (mark.query !== null) {
    try {
      return { tables: await openTables(sink, object.name, names, mark.tables), mark };
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'cannot-resume') throw error;
    }
  }
  return { tables: await openTables(sink, object.name, names), mark: { ...mark, query: null, tables: [], withheld: 0 } };
}

async function finishPiece(mark: Mark, tables: TableFiles, profiles: readonly NumberedProfile[], object: PersonObject, leftOut: number): Promise<Mark> {
  const rows = Object.fromEntries(profiles.map(({ number }) => [String(number), tables.rowsOf(baseOf(number, object))]));
  const files: FileReceipt[] = await tables.finish();
  const { done } = mark;
  return {
    ...mark, piece: mark.piece + 1, query: null, tables: [], withheld: 0,
    done: { files: [...done.files, ...files], leftOut: done.leftOut + leftOut, rows: { ...done.rows, ...rows }, withheld: done.withheld + mark.withheld, queryIds: [...done.queryIds, ...(mark.query === null ? [] : [mark.query.queryId])] },
  };
}

function receiptOf(salesforce: Salesforce, { object, dataSpace, mark: { done }, own, context }: { object: PersonObject; dataSpace: string; mark: Mark; own: readonly NumberedProfile[]; context: ConnectorContext }): ObjectReceipt {
  return {
    system: context.system,
    connector: 'data-cloud',
    name: `data-cloud-${dataSpace}-${object.name}`,
    at: context.at,
    outcome: done.files.length > 0 ? 'exported' : 'nothing-held',
    files: done.files,
    tables: [{ name: object.name, label: object.label, fields: object.fields }],
    dataSpace,
    provenance: {
      object: object.name, host: salesforce.host, api: `/services/data/v${salesforce.apiVersion}/ssot/query-sql`, queryId: done.queryIds.join(' '),
      ...(object.parent !== undefined && { through: object.parent.object }),
    },
    withheldRows: done.withheld,
    notes: done.leftOut === 0 ? [] : [`${done.leftOut} unified individuals are left out, for they are made of profiles outside this package too.`],
    rowsPerProfile: Object.fromEntries(own.map(({ number }) => [number, done.rows[String(number)] ?? 0])),
  };
}
