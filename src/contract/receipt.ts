import type { Cost } from './cost.ts';
import type { Instant } from '@dossier/law';

/** One file that will be in the package. */
export interface FileReceipt {
  /**
   * Its path in the package, such as `profiles/1/ssot__Individual__dlm.ndjson`. Safe characters
   * only; never absolute, never `..`.
   */
  readonly path: string;
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** For tables: data rows, without the header. */
  readonly rows?: number;
  readonly mediaType: string;
  /** For tables: the name of its description in `Receipt.tables`. */
  readonly table?: string;
}

/** One column, with its label from the system's own metadata. */
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
  /** Whether a program inferred its records; if not, the person gave or did them. */
  readonly inferred?: boolean;
}

/**
 * What one export or one system's reply returned: files, counts, hashes; never the records. Stored
 * as JSON beside the files.
 */
export interface Receipt {
  /** The system's ID, or `data-cloud`. */
  readonly system: string;
  readonly connector: string;
  /** A name that a repeated activity chooses again. It is unique in the request. */
  readonly name: string;
  readonly at: Instant;
  readonly outcome: 'exported' | 'nothing-held' | 'delivered' | 'refused';
  readonly files: readonly FileReceipt[];
  readonly tables: readonly TableDescription[];
  readonly dataSpace?: string;
  /** The vendor's reply that brought the files. */
  readonly answerId?: string;
  /**
   * Where it came from, for the auditor: query IDs and API paths. Also what it took: `calls`,
   * `rows` and `bytes` read. No personal data.
   */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** Rows that were left out because they fit no profile, or several. */
  readonly withheldRows: number;
  /** What of it the system refused to return, in words, such as fields. */
  readonly partial?: readonly string[];
  readonly notes: readonly string[];
  /** What the subject should know about this system's part, in plain words. */
  readonly remarks?: readonly string[];
}

/** A reference to a receipt, small enough for a history of thousands. */
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
  /** What reading it took. */
  readonly cost?: Cost;
}
