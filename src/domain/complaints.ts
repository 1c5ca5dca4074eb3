import type * as z from 'zod';
import type { Complaint } from './contract.ts';

/** What a check complains of: paths such as `subject.emails[0]` and reasons in words for people, never a value. */
export const complaintsOf = (error: z.ZodError): Complaint[] => error.issues.map(({ path, message }) => ({ path: pathOf(path), reason: inWords(message) }));

const pathOf = (parts: readonly PropertyKey[]): string =>
  parts.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), '');

/** zod's own words, where a schema gives none. */
const inWords = (message: string): string => message
  .replace(/^Invalid input: expected (.+), received undefined$/, 'is missing; it must be of the type $1')
  .replace(/^Invalid input: expected (.+), received (.+)$/, 'must be of the type $1, and is of the type $2')
  .replace(/^Invalid option: expected one of (.+)$/, (_, options: string) => `must be one of ${options.replaceAll('|', ', ')}`)
  .replace(/^Unrecognized keys?: (.+)$/, 'holds what is not known here: $1');
