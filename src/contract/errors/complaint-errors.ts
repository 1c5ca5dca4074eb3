import type { ErrorEntry } from './entry.ts';

/** What can be wrong with a field of a request or of a message. */
export const COMPLAINT_ERRORS = {
  missing: { cause: 'A field that is needed is not there.', cure: 'Add it.' },
  'wrong-type': { cause: 'A field has another type.', cure: 'See the schema of the message.' },
  'ill-formed': {
    cause: 'A text has not the form that it needs.',
    cure: 'Read the reason beside it.',
  },
  'not-a-choice': {
    cause: 'A value is none of those that are known.',
    cure: 'Choose one of those that the reason lists.',
  },
  'too-large': {
    cause: 'A value or a list is too large.',
    cure: 'Shorten it to what the reason names.',
  },
  'too-small': {
    cause: 'A value or a list is too small, or empty.',
    cure: 'Fill it, or leave it out.',
  },
  'not-known': { cause: 'A field is not known here.', cure: 'Check its spelling, or take it out.' },
  'not-valid': { cause: 'A value breaks a rule of its field.', cure: 'Read the reason beside it.' },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ComplaintCode = keyof typeof COMPLAINT_ERRORS;
