import type { KeyRing } from '../codec/keys.ts';
import type { Config } from '../config/config.ts';
import type { CloudConnector, VendorConnector } from '../connectors/spi.ts';
import type { planDates } from '@dossier/law';
import type { Letter, LetterFacts } from '../letters/letter.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';
import type { Store } from '../storage/filesystem.ts';

/** A system of the configuration, ready to be asked. */
export type ReadySystem =
  | { readonly kind: 'cloud'; readonly connector: CloudConnector }
  | { readonly kind: 'vendor'; readonly connector: VendorConnector };

/** What activities work with. They use nothing else. */
export interface Dependencies {
  readonly config: Config;
  readonly store: Store;
  readonly salesforce: Salesforce | null;
  /** By the system's ID. */
  readonly systems: ReadonlyMap<string, ReadySystem>;
  /** The dates of a request by the law. */
  readonly planDates: typeof planDates;
  /** Whom a subject may complain to under a law, in words. */
  readonly authorityOf: (law: string, country: string | undefined) => string | undefined;
  /**
   * Writes a letter to the subject in their language, with the articles and the authority filled
   * in.
   */
  readonly writeSubject: (facts: LetterFacts) => Promise<Letter>;
  /** The server's own ID of the namespace. */
  readonly namespaceId?: string;
  /** The keys of payloads. */
  readonly ring?: KeyRing;
  /** The encoding of the input of a workflow's first event, as it is in the server's database. */
  readonly inputEncoding: (workflowId: string, runId: string) => Promise<string>;
}
