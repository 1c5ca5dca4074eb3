import { readFileSync } from 'node:fs';
import { isLosslessNumber, parse, stringify } from 'lossless-json';
import type * as z from 'zod';
import { PEOPLE_OBJECTS } from './people.ts';
import { EXACT_KEYS } from './clouds.ts';
import {
  seedNotes,
  type Cell,
  type CheckedSeed,
  type Paging,
  type Row,
  type Seed,
  type VendorRows,
} from './shape.ts';

export type { CheckedSeed, Seed } from './shape.ts';

/**
 * A seed that the simulator cannot use. The message names the file, the path in it and the reason;
 * never a value.
 *
 * @example
 * if (error instanceof SeedError) console.error(error.message);
 */
export class SeedError extends Error {
  constructor(origin: string, path: string, reason: string) {
    super(`${origin}: ${path === '' ? '' : `${path} `}${reason}`);
    this.name = 'SeedError';
  }
}

const PAGING: Paging = {
  firstPage: 100,
  page: 10_000,
  pageBytes: 2_000_000,
  soqlPage: 200,
  runningPolls: 1,
};
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,19999}$/;
const SPACE = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,39}$/;

/**
 * Reads a seed from a file, or takes an object, and checks it.
 *
 * @throws SeedError that names the path in it
 *
 * @example
 * const { dataCloud } = readSeed({ dataCloud: { default: {} } });
 */
export function readSeed(seed: Seed | string): CheckedSeed {
  if (typeof seed !== 'string') return check('seed', parse(stringify(seed) ?? '{}'));
  let text: string;
  try {
    text = readFileSync(seed, 'utf8');
  } catch (error) {
    throw new SeedError(
      seed,
      '',
      `cannot be read (${(error as NodeJS.ErrnoException).code}); give the path of a JSON file`,
    );
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new SeedError(seed, '', `is no JSON${placeIn(error)}`);
  }
  return check(seed, value);
}

/** Where the JSON is broken, without its text. */
const placeIn = (error: unknown): string =>
  /at (?:position|index) \d+/.exec(String(error))?.[0].replace(/^/, ' ') ?? '';

/** Throws the error that names what does not fit. */
type Complain = (path: string, reason: string) => never;

function check(origin: string, value: unknown): CheckedSeed {
  const complain: Complain = (path, reason) => {
    throw new SeedError(origin, path, reason);
  };
  const { dataCloud = {}, core = {}, ...rest } = objectAt('', value, complain);
  const kept = Object.entries(rest).map(([key, inside]) => [
    key,
    EXACT_KEYS.includes(key) ? inside : plain(inside),
  ]);
  const notes = seedNotes.safeParse(Object.fromEntries(kept));
  if (!notes.success) return complain(...firstComplaint(notes.error));
  const spaces = Object.fromEntries(
    Object.entries(objectAt('dataCloud', dataCloud, complain)).map(([space, objects]) => {
      if (!SPACE.test(space)) {
        complain(
          `dataCloud.${space}`,
          'is no name of a data space: letters, digits, "_" and "-", 40 at most',
        );
      }
      return [space, objectsAt(`dataCloud.${space}`, objects, complain)];
    }),
  );
  for (const space of [
    ...Object.keys(notes.data.generate),
    ...Object.keys(notes.data.restricted),
  ]) {
    if (!(space in spaces)) spaces[space] = {};
  }
  const { people } = notes.data;
  if (people) {
    const made = Object.fromEntries(
      Object.keys(PEOPLE_OBJECTS).map((object) => [object, [] as Row[]]),
    );
    spaces[people.dataSpace] = { ...made, ...spaces[people.dataSpace] };
  }
  return {
    ...notes.data,
    dataCloud: Object.keys(spaces).length === 0 ? { default: {} } : spaces,
    core: objectsAt('core', core, complain),
    vendorRows: vendorRows(rest.vendors),
    servesBuckets: 'consent' in rest,
    paging: { ...PAGING, ...notes.data.paging },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
const objectAt = (path: string, value: unknown, complain: Complain): Record<string, unknown> =>
  isObject(value) ? value : complain(path, 'must be an object');

function objectsAt(path: string, value: unknown, complain: Complain): Record<string, Row[]> {
  return Object.fromEntries(
    Object.entries(objectAt(path, value, complain)).map(([name, rows]) => {
      const at = `${path}.${name}`;
      if (!NAME.test(name)) {
        complain(at, 'is no object name: letters, digits and "_", 20,000 at most');
      }
      if (!Array.isArray(rows)) return complain(at, 'must be a list of rows');
      return [name, rows.map((row: unknown, index) => rowAt(`${at}[${index}]`, row, complain))];
    }),
  );
}

function rowAt(path: string, value: unknown, complain: Complain): Row {
  return Object.fromEntries(
    Object.entries(objectAt(path, value, complain)).map(([field, cell]) => {
      if (!NAME.test(field)) {
        complain(`${path}.${field}`, 'is no field name: letters, digits and "_", 20,000 at most');
      }
      return [field, cellAt(`${path}.${field}`, cell, complain)];
    }),
  );
}

function cellAt(path: string, cell: unknown, complain: Complain): Cell {
  if (cell === null || typeof cell === 'boolean') return cell;
  if (typeof cell === 'string') {
    return cell.includes('\0')
      ? complain(path, 'holds the character U+0000, which no database field takes')
      : cell;
  }
  if (isLosslessNumber(cell)) return { digits: cell.value };
  return complain(path, 'must be a text, a number, true, false or null');
}

/** Rows as JSON text, with their numbers as written. Their shape is already checked. */
function vendorRows(vendors: unknown): Record<string, VendorRows> {
  if (!isObject(vendors)) return {};
  return Object.fromEntries(
    Object.entries(vendors).map(([id, vendor]) => {
      const results = isObject(vendor) && isObject(vendor.results) ? vendor.results : {};
      return [
        id,
        Object.fromEntries(
          Object.entries(results).map(([identity, rows]) => [
            identity,
            (rows as unknown[]).map((row) => stringify(row) ?? 'null'),
          ]),
        ),
      ];
    }),
  );
}

/** Turns the numbers with digits in a value into JavaScript numbers. */
function plain(value: unknown): unknown {
  if (isLosslessNumber(value)) return Number(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, plain(inside)]))
    : value;
}

function firstComplaint(error: z.ZodError): [path: string, reason: string] {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
  if (issue?.code === 'unrecognized_keys') {
    return [[path, issue.keys[0]].filter((part) => part !== '').join('.'), 'is unknown'];
  }
  if (issue?.code === 'invalid_key') return [path, issue.issues[0]?.message ?? issue.message];
  return [path, issue?.message ?? 'is not understood'];
}
