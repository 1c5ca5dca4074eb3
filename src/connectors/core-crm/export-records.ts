import { isSafeNumber, LosslessNumber } from 'lossless-json';
import type { ConnectorContext } from '../spi.ts';
import { SystemFailure } from '../../http/failure.ts';
import type { FileReceipt, TableDescription } from '../../contract/receipt.ts';
import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { openTables } from '../shared/table-files.ts';
import { DELETED } from './archived.ts';
import { whyClosed } from './closed.ts';
import { picturesIn, type Picture } from './pictures.ts';
import type { CrmScope } from './find-people.ts';

/** Records that one query asks for, and bytes of its list of fields: together they fit a URI. */
const IDS = 200;
const FIELD_BYTES = 5500;
/** Characters of a bulk query, out of the allowed 100,000. */
const BULK_CHARACTERS = 90_000;

type Field = SObjectDescription['fields'][number];
/** Pages of records, values in the order of the fields. */
type Pages = AsyncGenerator<unknown[][], void>;

/** Which records of an object are exported. */
export interface Wanted {
  readonly ids: readonly string[];
  /** Above this number, records are read by the Bulk API. */
  readonly bulkAbove: number;
  /** The filter of the query, if the object takes no filter by ID. */
  readonly by?: { readonly field: string; readonly values: readonly string[] };
}

export interface ExportedRecords {
  readonly files: FileReceipt[];
  readonly table: TableDescription;
  readonly notes: readonly string[];
  /** Records in the recycle bin that were left out. */
  readonly inBin: number;
  /** Pictures within its texts. */
  readonly pictures: readonly Picture[];
}

/**
 * Exports records of one object to `systems/<id>/<object>.ndjson` and `.csv`: by SOQL, and by the
 * Bulk API if there are more than `bulkAbove`. The content of files is not among the fields,
 * because it comes as files.
 */
export async function exportRecords(
  scope: CrmScope,
  context: ConnectorContext,
  description: SObjectDescription,
  wanted: Wanted,
): Promise<ExportedRecords> {
  const { ids, bulkAbove, by } = wanted;
  const all = description.fields.filter(({ type }) => type !== 'base64');
  // Addresses and locations are made of other fields, which come by themselves.
  const plain = all.filter(({ type }) => type !== 'address' && type !== 'location');
  if (ids.length > bulkAbove && by === undefined) {
    try {
      return await write(scope, context, description, {
        fields: plain,
        pages: readByBulk(scope, description, plain, ids),
      });
    } catch (error) {
      // SOQL may return what the Bulk API refuses, cannot finish, or returns in an unreadable form.
      if (
        whyClosed(error) === undefined &&
        !(error instanceof SystemFailure && error.facts.kind === 'unreadable')
      ) {
        throw error;
      }
      const written = await writeBySoql(scope, context, description, all, wanted);
      return {
        ...written,
        notes: [
          ...written.notes,
          `The Bulk API does not take ${description.label}, so it was read page by page.`,
        ],
      };
    }
  }
  return writeBySoql(scope, context, description, all, wanted);
}

/**
 * The mark of the recycle bin cannot be left out, because only it shows which records are there.
 */
function writeBySoql(
  scope: CrmScope,
  context: ConnectorContext,
  description: SObjectDescription,
  fields: readonly Field[],
  wanted: Wanted,
): Promise<ExportedRecords> {
  const needed = ['Id', DELETED, ...[wanted.by?.field ?? []].flat()];
  return scope.refused.withBin(description, (all) =>
    scope.refused.reading(
      description.name,
      fields.map(({ name }) => name),
      needed,
      (names) => {
        const given = fields.filter(({ name }) => names.includes(name));
        return write(scope, context, description, {
          fields: given,
          pages: readBySoql(scope, description, given, { ...wanted, all }),
        });
      },
    ),
  );
}

async function write(
  { recycleBin }: CrmScope,
  context: ConnectorContext,
  { name, label }: SObjectDescription,
  { fields, pages }: { fields: readonly Field[]; pages: Pages },
): Promise<ExportedRecords> {
  const tables = await openTables(
    context.sink,
    name,
    fields.map((field) => field.name),
  );
  let records = 0;
  let deleted = 0;
  const pictures: Picture[] = [];
  const names = fields.map((field) => field.name);
  const mark = names.indexOf(DELETED);
  try {
    for await (const read of pages) {
      const rows = recycleBin === 'export' ? read : read.filter((row) => row[mark] !== true);
      deleted += read.filter((row) => row[mark] === true).length;
      if (rows.length > 0) await tables.add(`systems/${context.system}/${name}`, rows);
      for (const row of rows) {
        pictures.push(...picturesIn(name, names, row));
      }
      records += rows.length;
      context.heartbeat({ object: name, records });
    }
    const table = {
      name,
      label,
      fields: fields.map((field) => ({ name: field.name, label: field.label, type: field.type })),
    };
    const notes =
      deleted === 0 || recycleBin === 'name'
        ? []
        : [
            `${deleted} of the records of ${label} lie in the recycle bin of the org, and ` +
              `are marked by ${DELETED}.`,
          ];
    return {
      files: await tables.finish(),
      table,
      notes,
      inBin: recycleBin === 'name' ? deleted : 0,
      pictures,
    };
  } catch (error) {
    await tables.discard();
    throw error;
  }
}

/**
 * Whole records. If an object has more fields than a URI holds, several queries read them, and they
 * are joined.
 */
async function* readBySoql(
  { salesforce, system, signal }: CrmScope,
  description: SObjectDescription,
  fields: readonly Field[],
  { ids, by = { field: 'Id', values: ids }, all }: Wanted & { readonly all: boolean },
): Pages {
  const names = fields.map(({ name }) => name);
  const left = new Set(ids);
  for (let start = 0; start < by.values.length; start += IDS) {
    const list = by.values
      .slice(start, start + IDS)
      .map((id) => salesforce.soqlText(id))
      .join(',');
    const joined = new Map<string, SObjectRecord>();
    for (const group of groups(names)) {
      for await (const { records } of salesforce.soql(
        `SELECT ${group.join(',')} FROM ${description.name} WHERE ${by.field} IN (${list}) ORDER BY Id`,
        { system, signal, all },
      )) {
        for (const record of records) {
          joined.set(String(record.Id), { ...joined.get(String(record.Id)), ...record });
        }
      }
    }
    const wanted = [...joined.values()].filter(
      (record) => by.field === 'Id' || left.has(String(record.Id)),
    );
    yield wanted.map((record) => names.map((name) => record[name] ?? null));
  }
}

async function* readByBulk(
  { salesforce, system, signal, onPage, refused }: CrmScope,
  description: SObjectDescription,
  fields: readonly Field[],
  ids: readonly string[],
): Pages {
  const select = `SELECT ${fields.map(({ name }) => name).join(',')} FROM ${description.name} WHERE Id IN `;
  const all = refused.givesBin(description);
  const each = Math.max(
    1,
    Math.floor((BULK_CHARACTERS - select.length) / "'000000000000000AAA',".length),
  );
  for (let start = 0; start < ids.length; start += each) {
    const list = ids
      .slice(start, start + each)
      .map((id) => salesforce.soqlText(id))
      .join(',');
    for await (const { columns, rows } of salesforce.bulk(`${select}(${list})`, {
      system,
      signal,
      all,
      onWait: onPage,
    })) {
      const at = fields.map(({ name }) =>
        columns.findIndex((column) => column.toLowerCase() === name.toLowerCase()),
      );
      if (at.includes(-1)) {
        throw new SystemFailure({ kind: 'unreadable', system, code: 'OTHER_COLUMNS' });
      }
      yield rows.map((row) =>
        fields.map((field, index) => valueOf(field, row[at[index] ?? -1] ?? '')),
      );
    }
  }
}

/** A value as SOQL would return it: CSV has only texts. */
function valueOf({ type }: Field, text: string): unknown {
  if (text === '') return null;
  if (type === 'boolean') return text === 'true';
  if (
    !/^(?:int|double|currency|percent|long)$/.test(type) ||
    !/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)
  ) {
    return text;
  }
  return isSafeNumber(text) ? Number(text) : new LosslessNumber(text);
}

function groups(names: readonly string[]): string[][] {
  const made: string[][] = [['Id']];
  let bytes = 0;
  for (const name of names) {
    if (name === 'Id') continue;
    bytes += encodeURIComponent(`${name},`).length;
    if (bytes > FIELD_BYTES) {
      made.push(['Id']);
      bytes = encodeURIComponent(`${name},`).length;
    }
    made.at(-1)?.push(name);
  }
  return made;
}
