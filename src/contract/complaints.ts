import type * as z from 'zod';
import type { Complaint } from './contract.ts';
import type { ComplaintCode } from './errors/complaint-errors.ts';
import type { CodedComplaint } from './refusals.ts';

/**
 * What a check complains of: paths such as `subject.emails[0]` and reasons in words for people.
 * Never a value.
 */
export const complaintsOf = (error: z.ZodError): Complaint[] =>
  codedComplaintsOf(error).map(({ path, reason }) => ({ path, reason }));

/** The same, each with a code that names the kind of mistake and may stay in clear. */
export const codedComplaintsOf = (error: z.ZodError): CodedComplaint[] =>
  error.issues.flatMap((issue) => complaintsIn(issue, []));

type Issue = z.core.$ZodIssue;

const CODES: Partial<Record<Issue['code'], ComplaintCode>> = {
  invalid_type: 'wrong-type',
  invalid_format: 'ill-formed',
  invalid_value: 'not-a-choice',
  too_big: 'too-large',
  too_small: 'too-small',
};

function codeOf({ code, message }: Issue): ComplaintCode {
  return message.endsWith('received undefined') ? 'missing' : (CODES[code] ?? 'not-valid');
}

function complaintsIn(issue: Issue, within: readonly PropertyKey[]): CodedComplaint[] {
  const path = [...within, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf([...path, key]),
      reason: 'is not known here',
      code: 'not-known',
    }));
  }
  const meant =
    issue.code === 'invalid_union' && issue.message === 'Invalid input'
      ? issue.errors.find(isOfItsType)
      : undefined;
  if (meant !== undefined) return meant.flatMap((it) => complaintsIn(it, path));
  const reason = inWords(issue.message);
  return [
    {
      path: pathOf(path),
      reason: path.length === 0 && /^(is|must) /.test(reason) ? `it ${reason}` : reason,
      code: codeOf(issue),
    },
  ];
}

/**
 * Whether the value has the type of this form, so that the form was meant and the mistake is
 * inside.
 */
const isOfItsType = (issues: readonly Issue[]): boolean =>
  issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0);

const pathOf = (parts: readonly PropertyKey[]): string =>
  parts.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

/** Rewrites zod's own messages, which are used if a schema has no text. */
const inWords = (message: string): string =>
  message
    .replace(
      /^Invalid input: expected (.+), received undefined$/,
      'is missing; it must be of the type $1',
    )
    .replace(
      /^Invalid input: expected (.+), received (.+)$/,
      'must be of the type $1, and is of the type $2',
    )
    .replace(
      /^Invalid option: expected one of (.+)$/,
      (_, options: string) => `must be one of ${options.replaceAll('|', ', ')}`,
    )
    .replace(/^Invalid URL$/, 'must be a web address, such as https://acme.my.salesforce.com')
    .replace(/^Invalid input$/, 'is of no form that is known here');
