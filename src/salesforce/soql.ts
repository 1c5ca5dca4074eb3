import * as z from 'zod';
import { SystemFailure } from '../http/failure.ts';
import type { Session } from './auth.ts';
import type { CallOptions } from './jsforce-transport.ts';
import { jsonOf } from '../http/transport.ts';
import { readAs } from './read-response.ts';

/** One record, without the `attributes` that the API adds. */
export type SObjectRecord = Readonly<Record<string, unknown>>;
export interface SoqlPage {
  readonly records: readonly SObjectRecord[];
  readonly totalSize: number;
}

/** The part of an object's description in the core org that an export needs. */
export interface SObjectDescription {
  readonly name: string;
  readonly label: string;
  readonly queryable: boolean;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: string;
    /** Objects whose records the field points at. */
    readonly referenceTo: readonly string[];
  }[];
  readonly childRelationships: readonly { readonly childSObject: string; readonly field: string }[];
}

const queryAnswer = z.looseObject({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().startsWith('/services/data/').nullish(),
  records: z.array(z.record(z.string(), z.unknown())),
});
const describeAnswer = z.looseObject({
  name: z.string(),
  label: z.string().nullish(),
  queryable: z.boolean(),
  fields: z.array(
    z.looseObject({
      name: z.string(),
      label: z.string().nullish(),
      type: z.string(),
      referenceTo: z.array(z.string()).nullish(),
    }),
  ),
  childRelationships: z
    .array(z.looseObject({ childSObject: z.string(), field: z.string() }))
    .nullish(),
});

/** `all`: deleted and archived records too. */
export interface SoqlScope {
  readonly system: string;
  readonly signal?: AbortSignal;
  readonly all?: boolean;
}

/**
 * Runs a SOQL query by jsforce and returns its pages, one at least.
 *
 * @throws SystemFailure; `unreadable` if the pages end before the result does
 * @see REST API Developer Guide, "Query"; read 2026-11
 */
export async function* soqlPages(
  session: Session,
  soql: string,
  { system, signal, all = false }: SoqlScope,
): AsyncGenerator<SoqlPage, void> {
  let path: string | null =
    `/services/data/v${session.apiVersion}/${all ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
  for (const seen = new Set<string>(); path !== null;) {
    if (seen.has(path)) {
      throw new SystemFailure({ kind: 'unreadable', system, code: 'PAGE_REPEATED' });
    }
    seen.add(path);
    const answer: z.infer<typeof queryAnswer> = readAs(
      queryAnswer,
      await getByJsforce(session, path, { system, signal, responseType: 'text/plain' }),
      system,
    );
    yield { records: answer.records.map(withoutAttributes), totalSize: answer.totalSize };
    if (!answer.done && !answer.nextRecordsUrl) {
      throw new SystemFailure({ kind: 'unreadable', system, code: 'NO_NEXT_PAGE' });
    }
    path = answer.nextRecordsUrl ?? null;
  }
}

/**
 * Describes an object. @throws SystemFailure; `rejected` with status 404 if the org or the user has
 * no such object
 */
export async function describeObject(
  session: Session,
  object: string,
  { system, signal }: { system: string; signal?: AbortSignal },
): Promise<SObjectDescription> {
  const path = `/services/data/v${session.apiVersion}/sobjects/${encodeURIComponent(object)}/describe`;
  const described = readAs(
    describeAnswer,
    await getByJsforce(session, path, { system, signal, responseType: 'text/plain' }),
    system,
  );
  return {
    name: described.name,
    label: described.label ?? described.name,
    queryable: described.queryable,
    fields: described.fields.map(({ name, label, type, referenceTo }) => ({
      name,
      label: label ?? name,
      type,
      referenceTo: referenceTo ?? [],
    })),
    childRelationships: (described.childRelationships ?? []).map(({ childSObject, field }) => ({
      childSObject,
      field,
    })),
  };
}

/**
 * Makes jsforce take the response as text, because its own parser drops the digits of big numbers.
 */
async function getByJsforce(
  session: Session,
  path: string,
  options: CallOptions,
): Promise<unknown> {
  const text = await session.withConnection(options.system, async (connection) =>
    connection.request<string>({ method: 'GET', url: path }, options),
  );
  return jsonOf(options.system, {
    status: 200,
    contentType: 'application/json',
    headers: {},
    text,
  });
}

/** Drops `attributes`, in nested records and subqueries too. */
function withoutAttributes(record: SObjectRecord): SObjectRecord {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      if (name === 'attributes') return [];
      return [
        [
          name,
          typeof value === 'object' && value !== null && 'attributes' in value
            ? withoutAttributes(value as SObjectRecord)
            : value,
        ],
      ];
    }),
  );
}

/**
 * A value as a SOQL string literal. @see SOQL and SOSL Reference, "Quoted String Escape Sequences"
 */
export function soqlText(value: string): string {
  const escaped = value.replace(
    /[\\'"\n\r\t\b\f]/g,
    (character) => ESCAPES[character] ?? character,
  );
  return `'${escaped}'`;
}
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * URI and headers together hold 16,384 bytes at most; the rest is for the host, the token and
 * headers.
 */
const URI_BYTES = 12_000;

/**
 * Queries that together ask for all `values` in an `IN` list, each short enough for a URI.
 *
 * @param query makes the query from the list, such as `('a','b')`
 * @throws RangeError if not even one value fits
 */
export function batched(values: readonly string[], query: (list: string) => string): string[] {
  const queries: string[] = [];
  const spare = URI_BYTES - encodeURIComponent(query('()')).length;
  let list: string[] = [];
  let used = 0;
  for (const value of values) {
    const literal = soqlText(value);
    const bytes = encodeURIComponent(`${literal},`).length;
    if (bytes > spare) {
      throw new RangeError('A SOQL query is too long for a URI even with one value.');
    }
    if (used + bytes > spare) {
      queries.push(query(`(${list.join(',')})`));
      [list, used] = [[], 0];
    }
    list.push(literal);
    used += bytes;
  }
  if (list.length > 0) queries.push(query(`(${list.join(',')})`));
  return queries;
}
