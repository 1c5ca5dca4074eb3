import type { Cost } from './cost.ts';
import type { Instant } from '@dossier/law';

/** One file that will stand in the package. */
export interface FileReceipt {
  /**
   * Its path in the package, such as `profiles/1/ssot__Individual__dlm.ndjson`. Safe characters
   * only; never absolute, never `..`.
   */
  readonly path: string;
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** For tables: data rows, the header not counted. */
  readonly rows?: number;
  readonly mediaType: string;
  /** For tables: the name of its description in `Receipt.tables`. */
  readonly table?: string;
}

/** One column, with the label that the system's own metadata gives it. */
export interface FieldDescription {
  readonly name: string;
  readonly label: string;
  readonly type: string;
}

/** One object's description, from metadata. */
export interface TableDescription {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly FieldDescription[];
  /**
   * Whether a program concluded its records about the person, rather than that the person gave or
   * did them.
   */
  readonly inferred?: boolean;
}

/**
 * What one export or one system's answer gave: files, counts, hashes; never the records. Stored as
 * JSON beside the files.
 */
export interface Receipt {
  /** The system's ID, or `data-cloud`. */
  readonly system: string;
  readonly connector: string;
  /** A name that a repeated activity would choose again, unique in the request. */
  readonly name: string;
  readonly at: Instant;
  readonly outcome: 'exported' | 'nothing-held' | 'delivered' | 'refused';
  readonly files: readonly FileReceipt[];
  readonly tables: readonly TableDescription[];
  readonly dataSpace?: string;
  /** The vendor's answer that brought the files. */
  readonly answerId?: string;
  /**
   * Where it came from, for the auditor: query IDs, API paths, and what it took: `calls`, `rows`
   * and `bytes` read; no personal data.
   */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** Rows that fit none or several profiles, and so were left out. */
  readonly withheldRows: number;
  /** What the system refused to give of it, in words: fields, say. */
  readonly partial?: readonly string[];
  readonly notes: readonly string[];
  /** What the subject should know about this system's part, in plain words. */
  readonly remarks?: readonly string[];
}

/** A receipt by reference: small enough for a history of thousands. */
export interface ReceiptRef {
  readonly name: string;
  readonly system: string;
  /** Key in the store, `work/<requestId>/receipts/<name>.json`. */
  readonly key: string;
  readonly sha256: string;
  readonly files: number;
  readonly bytes: number;
  readonly rows: number;
  readonly withheldRows: number;
  readonly partial?: readonly string[];
  readonly answerId?: string;
  /** What it took to read. */
  readonly cost?: Cost;
}
