import * as z from 'zod';
import { MESSAGES } from './messages/index.ts';
import { REFUSALS, type CodedComplaint } from './refusals.ts';
import { requestInput } from './request.ts';

const REFUSAL_TYPES: readonly unknown[] = ['not-allowed', 'invalid-input', 'invalid-request'];
const MOST = 5;
let fields: ReadonlySet<string> | undefined;

/**
 * A refusal in words that hold nothing of what was sent: its type, codes and paths. Returns
 * undefined for another kind of failure. A name that the caller chose, such as an unknown key, is a
 * `*` in a path.
 */
export function refusalInClear(
  type: unknown,
  details: readonly unknown[] | null | undefined,
): string | undefined {
  if (!REFUSAL_TYPES.includes(type)) return undefined;
  const given: readonly unknown[] = Array.isArray(details?.[0]) ? details[0] : [];
  const lines = given.filter(isComplaint).slice(0, MOST).map(inClear);
  const more = given.length > MOST ? [`${given.length - MOST} more`] : [];
  return (
    `${String(type)}: ${[...lines, ...more].join('; ') || 'refused'} (the whole reason is ` +
    'encrypted; a codec endpoint shows it)'
  );
}

function inClear({ code, path }: CodedComplaint): string {
  const where = clearPath(path);
  const known = code !== undefined && /^[a-z]+(-[a-z]+)*$/.test(code) ? code : 'refused';
  const words = Object.hasOwn(REFUSALS, known)
    ? `: ${REFUSALS[known as keyof typeof REFUSALS]}`
    : '';
  return `${where === '' ? '' : `${where} `}${known}${words}`;
}

/** A path of an input in which only names of our own schemas stay. Any other name is a `*`. */
export function clearPath(path: string): string {
  fields ??= namesIn([requestInput, ...Object.values(MESSAGES).map(({ input }) => input)]);
  return path
    .split('.')
    .slice(0, 8)
    .map((part) => {
      const [, name = '', index = ''] = /^([A-Za-z0-9]+)?((?:\[\d{1,6}\])*)$/.exec(part) ?? [];
      const known = (name === '' || fields?.has(name)) && name + index !== '';
      return known || part === '' ? name + index : '*';
    })
    .join('.');
}

function namesIn(schemas: readonly z.ZodType[]): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') {
        for (const name of Object.keys(value as object)) {
          names.add(name);
        }
      }
      walk(value);
    }
  };
  for (const schema of schemas) {
    walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  }
  return names;
}

const isComplaint = (value: unknown): value is CodedComplaint =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { path?: unknown }).path === 'string' &&
  ['string', 'undefined'].includes(typeof (value as { code?: unknown }).code);
