import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeNameFor } from '../contract/package-path.ts';
import { makeFolderOf, type Places } from './places.ts';
import { writeWhole } from './write-file.ts';

/** A safe and unique file name for any name: its readable part, and a hash of all of it. */
export const fileNameFor = (name: string): string =>
  `${safeNameFor(name)
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 80)}-${createHash('sha256').update(name).digest('hex').slice(0, 12)}.json`;

const fileOf = ({ directory }: Places, name: string): string =>
  join(directory, 'kept', fileNameFor(name));

/**
 * Something that was stored, though it can be read anew; nothing if it is not there, or not whole.
 */
export async function readKept(places: Places, name: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(fileOf(places, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Stores what can be read anew, for all workers; it replaces the former value of that name. It must
 * hold no personal data.
 */
export async function keep(places: Places, name: string, value: unknown): Promise<void> {
  const file = fileOf(places, name);
  await makeFolderOf(places.directory, file);
  await writeWhole(file, JSON.stringify(value));
}
