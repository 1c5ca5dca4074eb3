import type { Law } from '../model/law.ts';
import * as laws from './index.ts';

export type LawId = keyof typeof laws;

/** Every law by its ID, sorted by ID. */
export const LAWS: ReadonlyMap<string, Law> = new Map(
  Object.entries(laws satisfies Readonly<Record<string, Law>>),
);
