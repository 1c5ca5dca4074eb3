import { readFileSync } from 'node:fs';
import { isLosslessNumber, parse } from 'lossless-json';

/** A cell of a seed's row. Numbers are kept as text in `digits`, for they may have more digits than a double holds. */
export type Cell = string | boolean | null | { readonly digits: string };
/** One row, by field. */
export type Row = Readonly<Record<string, Cell>>;

/** What a seed may say of an object that the standard model does not know, or knows otherwise. */
export interface ObjectNotes {
  readonly label?: string;
  readonly category?: string;
  /** By field: its label, or label, type (`STRING`, `NUMBER`, `DATE`, `DATETIME`, `BOOLEAN`) and key qualifier. */
  readonly fields?: Readonly<Record<string, string | { readonly label?: string; readonly type?: string; readonly keyQualifier?: string }>>;
  readonly primaryKey?: string;
  readonly relationships?: readonly { readonly field: string; readonly to: string; readonly toField?: string; readonly cardinality?: string; readonly active?: boolean }[];
}

/** Rows that PostgreSQL makes by itself. In texts `{n}` stands for the row's number, counted from 1. */
export interface Generated {
  readonly count: number;
  readonly partyId?: string | readonly string[];
  readonly dataSource?: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}

/** A vendor that speaks OpenDSR. */
export interface VendorNotes {
  readonly kind: 'opendsr';
  readonly identities?: readonly { readonly type: string; readonly format: string }[];
  readonly requestTypes?: readonly string[];
  /** Status calls after which a request is completed; a request is `in_progress` from the first one on. */
  readonly completesAfterPolls?: number;
  /** Seconds after which a request is completed, besides. */
  readonly completesAfterSeconds?: number;
  /** `answers` (default), `refuses` (cancelled), or `silent` (pending for ever). */
  readonly behaviour?: 'answers' | 'refuses' | 'silent';
  readonly resultsExpireAfterSeconds?: number;
  /** Rows by raw identity value (an e-mail address or a customer ID). Who is not listed is not known. */
  readonly results?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** A fault that is ordered from the start; `faults.ts` says what each field does. */
export interface FaultNotes {
  readonly match: string;
  readonly kind: string;
  readonly times?: number;
  readonly after?: number;
  readonly retryAfter?: number;
  readonly delayMs?: number;
}

/** Everything that the simulator serves, checked. */
export interface CheckedSeed {
  readonly dataCloud: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>>;
  readonly core: Readonly<Record<string, readonly Row[]>>;
  readonly metadata: Readonly<Record<string, ObjectNotes>>;
  readonly generate: Readonly<Record<string, Readonly<Record<string, Generated>>>>;
  readonly vendors: Readonly<Record<string, VendorNotes>>;
  readonly faults: readonly FaultNotes[];
  /** Party IDs by data space whose rows queries do not show. */
  readonly restricted: Readonly<Record<string, readonly string[]>>;
  readonly paging: Paging;
}

/** How results are cut into pages. */
export interface Paging {
  /** Rows in the answer to a submitted query. */
  readonly firstPage: number;
  /** Rows in a later page, at most. */
  readonly page: number;
  /** Bytes in a page, at most. */
  readonly pageBytes: number;
  /** Records in a page of SOQL. */
  readonly soqlPage: number;
  /** Status calls that still say `Running` for a result with more than one page. */
  readonly runningPolls: number;
}

/** A seed as callers write it: as in its JSON file. */
export interface Seed {
  readonly dataCloud?: Readonly<Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>>;
  readonly core?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly metadata?: Readonly<Record<string, ObjectNotes>>;
  readonly generate?: Readonly<Record<string, Readonly<Record<string, Generated>>>>;
  readonly vendors?: Readonly<Record<string, VendorNotes>>;
  readonly faults?: readonly FaultNotes[];
  readonly restricted?: Readonly<Record<string, readonly string[]>>;
  readonly paging?: Partial<Paging>;
}

/** A seed that cannot be served. The message names the file, the path in it and the reason; never a value. */
export class SeedError extends Error {
  constructor(origin: string, path: string, reason: string) {
    super(`${origin}: ${path === '' ? '' : `${path} `}${reason}`);
    this.name = 'SeedError';
  }
}

const PAGING: Paging = { firstPage: 100, page: 10_000, pageBytes: 2_000_000, soqlPage: 200, runningPolls: 1 };
const KEYS = ['dataCloud', 'core', 'metadata', 'generate', 'vendors', 'faults', 'restricted', 'paging'];
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
const SPACE = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,39}$/;

/**
 * Reads a seed from a file, or takes one as it is, and checks it.
 *
 * @throws SeedError that names the path in it
 */
export function readSeed(seed: Seed | string): CheckedSeed {
  if (typeof seed !== 'string') return check('seed', parse(JSON.stringify(seed)));
  let text: string;
  try {
    text = readFileSync(seed, 'utf8');
  } catch (error) {
    throw new SeedError(seed, '', `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    return check(seed, parse(text));
  } catch (error) {
    if (error instanceof SeedError) throw error;
    throw new SeedError(seed, '', `is no JSON${positionIn(error)}`);
  }
}

const positionIn = (error: unknown): string => /at (?:position|index) \d+/.exec(String(error))?.[0].replace(/^/, ' ') ?? '';

function check(origin: string, value: unknown): CheckedSeed {
  const complain = (path: string, reason: string): never => { throw new SeedError(origin, path, reason); };
  const objectAt = (path: string, found: unknown): Record<string, unknown> => (isObject(found) ? found : complain(path, 'must be an object'));
  const top = objectAt('', value);
  for (const key of Object.keys(top)) if (!KEYS.includes(key)) complain(key, `is unknown; a seed holds ${KEYS.join(', ')}`);

  const rowsAt = (path: string, found: unknown): Row[] => (Array.isArray(found) ? found : complain(path, 'must be a list of rows')).map((row: unknown, index: number) => {
    const at = `${path}[${index}]`;
    return Object.fromEntries(Object.entries(objectAt(at, row)).map(([field, cell]) => {
      if (!NAME.test(field)) complain(`${at}.${field}`, 'is no field name: letters, digits and "_", 63 at most');
      return [field, cellAt(`${at}.${field}`, cell)];
    }));
  });
  const cellAt = (path: string, cell: unknown): Cell => {
    if (cell === null || typeof cell === 'string' || typeof cell === 'boolean') return cell;
    if (isLosslessNumber(cell)) return { digits: cell.value };
    return complain(path, 'must be a text, a number, true, false or null');
  };
  const objectsAt = (path: string, found: unknown): Record<string, Row[]> => Object.fromEntries(Object.entries(objectAt(path, found)).map(([name, rows]) => {
    if (!NAME.test(name)) complain(`${path}.${name}`, 'is no object name: letters, digits and "_", 63 at most');
    return [name, rowsAt(`${path}.${name}`, rows)];
  }));
  const spacesAt = <T>(path: string, found: unknown, inner: (path: string, value: unknown) => T): Record<string, T> => Object.fromEntries(Object.entries(objectAt(path, found)).map(([space, inside]) => {
    if (!SPACE.test(space)) complain(`${path}.${space}`, 'is no name of a data space: letters, digits, "_" and "-", 40 at most');
    return [space, inner(`${path}.${space}`, inside)];
  }));

  const dataCloud = spacesAt('dataCloud', top.dataCloud ?? {}, objectsAt);
  const plain = JSON.parse(JSON.stringify(unwrap({ ...top, dataCloud: {}, core: {} }))) as Seed;
  for (const [space, objects] of Object.entries(plain.generate ?? {})) {
    for (const [name, { count }] of Object.entries(objectAt(`generate.${space}`, objects) as Record<string, Generated>)) {
      if (!Number.isInteger(count) || count < 0 || count > 50_000_000) complain(`generate.${space}.${name}.count`, 'must be a whole number up to 50000000');
    }
  }
  for (const [id, vendor] of Object.entries(plain.vendors ?? {})) {
    if (vendor.kind !== 'opendsr') complain(`vendors.${id}.kind`, 'must be "opendsr"');
  }
  return {
    dataCloud: Object.keys(dataCloud).length === 0 ? { default: {} } : dataCloud,
    core: objectsAt('core', top.core ?? {}),
    metadata: plain.metadata ?? {},
    generate: plain.generate ?? {},
    vendors: plain.vendors ?? {},
    faults: plain.faults ?? [],
    restricted: plain.restricted ?? {},
    paging: { ...PAGING, ...plain.paging },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

function unwrap(value: unknown): unknown {
  if (isLosslessNumber(value)) return Number(value.value);
  if (Array.isArray(value)) return value.map(unwrap);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, unwrap(inside)]));
  return value;
}
