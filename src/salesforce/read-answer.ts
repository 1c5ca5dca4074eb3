import type { ZodType } from 'zod';
import { SystemFailure } from '../domain/failure.ts';

/** A value in the shape that we know. @throws SystemFailure `unreadable` for any other, without a word of what it held */
export function readAs<Shape>(schema: ZodType<Shape>, value: unknown, system: string): Shape {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_SHAPE' });
}
