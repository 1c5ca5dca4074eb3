import * as z from 'zod';
import { SystemFailure } from '../../http/failure.ts';
import type { FieldDescription } from '../../contract/receipt.ts';
import { cell } from '../shared/cell.ts';
import { ownLink } from '../shared/cloud-client.ts';
import { plainEmail } from '../shared/tell-apart.ts';
import { bearer, type BusinessUnit } from './business-unit.ts';

/** A data extension that holds the subject's rows, and the column that says whose a row is. */
export const dataExtension = z.strictObject({
  key: z.string().min(1).describe('Its customer key, which is not its name.'),
  column: z.string().min(1).describe('The column that tells whose row it is.'),
  holds: z
    .enum(['contact-key', 'email'])
    .default('contact-key')
    .describe('What that column holds.'),
  label: z.string().optional().describe('Its name for people.'),
  businessUnits: z
    .array(z.coerce.string())
    .optional()
    .describe('MIDs where it lies; by default it is looked for in all.'),
  filtered: z
    .boolean()
    .default(true)
    .describe(
      '`false` reads it whole, once for each key or address, where the account refuses our ' +
        '`$filter`, whose grammar is not documented.',
    ),
});
export type DataExtension = z.infer<typeof dataExtension>;

export interface ExtensionPage {
  readonly fields: readonly FieldDescription[];
  readonly rows: unknown[][];
  readonly objectId: string;
  readonly value: string;
}

const values = z.record(z.string(), z.unknown());
/** An empty one has no `items`. Either of the two names identifies the data extension. */
const rowsetShape = z.looseObject({
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
  customObjectId: z.string().nullish(),
  customObjectKey: z.string().nullish(),
  items: z.array(z.looseObject({ keys: values.nullish(), values: values.nullish() })).nullish(),
});
const fieldsShape = z.looseObject({
  fields: z
    .array(
      z.looseObject({
        name: z.string(),
        type: z.string().nullish(),
        ordinal: z.number().nullish(),
      }),
    )
    .nullish(),
});

const PAGE = 2500;

/**
 * Rows of a data extension whose column holds one of `wanted`, page by page, with the columns'
 * given names.
 *
 * The server compares as its database does, so rows are compared again here: a contact key letter
 * by letter, an address without case.
 *
 * @param isRead whether rows of a value were read before: business units share data extensions
 * @throws SystemFailure; `rejected` with status 404 if this business unit has none of that key
 * @see Marketing Cloud Engagement, "Get Data Extension Rowset by Key"; the filter's grammar is not
 *   documented, so it can be switched off
 */
export async function* extensionRows(
  unit: BusinessUnit,
  extension: DataExtension,
  wanted: readonly string[],
  isRead: (objectId: string, value: string) => boolean,
): AsyncGenerator<ExtensionPage, void> {
  let fields: readonly FieldDescription[] | undefined;
  for (const value of wanted) {
    const filter = extension.filtered
      ? `&$filter=${encodeURIComponent(`${extension.column} eq '${value.replaceAll("'", "''")}'`)}`
      : '';
    let path: string | undefined =
      `data/v1/customobjectdata/key/${encodeURIComponent(extension.key)}/rowset?$page=1&$pageSize=${PAGE}${filter}`;
    for (const seen = new Set<string>(); path !== undefined;) {
      if (seen.has(path)) {
        throw new SystemFailure({ kind: 'unreadable', system: unit.system, code: 'PAGE_REPEATED' });
      }
      seen.add(path);
      const asked: string = path;
      const {
        items,
        customObjectId: id,
        customObjectKey: key,
        links,
      } = await unit.client.ask(rowsetShape, (token) => ({
        method: 'GET',
        url: ownLink(unit.system, token.rest, asked),
        headers: bearer(token),
      }));
      unit.onPage();
      if (!id && !key && items === undefined) {
        throw new SystemFailure({ kind: 'unreadable', system: unit.system, code: 'FOREIGN_SHAPE' });
      }
      const customObjectId = id ?? key ?? extension.key;
      if (isRead(customObjectId, value)) break;
      const records = (items ?? []).map(
        (item) => ({ ...item.values, ...item.keys }) as Readonly<Record<string, unknown>>,
      );
      if (records.length > 0) {
        fields ??= await fieldsOf(unit, customObjectId, records);
        const own = records.filter((record) => isOf(value, { unit, extension, record, wanted }));
        yield {
          fields,
          objectId: customObjectId,
          value,
          rows: own.map((record) =>
            (fields ?? []).map(({ name }) => record[name.toLowerCase()] ?? record[name] ?? null),
          ),
        };
      }
      path = links?.next ? pathOf(links.next) : undefined;
    }
  }
}

interface Row {
  readonly unit: BusinessUnit;
  readonly extension: DataExtension;
  readonly record: Readonly<Record<string, unknown>>;
  readonly wanted: readonly string[];
}

/**
 * Whether a row is the subject's, and does not come for another of the wanted values too. Two of
 * them can be spellings of one address.
 */
function isOf(
  asked: string,
  { unit: { system }, extension: { key, column, holds }, record, wanted }: Row,
): boolean {
  const found = Object.keys(record).find((name) => name.toLowerCase() === column.toLowerCase());
  if (found === undefined) {
    throw new SystemFailure({
      kind: 'rejected',
      system,
      code: 'NO_SUCH_COLUMN',
      action: `The data extension "${key}" has no column "${column}"; mend \`dataExtensions\`.`,
    });
  }
  const value = cell(record[found]).trim();
  if (holds !== 'email') return value === asked.trim();
  const spelled =
    wanted.find((it) => it.trim().toLowerCase() === value.toLowerCase()) ??
    wanted.find((it) => plainEmail(it) === plainEmail(value));
  return spelled === asked;
}

/** Links begin at `/v1/`, and the API below `/data/`. */
const pathOf = (link: string): string => (link.startsWith('/v1/') ? `data${link}` : link);

/**
 * Columns with their given names, because rows carry them in lower case. Columns that the list
 * lacks keep their own.
 */
async function fieldsOf(
  { client, system }: BusinessUnit,
  objectId: string,
  records: readonly Readonly<Record<string, unknown>>[],
): Promise<FieldDescription[]> {
  const { fields } = await client
    .ask(fieldsShape, (token) => ({
      method: 'GET',
      url: ownLink(
        system,
        token.rest,
        `data/v1/customObjects/${encodeURIComponent(objectId)}/fields`,
      ),
      headers: bearer(token),
    }))
    .catch((error: unknown) => {
      // We may be able to read rows but not names; then names lose only their capitals.
      if (
        error instanceof SystemFailure &&
        (error.facts.status === 403 || error.facts.status === 404)
      ) {
        return { fields: [] };
      }
      throw error;
    });
  const known = (fields ?? [])
    .toSorted((a, b) => (a.ordinal ?? 0) - (b.ordinal ?? 0))
    .map(({ name, type }) => ({ name, label: name, type: type ?? '' }));
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  const more = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(
    (name) => !names.has(name.toLowerCase()),
  );
  return [...known, ...more.map((name) => ({ name, label: name, type: '' }))];
}
