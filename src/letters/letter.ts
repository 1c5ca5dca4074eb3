import type { CalendarDate } from '@dossier/law';
export type { LetterLaw } from '@dossier/law';
import type { CheckedRequest } from '../contract/request.ts';
import type { Gap } from '../contract/status.ts';

/**
 * Letters to the subject. Every language has a template for each, and override files have these
 * names.
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

/** What the workflow tells about a letter. The law's part is added when the letter is written. */
export interface LetterFacts {
  readonly kind: LetterKind;
  readonly request: CheckedRequest;
  /** The ID of the law whose date holds. */
  readonly law: string;
  readonly receivedOn: CalendarDate;
  readonly answerBy: CalendarDate;
  /** The date before an extension. */
  readonly formerAnswerBy?: CalendarDate;
  /** The reason for the extension, in an operator's words. */
  readonly reason?: string;
  /** The question to the subject. */
  readonly question?: string;
  /** Whether the subject must still prove who they are. */
  readonly identityOpen?: boolean;
  readonly gaps?: readonly Gap[];
  readonly files?: number;
  readonly deleteBy?: CalendarDate | null;
  /** The number of a supplement. */
  readonly number?: number;
}

/** The sender of a letter. */
export interface Sender {
  readonly company?: string;
  /** An address for questions. */
  readonly contact?: string;
  /** The language if neither the request nor the residence decides it. The default is `en`. */
  readonly language?: string;
}

/** A letter, ready to send. */
export interface Letter {
  readonly language: string;
  readonly subject: string;
  readonly markdown: string;
  readonly text: string;
  readonly html: string;
}
