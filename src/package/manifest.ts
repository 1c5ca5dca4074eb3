import type { FieldDescription, TableDescription } from '../contract/receipt.ts';
import { OWN_NAMES, type Content, type Contents } from './contents.ts';
import type { PackageFacts } from './facts.ts';
import { formatOf, type Measured } from './measure.ts';

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json';
/**
 * The format of a file that was handed over, whatever its ending. Programs that go by the ending
 * would judge it: a `report.json` as a report of their own, a ragged CSV as a broken table (seen
 * with frictionless 5.21.0). Its media type says what it is.
 */
const HANDED_OVER = 'file';
const TABLE_SCHEMA = 'https://datapackage.org/profiles/2.0/tableschema.json';

/** One file in the manifest: a resource of a Data Package. */
export interface Resource {
  readonly name: string;
  readonly path: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'table';
  readonly format?: string;
  readonly mediatype: string;
  readonly encoding?: string;
  readonly bytes: number;
  /** `sha256:` and 64 hex digits. */
  readonly hash: string;
  /** Records; a property of our own, the standard has none. */
  readonly rows?: number;
  readonly dialect?: object;
  readonly schema?: object;
}

/**
 * `datapackage.json`, piece by piece: one line per resource, so that a manifest of any size is
 * written with little memory.
 *
 * @see Data Package standard, version 2.0 (datapackage.org, read 2026-11-23)
 */
export function* manifest(
  { receipts, files, withheld }: Contents,
  facts: PackageFacts,
  index: Measured,
): Generator<string> {
  const { request } = facts;
  const head = {
    $schema: PROFILE,
    name: nameFor(
      `${request.requestId}${facts.supplement === undefined ? '' : `.s${facts.supplement}`}`,
    ),
    title:
      `Answer to the ${request.type} request ` +
      `${request.requestId}${facts.supplement === undefined ? '' : `, supplement ${facts.supplement}`}`,
    created: facts.at,
    ...(request.controllerName !== undefined && {
      contributors: [{ title: request.controllerName, roles: ['publisher'] }],
    }),
  };
  yield `{\n${Object.entries(head)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`)
    .join('')}  "resources": [\n    ${JSON.stringify(indexResource(index))}`;
  const names = new Set(['index']);
  for (const file of files) {
    yield `,\n    ${JSON.stringify(resource(file, uniqueName(file.path, names)))}`;
  }
  yield '\n  ],\n  "dossier": {';
  const packed = new Set(files.map(({ path }) => path));
  const { gaps, profiles, lookups, notIncluded, notes, cost } = facts;
  const ours = {
    version: 1,
    request,
    ...(facts.supplement !== undefined && { supplement: facts.supplement }),
    receipts: receipts.map(({ files: named, tables: _tables, ...receipt }) => ({
      ...receipt,
      files: named.map(({ path }) => path).filter((path) => packed.has(path)),
    })),
    gaps,
    withheld,
    profiles,
    lookups,
    notIncluded,
    notes,
    ...(cost !== undefined && { cost }),
  };
  let first = true;
  for (const [key, value] of Object.entries(ours)) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(key)}: `;
    first = false;
    if (!Array.isArray(value) || value.length === 0) yield JSON.stringify(value);
    else {
      for (const [index, item] of value.entries()) {
        yield (
          `${index === 0 ? '[' : ','}\n      ` +
          `${JSON.stringify(item)}${index === value.length - 1 ? '\n    ]' : ''}`
        );
      }
    }
  }
  yield '\n  }\n}\n';
}

const indexResource = ({ bytes, sha256 }: Measured): Resource => ({
  name: 'index',
  path: OWN_NAMES.index,
  title: 'What this package holds, to read in a browser',
  format: 'html',
  mediatype: 'text/html',
  encoding: 'utf-8',
  bytes,
  hash: `sha256:${sha256}`,
});

function resource(file: Content, name: string): Resource {
  const format = formatOf(file.path);
  const description = file.description;
  // Other programs read the first record of an NDJSON file as its header, so an empty file is no
  // table to them.
  const hasHeader = format === 'csv' || (format === 'ndjson' && (file.rows ?? 0) > 0);
  const isTable =
    hasHeader &&
    file.rows !== undefined &&
    description !== undefined &&
    description.fields.length > 0;
  return {
    name,
    path: file.path,
    ...(description && { title: description.label }),
    ...(description?.inferred && { description: INFERRED }),
    ...(isTable && { type: 'table' as const }),
    format: isTable ? format : HANDED_OVER,
    mediatype: file.mediaType,
    ...(isTable && { encoding: 'utf-8' }),
    bytes: file.bytes,
    hash: `sha256:${file.sha256}`,
    ...(file.rows !== undefined && { rows: file.rows }),
    ...(isTable &&
      format === 'csv' && {
        dialect: { delimiter: ',', quoteChar: '"', doubleQuote: true, header: true },
      }),
    ...(isTable && { schema: schemaOf(description) }),
  };
}

const INFERRED =
  'Inferences: a program concluded these records about the person, who did not give them.';

/**
 * If a table has a description, every line of it holds every field, in this order, in CSV and in
 * NDJSON.
 */
const schemaOf = ({ fields }: TableDescription): object => ({
  $schema: TABLE_SCHEMA,
  fields: fields.map(fieldOf),
});

function fieldOf({ name, label, type }: FieldDescription): object {
  return { name, title: label, ...fieldType(type) };
}

/**
 * The standard's type for one of Salesforce's. An uncertain type is `any`, which no value
 * contradicts.
 */
export function fieldType(type: string): { type: string; format?: string } {
  const plain = type.toLowerCase().replace(/[^a-z]/g, '');
  if (/^(?:number|double|decimal|numeric|currency|percent|float|bigint|long)$/.test(plain)) {
    return { type: 'number' };
  }
  if (/^(?:int|integer|smallint)$/.test(plain)) return { type: 'integer' };
  if (/^(?:bool|boolean|checkbox)$/.test(plain)) return { type: 'boolean' };
  if (/^(?:date|dateonly)$/.test(plain)) return { type: 'date' };
  if (/^(?:datetime|timestamp|timestamptz|timestampwithtimezone)$/.test(plain)) {
    return { type: 'datetime', format: 'any' };
  }
  if (
    /^(?:text|string|varchar|char|email|phone|url|id|reference|picklist|multipicklist|textarea|combobox|encryptedstring)$/.test(
      plain,
    )
  ) {
    return { type: 'string' };
  }
  return { type: 'any' };
}

function uniqueName(path: string, taken: Set<string>): string {
  const wanted = nameFor(path);
  let name = wanted;
  for (let number = 2; taken.has(name); number++) {
    name = `${wanted}-${number}`;
  }
  taken.add(name);
  return name;
}

/** Lower-case letters, digits, `.`, `_` and `-`: the standard allows these in names. */
const nameFor = (text: string) => text.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
