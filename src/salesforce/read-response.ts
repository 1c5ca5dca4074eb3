import type { ZodType } from 'zod';
import { SystemFailure } from '../http/failure.ts';

/**
 * A value in the shape that we know. @throws SystemFailure `unreadable` for any other; it repeats
 * nothing of the value
 */
export function readAs<Shape>(schema: ZodType<Shape>, value: unknown, system: string): Shape {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_SHAPE' });
}

/**
 * Whether a response says "none" by leaving its `list` out: no body (204), `{}`, or only members
 * about pages. A response with other members is unknown to us, and so says nothing.
 */
export function isNone(body: unknown, list: string): boolean {
  if (body === undefined) return true;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return Object.entries(body).every(([name, value]) =>
    name === list
      ? value === null
      : ABOUT_PAGES.has(name.toLowerCase()) &&
        (value === null ||
          value === 0 ||
          typeof value === 'string' ||
          /size|limit|offset/i.test(name)),
  );
}
const ABOUT_PAGES = new Set([
  'totalsize',
  'count',
  'offset',
  'limit',
  'batchsize',
  'pagesize',
  'currentpageurl',
  'nextpageurl',
  'previouspageurl',
]);
