import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Parts } from './command.ts';
import { usage } from './output/failures.ts';

/**
 * The JSON in a file, or on standard input for `-`.
 *
 * @throws DossierError `usage` if it cannot be read or is not JSON
 */
export async function readJson(file: string, parts: Pick<Parts, 'input'>): Promise<unknown> {
  const origin = file === '-' ? 'standard input' : file;
  const text = file === '-' ? await parts.input() : readText(file);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw usage(`${origin} is no valid JSON${await placeOf(text)}.`, origin);
  }
}

/**
 * The text of a file.
 *
 * @throws DossierError `usage` if it cannot be read
 */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, file);
  }
}

/**
 * The first bytes of a file, as Latin-1 text.
 *
 * @throws DossierError `usage` if it cannot be read
 */
export function firstBytes(file: string, count: number): string {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const bytes = Buffer.alloc(count);
    return bytes.toString('latin1', 0, readSync(handle, bytes, 0, count, 0));
  } catch (error) {
    throw usage(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, file);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/**
 * Only the line and column of the mistake, because Node's own message repeats the text and so the
 * person.
 */
async function placeOf(text: string): Promise<string> {
  const { parse } = await import('lossless-json');
  try {
    parse(text);
    return '';
  } catch (error) {
    const position = /(?:position|index) (\d+)/.exec(
      error instanceof Error ? error.message : '',
    )?.[1];
    if (position === undefined) return '';
    const lines = text.slice(0, Number(position)).split('\n');
    return ` (line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1})`;
  }
}
