import type { CitationLanguage, Reason } from '@dossier/law';
import type { GapReason } from '../contract/status.ts';
import type { LetterKind } from './letter.ts';

/** One language of letters: a template for each kind, and the words that fill them. */
export interface Language {
  readonly templates: Readonly<Record<LetterKind, string>>;
  readonly greeting: string;
  readonly closing: string;
  /** To whom the person may turn. */
  readonly remedies: string;
  /** The person's right, as the object of "your request for …". */
  readonly rights: { readonly access: string; readonly portability: string };
  /** Names of laws by ID; the law's own title where there is none. */
  readonly laws: Readonly<Record<string, string>>;
  /** How citations are written; what is missing is written as the laws' own files do. */
  readonly citations: CitationLanguage;
  /** Reasons for an extension that several laws list. */
  readonly reasons: Readonly<Record<NonNullable<Reason['kind']>, string>>;
  readonly gaps: Readonly<Record<GapReason, string>>;
  /** What is said with an authority, by the English words of its law's file. */
  readonly notes: Readonly<Record<string, string>>;
  /** Where `controller.name` is not configured. */
  readonly company: string;
}
