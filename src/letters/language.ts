import type { CitationLanguage, Reason } from '@dossier/law';
import type { GapReason } from '../contract/status.ts';
import type { LetterKind } from './letter.ts';

/** One language of letters: a template for each kind, and the words to fill them. */
export interface Language {
  readonly templates: Readonly<Record<LetterKind, string>>;
  readonly greeting: string;
  readonly closing: string;
  /** The paragraph about whom the subject may turn to. */
  readonly remedies: string;
  /** The right, as the object of "your request for …". */
  readonly rights: { readonly access: string; readonly portability: string };
  /** Names of laws by ID. Other laws keep their own title. */
  readonly laws: Readonly<Record<string, string>>;
  /** How to write citations. Anything missing is written as in the laws' own files. */
  readonly citations: CitationLanguage;
  /** Reasons for an extension that several laws list. */
  readonly reasons: Readonly<Record<NonNullable<Reason['kind']>, string>>;
  readonly gaps: Readonly<Record<GapReason, string>>;
  /** Notes about an authority, by the English text in its law's file. */
  readonly notes: Readonly<Record<string, string>>;
  /** The name of the company if `controller.name` is not configured. */
  readonly company: string;
}
