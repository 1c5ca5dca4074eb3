import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../server/clock.ts';
import { positive } from '../../core/query-sql.ts';
import { textOfValue } from '../../server/exact-json.ts';
import { json, type Answer, type Call, type Route } from '../../server/http.ts';
import type { BusinessUnit, CloudRecord, DataExtension } from '../../seed/clouds.ts';
import { FilterError, parseRowFilter } from './row-filter.ts';
import { restRefusal } from './rest-errors.ts';

/** What the routes of data extensions need. */
export interface DataExtensionParts {
  readonly clock: Clock;
  readonly pageSize: number;
  readonly unitOf: (call: Call) => BusinessUnit;
}

interface Rowset {
  readonly extension: DataExtension;
  readonly rows: readonly ReadonlyMap<string, string>[];
  readonly pageSize: number;
  readonly until: number;
}

const DATA = '/rest/data/v1';
const LISTED = 25;
const DAY = 24 * 60 * 60 * 1_000;

/** The internal GUID of a data extension. */
export const guidOf = ({ key }: Pick<DataExtension, 'key'>): string =>
  createHash('sha256')
    .update(key)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The fields of a data extension with their types, in order. */
export const fieldsOf = ({
  fields,
  rows,
  primaryKeys,
}: DataExtension): ReadonlyMap<string, string> =>
  new Map(
    [
      ...new Set([
        ...primaryKeys,
        ...Object.keys(fields),
        ...rows.flatMap((row) => Object.keys(row)),
      ]),
    ].map((name) => [name, fields[name] ?? 'Text']),
  );

/** Data extensions: the list, the fields, and the rows by customer key. */
export function dataExtensionRoutes({
  clock,
  pageSize: longest,
  unitOf,
}: DataExtensionParts): Route[] {
  const rowsets = new Map<string, Rowset>();

  const list = (call: Call): Answer => {
    const { dataExtensions } = unitOf(call);
    const search = call.query.get('$search')?.toLowerCase() ?? '';
    if (search === '') throw restRefusal(400, 10_003, '$search is required');
    const found = dataExtensions.filter(({ name }) => name.toLowerCase().includes(search));
    const [page, size] = pageOf(call, LISTED);
    const items = found.slice((page - 1) * size, page * size).map((extension) => ({
      id: guidOf(extension),
      name: extension.name,
      key: extension.key,
      isActive: true,
      isSendable: false,
      fieldCount: fieldsOf(extension).size,
      rowCount: extension.rows.length,
    }));
    return json(200, { count: found.length, page, pageSize: size, links: {}, items });
  };

  const fields = (call: Call): Answer => {
    const id = call.params.id ?? '';
    const extension = unitOf(call).dataExtensions.find((it) => guidOf(it) === id.toLowerCase());
    if (extension === undefined) {
      throw restRefusal(404, 10_002, 'The data extension does not exist');
    }
    return json(200, {
      id,
      fields: [...fieldsOf(extension)].map(([name, type], ordinal) => ({
        id: guidOf({ key: `${extension.key}.${name}` }),
        name,
        type,
        ordinal,
        isPrimaryKey: extension.primaryKeys.includes(name),
        isNullable: !extension.primaryKeys.includes(name),
        ...(type === 'Text' && { length: 4_000 }),
      })),
    });
  };

  const rows = (call: Call): Answer => {
    const extension = unitOf(call).dataExtensions.find(({ key }) => key === call.params.key);
    if (extension === undefined) {
      throw restRefusal(404, 30_003, 'Unable to find a data extension by this key');
    }
    const columns = new Set([...fieldsOf(extension).keys()].map((name) => name.toLowerCase()));
    const filter = filterOf(call.query.get('$filter'), columns);
    const [page, pageSize] = pageOf(call, longest);
    const rowset: Rowset = {
      extension,
      rows: extension.rows.map((row) => loweredRow(row, columns)).filter(filter),
      pageSize: Math.min(pageSize, longest),
      until: clock.now() + DAY,
    };
    const token = randomUUID();
    rowsets.set(token, rowset);
    return answer(token, rowset, page);
  };

  const more = (call: Call): Answer => {
    unitOf(call);
    const token = call.params.token ?? '';
    const rowset = rowsets.get(token);
    if (rowset === undefined || rowset.until < clock.now()) {
      throw restRefusal(400, 10_003, 'The request token is not known any more');
    }
    return answer(token, rowset, pageOf(call, longest)[0]);
  };

  return [
    { method: 'GET', path: `${DATA}/customObjects`, handle: list },
    { method: 'GET', path: `${DATA}/customObjects/:id/fields`, handle: fields },
    { method: 'GET', path: `${DATA}/customobjectdata/key/:key/rowset`, handle: rows },
    { method: 'GET', path: `${DATA}/customobjectdata/token/:token/rowset`, handle: more },
  ];
}

function answer(token: string, { extension, rows, pageSize, until }: Rowset, page: number): Answer {
  const link = (number: number): string =>
    `/v1/customobjectdata/token/${token}/rowset?$page=${number}`;
  const keys = new Set(extension.primaryKeys.map((name) => name.toLowerCase()));
  const pick = (row: ReadonlyMap<string, string>, isKey: boolean): object =>
    Object.fromEntries([...row].filter(([column]) => keys.has(column) === isKey));
  return json(200, {
    links: { self: link(page), ...(page * pageSize < rows.length && { next: link(page + 1) }) },
    requestToken: token,
    tokenExpireDateUtc: new Date(until).toISOString().slice(0, 19),
    customObjectId: guidOf(extension),
    customObjectKey: extension.key,
    pageSize,
    page,
    count: rows.length,
    items: rows
      .slice((page - 1) * pageSize, page * pageSize)
      .map((row) => ({ keys: pick(row, true), values: pick(row, false) })),
  });
}

/** A row by its column names in lower case. Every value is a text. */
const loweredRow = (
  row: CloudRecord,
  columns: ReadonlySet<string>,
): ReadonlyMap<string, string> => {
  const texts = new Map(
    Object.entries(row).map(([name, value]) => [name.toLowerCase(), textOfValue(value)]),
  );
  return new Map([...columns].map((column) => [column, texts.get(column) ?? '']));
};

function filterOf(text: string | null, columns: ReadonlySet<string>) {
  if (text === null || text.trim() === '') return () => true;
  try {
    return parseRowFilter(text, columns);
  } catch (error) {
    if (error instanceof FilterError) throw restRefusal(400, 10_003, `$filter: ${error.message}`);
    throw error;
  }
}

const pageOf = (call: Call, size: number): [page: number, size: number] => [
  positive(call.query.get('$page')) ?? 1,
  positive(call.query.get('$pageSize')) ?? size,
];
