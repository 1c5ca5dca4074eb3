import { REFUSALS, type RefusalCode } from '../refusals.ts';
import { CALL_ERRORS } from './call-errors.ts';
import { COMPLAINT_ERRORS } from './complaint-errors.ts';
import type { ErrorEntry } from './entry.ts';
import { GAP_ERRORS } from './gap-errors.ts';
import { REFUSAL_CURES } from './refusal-cures.ts';
import { SYSTEM_ERRORS } from './system-errors.ts';

/** Where a code is used. */
export type ErrorGroup = 'call' | 'command' | 'field' | 'gap' | 'system';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Every code of Dossier, by where it is used: what it means, and what fixes it. */
export const ERRORS: Readonly<Record<ErrorGroup, Readonly<Record<string, ErrorEntry>>>> = {
  call: CALL_ERRORS,
  command: Object.fromEntries(
    Object.entries(REFUSALS).map(([code, cause]) => [
      code,
      { cause: sentence(cause), cure: REFUSAL_CURES[code as RefusalCode] },
    ]),
  ),
  field: COMPLAINT_ERRORS,
  gap: GAP_ERRORS,
  system: SYSTEM_ERRORS,
};

/** What each group is, for a heading and for a line. */
export const GROUPS: Readonly<
  Record<ErrorGroup, { readonly title: string; readonly where: string }>
> = {
  call: {
    title: 'Calls',
    where: 'a call of the command line or of the client that was refused or failed',
  },
  command: { title: 'Refused commands', where: 'a command that a request refused' },
  field: { title: 'Fields', where: 'a field of a request or of a message' },
  gap: { title: 'Gaps', where: 'something that is missing from a package' },
  system: { title: 'Systems', where: 'what a system said or did, in the advice of a gap' },
};

/** Every meaning of a code; an empty list if the code is not ours. */
export const explained = (code: string): readonly (ErrorEntry & { readonly group: ErrorGroup })[] =>
  (Object.keys(ERRORS) as ErrorGroup[]).flatMap((group) => {
    const known = ERRORS[group];
    const entry = Object.hasOwn(known, code) ? known[code] : undefined;
    return entry === undefined ? [] : [{ group, ...entry }];
  });

/** Every code, each once. */
export const ERROR_CODES: readonly string[] = [
  ...new Set(Object.values(ERRORS).flatMap((entries) => Object.keys(entries))),
];
