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
  /** Names that citations begin with, and what stands for them in this language. */
  readonly citations: readonly (readonly [pattern: RegExp, name: string])[];
  /** Reasons for an extension that several laws list. */
  readonly reasons: { readonly complexity: string; readonly number: string };
  readonly gaps: Readonly<Record<GapReason, string>>;
  /** What is said with an authority, by the English words of its law's file. */
  readonly notes: Readonly<Record<string, string>>;
  /** Where `controller.name` is not configured. */
  readonly company: string;
}
