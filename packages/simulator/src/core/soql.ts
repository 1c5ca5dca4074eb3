import type { CoreObject } from './model.ts';
import { sqlRefusal } from './query-sql.ts';
import { columnsOf } from './query-columns.ts';
import { json, jsonText, Refusal, type Answer, type Call, type Route } from '../server/http.ts';
import { writerOf, type Milliseconds } from '../data-cloud/pages.ts';
import type { HeldResult, Results, TextRow } from '../data-cloud/results.ts';
import { NotOfferedError, parseSoql, SoqlError } from './soql-parser.ts';
import { toSql, UnknownNameError, type Translated } from './soql-to-sql.ts';

/** The schema of the core's tables. */
export const CORE_SCHEMA = 'core';

/** What the routes of SOQL need. */
export interface SoqlParts {
  readonly objects: ReadonlyMap<string, CoreObject>;
  readonly results: Results;
  readonly milliseconds: Milliseconds;
  readonly page: number;
}

const DATA = '/services/data/:version';
const refused = (status: number, errorCode: string, message: string): Refusal =>
  new Refusal(json(status, [{ message, errorCode }]));

/** SOQL, with its further pages. */
export function soqlRoutes({ objects, results, milliseconds, page }: SoqlParts): Route[] {
  const open = new Map<string, { asked: Translated; page: number }>();

  const query =
    (withDeleted: boolean) =>
    async (call: Call): Promise<Answer> => {
      const text = call.query.get('q');
      if (text === null) {
        throw refused(400, 'MALFORMED_QUERY', 'Query string parameter q is required');
      }
      const asked = translated(text, objects, withDeleted);
      if (call.query.get('columns') === 'true') return json(200, columnsOf(asked));
      const size = Math.min(
        page,
        Math.max(
          1,
          Number(/batchSize=(\d+)/.exec(String(call.headers['sforce-query-options']))?.[1] ?? page),
        ),
      );
      const { result } = await results
        .open({ schema: CORE_SCHEMA, sql: asked.sql, values: asked.values }, size)
        .catch((error: unknown) => {
          throw sqlRefusal(error, text);
        });
      await result.complete;
      if (asked.countOnly) {
        const [[count] = []] = await result.read(0, 1);
        return json(200, { totalSize: Number(count), done: true, records: [] });
      }
      if ((result.count() ?? 0) > size) open.set(result.id, { asked, page: size });
      return pageOf(call, result, asked, 0, size);
    };

  const more = async (call: Call): Promise<Answer> => {
    const [, id = '', offset = ''] = /^01g(.+)-(\d+)$/.exec(call.params.locator ?? '') ?? [];
    const result = results.get(id);
    const state = open.get(id);
    if (result === undefined || state === undefined) {
      throw refused(404, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return pageOf(call, result, state.asked, Number(offset), state.page);
  };

  const pageOf = async (
    call: Call,
    result: HeldResult,
    asked: Translated,
    offset: number,
    size: number,
  ): Promise<Answer> => {
    const rows = await result.read(offset, size);
    const total = result.count() ?? 0;
    const done = offset + rows.length >= total;
    const next = done
      ? ''
      : `,"nextRecordsUrl":"/services/data/${call.params.version}/query/01g${result.id}-${offset + rows.length}"`;
    const write = recordWriter(result, asked, call.params.version ?? 'v67.0', milliseconds);
    return jsonText(
      200,
      `{"totalSize":${total},"done":${done}${next},"records":[${rows.map(write).join(',')}]}`,
    );
  };

  return [
    { method: 'GET', path: `${DATA}/query`, handle: query(false) },
    { method: 'GET', path: `${DATA}/queryAll`, handle: query(true) },
    { method: 'GET', path: `${DATA}/query/:locator`, handle: more },
    { method: 'GET', path: `${DATA}/queryAll/:locator`, handle: more },
  ];
}

/**
 * SQL for a query.
 *
 * @throws Refusal with 400 that repeats the query, as Salesforce's does
 */
export function translated(
  text: string,
  objects: ReadonlyMap<string, CoreObject>,
  withDeleted: boolean,
): Translated {
  try {
    return toSql(parseSoql(text), objects, withDeleted);
  } catch (error) {
    if (error instanceof NotOfferedError) throw refused(501, 'NOT_OFFERED', error.message);
    if (error instanceof SoqlError) {
      throw refused(
        400,
        'MALFORMED_QUERY',
        `\n${text}\n^\nERROR at Row:1:Column:1\n${error.message}`,
      );
    }
    if (error instanceof UnknownNameError) {
      throw refused(400, error.code, `\n${text}\n^\nERROR at Row:1:Column:1\n${error.message}`);
    }
    throw error;
  }
}

type Tree = { [name: string]: string | Tree };

/**
 * Returns a function that writes a row as a record, with `attributes` and related records inside.
 */
export function recordWriter(
  result: HeldResult,
  { object, paths, blobs }: Translated,
  version: string,
  milliseconds: Milliseconds,
): (row: TextRow) => string {
  const writers = result.columns.map((column) => writerOf(column, milliseconds));
  const idAt = paths.findIndex((path) => path.length === 1 && path[0] === 'Id');
  return (row) => {
    const tree: Tree = {};
    const id = idAt < 0 ? '' : (row[idAt] ?? '');
    tree.attributes = JSON.stringify({
      type: object.name,
      url: `/services/data/${version}/sobjects/${object.name}/${id}`,
    });
    paths.forEach((path, index) => {
      let at = tree;
      for (const step of path.slice(0, -1)) {
        const inner = at[step];
        at =
          typeof inner === 'object'
            ? inner
            : (at[step] = { attributes: JSON.stringify({ type: step }) });
      }
      const name = path.at(-1) ?? '';
      const blob = blobs.get(index);
      const value =
        blob === undefined || row[index] === null
          ? (writers[index]?.(row[index] ?? null) ?? 'null')
          : JSON.stringify(
              `/services/data/${version}/sobjects/${object.name}/${row[index]}/${blob}`,
            );
      at[name] = /^Is(?:Deleted|Archived)$/.test(name) && value === 'null' ? 'false' : value;
    });
    return textOf(tree);
  };
}

/** If a related record does not exist, the whole of it is `null`. */
const isAbsent = (tree: Tree): boolean =>
  Object.entries(tree).every(
    ([name, value]) =>
      name === 'attributes' || (typeof value === 'string' ? value === 'null' : isAbsent(value)),
  );

const textOf = (tree: Tree): string =>
  `{${Object.entries(tree)
    .map(([name, value]) => `${JSON.stringify(name)}:${valueText(value)}`)
    .join(',')}}`;

function valueText(value: Tree[string]): string {
  if (typeof value === 'string') return value;
  return isAbsent(value) ? 'null' : textOf(value);
}
