import type { CalendarDate } from '../domain/dates.ts';
import type { Authority } from '../domain/law.ts';
import type { CheckedRequest } from '../domain/request.ts';
import type { Gap } from '../domain/status.ts';

/** Letters to the subject, each a template in every language. Their names are those of override files. */
export const LETTER_KINDS = ['acknowledgement', 'identity-request', 'reminder', 'clarification', 'extension', 'refusal', 'delivery', 'supplement', 'withdrawal'] as const;
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

/** What the law adds to a letter; the law desk gives it. */
export interface LetterLaw {
  readonly title: string;
  readonly cites: { readonly right: string; readonly answer: string; readonly identity: string; readonly extension: string; readonly refusal: string };
  /** Reasons for an extension that the law lists. */
  readonly reasons: readonly string[];
  /** To whom the person may complain: where they live, and where the controller acts. */
  readonly authorities: readonly Authority[];
  /** Whether a refusal must say how to appeal to the controller. */
  readonly appeal: boolean;
}

/** Who writes. */
export interface Sender { readonly company?: string; /** An address for questions. */ readonly contact?: string; /** Where the language is not known; `en` by default. */ readonly language?: string }

/** A letter, ready to be sent. */
export interface Letter { readonly language: string; readonly subject: string; readonly markdown: string; readonly text: string; readonly html: string }
