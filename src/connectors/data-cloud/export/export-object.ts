import * as z from 'zod';
import type { ConnectorContext } from '../../spi.ts';
import type { PersonObject } from '../../../contract/object-map.ts';
import type { FileReceipt, Receipt } from '../../../contract/receipt.ts';
import type { Salesforce } from '../../../salesforce/create-salesforce.ts';
import { openTables, type TableFiles } from '../../shared/table-files.ts';
import { exportQuery, waysTo } from './export-query.ts';
import type { RecordKey } from '../locate/fit.ts';
import { readSharedParents } from './parents.ts';
import { rowSplitter, type NumberedProfile } from './split-rows.ts';
import { pieces, unique } from '../sql.ts';
import { exportedRows } from './export-values.ts';
import { isCastable } from '../key-form.ts';
import { reducedExport, type OtherThanTold } from './reduce-export.ts';
import { readUnifiedLinks } from './unified.ts';

export interface ToExport {
  readonly object: PersonObject;
  readonly dataSpace: string;
  /** Only profiles of the data space are exported. */
  readonly profiles: readonly NumberedProfile[];
  /** Every individual record that shares a party ID with one of the profiles. */
  readonly siblings: readonly RecordKey[];
}

export type ObjectReceipt = Receipt & { readonly rowsPerProfile: Readonly<Record<number, number>> };

/** Party IDs that one query asks for, and so the most tables that are open at once. */
const AT_ONCE = 200;
/** Values that one query may have: the engine refuses more than 10,000 ("too many parameters"). */
const MOST_VALUES = 9_000;

const fileReceipt = z.object({
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  rows: z.number().optional(),
  mediaType: z.string(),
  table: z.string().optional(),
});
const tableMark = z.object({
  base: z.string(),
  ndjson: z.number(),
  csv: z.number(),
  rows: z.number(),
});
const markShape = z.object({
  object: z.string(),
  /** Batches of party IDs that are done, and ways of the next one that are done. */
  piece: z.number(),
  way: z.number(),
  /** The tables when the way began. */
  start: z.object({ tables: z.array(tableMark), withheld: z.number() }),
  query: z.object({ queryId: z.string(), offset: z.number() }).nullable(),
  tables: z.array(tableMark),
  withheld: z.number(),
  without: z.array(z.string()).default([]),
  numbers: z.boolean().default(false),
  done: z.object({
    files: z.array(fileReceipt),
    rows: z.record(z.string(), z.number()),
    withheld: z.number(),
    leftOut: z.number(),
    queryIds: z.array(z.string()),
  }),
});
/** The progress of an export. It holds no personal data. */
type Mark = z.infer<typeof markShape>;

/**
 * Exports one object for all profiles of a data space with one query. Its rows are split per
 * profile while they stream into `profiles/<n>/<object>.ndjson` and `.csv`. It goes on from its
 * last heartbeat. Memory is bounded by the page.
 *
 * @throws SystemFailure
 */
export async function exportObject(
  salesforce: Salesforce,
  { object: told, dataSpace, profiles, siblings }: ToExport,
  context: ConnectorContext,
): Promise<ObjectReceipt> {
  const own = profiles.filter((profile) => profile.dataSpace === dataSpace);
  const place = { salesforce, map: { dataSpace }, signal: context.signal };
  const batches = pieces(unique(own.map(({ partyId }) => partyId)), idsAtOnce(told));
  const before = markShape.safeParse(context.resume);
  let mark: Mark =
    before.success && before.data.object === told.name
      ? before.data
      : {
          object: told.name,
          ...FRESH,
          piece: 0,
          without: [],
          numbers: false,
          done: { files: [], rows: {}, withheld: 0, leftOut: 0, queryIds: [] },
        };
  for (let batch = batches[mark.piece]; batch !== undefined; batch = batches[mark.piece]) {
    const object = asAsked(told, mark);
    const ways = waysTo(object);
    const here = profilesOf(own, batch);
    const opened = await goOn(context, object, mark);
    mark = opened.mark;
    const { tables } = opened;
    let leftOut = 0;
    try {
      for (let way = ways[mark.way]; way !== undefined; way = ways[mark.way]) {
        const parents = await readSharedParents(place, way, batch);
        const unified =
          way.reach === 'unified'
            ? await readUnifiedLinks(place, way, batch, own, siblings)
            : undefined;
        leftOut += unified?.leftOut ?? 0;
        const sql = exportQuery(way, batch, {
          distinct: parents.any || unified !== undefined,
          earlier: ways.slice(0, mark.way),
        });
        const split = rowSplitter(way, here, siblings, unified?.choose ?? parents.choose);
        const pages = salesforce.query(sql, {
          dataSpace,
          signal: context.signal,
          resume: mark.query ?? undefined,
          onWait: () => context.heartbeat(mark),
        });
        await whileComing(pages, async ({ queryId, offset, values, columns }) => {
          if (offset === 0 && (mark.query?.offset ?? 0) > 0) {
            await tables.rewind(mark.start.tables);
            mark = {
              ...mark,
              query: null,
              tables: mark.start.tables,
              withheld: mark.start.withheld,
            };
          }
          const { byProfile, withheld } = split({ values, columns });
          const rows = exportedRows(values, object.fields);
          for (const [number, ofProfile] of byProfile) {
            await tables.addFrom(baseOf(number, object), rows, ofProfile);
          }
          mark = {
            ...mark,
            query: { queryId, offset: offset + values.count },
            tables: await tables.marks(),
            withheld: mark.withheld + withheld,
          };
          context.heartbeat(mark);
        });
        mark = nextWay(mark);
      }
      mark = await finishPiece(mark, tables, here, { object, leftOut });
      context.heartbeat(mark);
    } catch (error) {
      await tables.suspend();
      const mended =
        mark.query === null ? await reducedExport(place, object, mark, batch, error) : undefined;
      if (mended === undefined) throw error;
      mark = { ...mark, ...FRESH, ...mended };
    }
  }
  return receiptOf(salesforce, {
    object: asAsked(told, mark),
    partial: partOf(told, mark, unique(own.map(({ partyId }) => partyId))),
    dataSpace,
    mark,
    own,
    context,
  });
}

/**
 * The most party IDs that one query may ask for. The last way names them once for each person
 * field, of its own and of the ways before it.
 */
const idsAtOnce = (object: PersonObject): number =>
  Math.max(
    1,
    Math.min(
      AT_ONCE,
      Math.floor(
        MOST_VALUES /
          waysTo(object).reduce((sum, { personFields }) => sum + personFields.length, 0),
      ),
    ),
  );

/** An object in the form that the engine accepts. */
function asAsked(told: PersonObject, { without, numbers }: OtherThanTold): PersonObject {
  const fields = told.fields.filter(({ name }) => !without.includes(name));
  if (!numbers) return { ...told, fields };
  const asNumbers = (personFields: PersonObject['personFields']) =>
    personFields.map((field) => ({ ...field, number: true }));
  return {
    ...told,
    fields,
    personFields: asNumbers(told.personFields),
    ...(told.otherWays && {
      otherWays: told.otherWays.map((way) => ({
        ...way,
        personFields: asNumbers(way.personFields),
      })),
    }),
  };
}

/** The parts of an object that were not exported, in words. */
function partOf(
  told: PersonObject,
  { without, numbers }: OtherThanTold,
  ids: readonly string[],
): string[] {
  const labels = told.fields
    .filter(({ name }) => without.includes(name))
    .map(({ name, label }) => `${label} (${name})`);
  const unasked = numbers ? ids.filter((id) => !isCastable(id)).length : 0;
  return [
    ...(labels.length === 0
      ? []
      : [
          `Data Cloud refuses to give ${labels.length === 1 ? 'the field' : 'the fields'} ` +
            `${labels.join(', ')}; all others are there.`,
        ]),
    ...(unasked === 0
      ? []
      : [
          `Its people are told by numbers, and ${unasked} party ID(s) are none: Data Cloud ` +
            'refuses to look for these.',
        ]),
  ];
}

/** Works on each page while the next one is fetched, one page at a time, in their order. */
async function whileComing<Page>(
  pages: AsyncIterable<Page>,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  let underWay = Promise.resolve();
  try {
    for await (const page of pages) {
      await underWay;
      underWay = work(page);
      underWay.catch(() => undefined);
    }
  } finally {
    await underWay;
  }
}

/** A batch of party IDs without any rows read. */
const FRESH = { way: 0, query: null, tables: [], withheld: 0, start: { tables: [], withheld: 0 } };

/** The next way begins where this one ended. */
const nextWay = ({ query, done, ...mark }: Mark): Mark => ({
  ...mark,
  way: mark.way + 1,
  query: null,
  start: { tables: mark.tables, withheld: mark.withheld },
  done: { ...done, queryIds: [...done.queryIds, ...(query === null ? [] : [query.queryId])] },
});

const profilesOf = (
  profiles: readonly NumberedProfile[],
  partyIds: readonly string[],
): NumberedProfile[] => profiles.filter(({ partyId }) => partyIds.includes(partyId));

const baseOf = (number: number, object: PersonObject): string =>
  `profiles/${number}/${object.name}`;

/**
 * Opens the tables at the last heartbeat's place. If that is no longer possible, it opens the batch
 * at its start.
 */
async function goOn(
  { sink }: ConnectorContext,
  object: PersonObject,
  mark: Mark,
): Promise<{ tables: TableFiles; mark: Mark }> {
  const names = object.fields.map(({ name }) => name);
  try {
    return { tables: await openTables(sink, object.name, names, mark.tables), mark };
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'cannot-resume') throw error;
    return { tables: await openTables(sink, object.name, names), mark: { ...mark, ...FRESH } };
  }
}

async function finishPiece(
  mark: Mark,
  tables: TableFiles,
  profiles: readonly NumberedProfile[],
  { object, leftOut }: { object: PersonObject; leftOut: number },
): Promise<Mark> {
  const rows = Object.fromEntries(
    profiles.map(({ number }) => [String(number), tables.rowsOf(baseOf(number, object))]),
  );
  const files: FileReceipt[] = await tables.finish();
  const { done } = mark;
  return {
    ...mark,
    ...FRESH,
    piece: mark.piece + 1,
    done: {
      ...done,
      files: [...done.files, ...files],
      rows: { ...done.rows, ...rows },
      withheld: done.withheld + mark.withheld,
      leftOut: done.leftOut + leftOut,
    },
  };
}

function receiptOf(
  salesforce: Salesforce,
  {
    object,
    partial,
    dataSpace,
    mark: { done },
    own,
    context,
  }: {
    object: PersonObject;
    partial: readonly string[];
    dataSpace: string;
    mark: Mark;
    own: readonly NumberedProfile[];
    context: ConnectorContext;
  },
): ObjectReceipt {
  return {
    system: context.system,
    connector: 'data-cloud',
    name: `data-cloud-${dataSpace}-${object.name}`,
    at: context.at,
    outcome: done.files.length > 0 ? 'exported' : 'nothing-held',
    files: done.files,
    tables: [
      {
        name: object.name,
        label: object.label,
        fields: object.fields,
        ...(object.inferred && { inferred: true }),
      },
    ],
    dataSpace,
    provenance: {
      object: object.name,
      host: salesforce.host,
      api: salesforce.queryPath(),
      queryId: done.queryIds.join(' '),
      ...(object.parent !== undefined && {
        through: waysTo(object)
          .map(({ parent }) => parent?.object)
          .join(' '),
      }),
    },
    withheldRows: done.withheld,
    notes: [
      ...partial,
      ...(done.leftOut === 0
        ? []
        : [
            `${done.leftOut} unified records are left out, for they are made of profiles ` +
              'outside this package too.',
          ]),
    ],
    ...(partial.length > 0 && { partial }),
    rowsPerProfile: Object.fromEntries(
      own.map(({ number }) => [number, done.rows[String(number)] ?? 0]),
    ),
  };
}
