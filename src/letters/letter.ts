import type { CalendarDate } from '@dossier/law';
export type { LetterLaw } from '@dossier/law';
import type { CheckedRequest } from '../contract/request.ts';
import type { Gap } from '../contract/status.ts';

/**
 * Letters to the subject, each a template in every language. Their names are those of override
 * files.
 */
export const LETTER_KINDS = [
  'acknowledgement',
  'identity-request',
  'reminder',
  'clarification',
  'extension',
  'refusal',
  'delivery',
  'supplement',
  'withdrawal',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** What the workflow knows of a letter; the law's part is added where it is written. */
export interface LetterFacts {
  readonly kind: LetterKind;
  readonly request: CheckedRequest;
  /** The ID of the law whose date holds. */
  readonly law: string;
  readonly receivedOn: CalendarDate;
  readonly answerBy: CalendarDate;
  /** Before an extension. */
  readonly formerAnswerBy?: CalendarDate;
  /** Why the deadline is extended, in an operator's words. */
  readonly reason?: string;
  /** What the subject is asked. */
  readonly question?: string;
  /** Whether the subject has yet to show who they are. */
  readonly identityOpen?: boolean;
  readonly gaps?: readonly Gap[];
  readonly files?: number;
  readonly deleteBy?: CalendarDate | null;
  /** The number of a supplement. */
  readonly number?: number;
}

/** Who writes. */
export interface Sender {
  readonly company?: string;
  /** An address for questions. */
  readonly contact?: string;
  /** Where the language is not known; `en` by default. */
  readonly language?: string;
}

/** A letter, ready to be sent. */
export interface Letter {
  readonly language: string;
  readonly subject: string;
  readonly markdown: string;
  readonly text: string;
  readonly html: string;
}
