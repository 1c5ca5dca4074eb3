import type { ZodType } from 'zod';
import type { CalendarDate, Instant } from '@dossier/law';
import type { Named, Profile } from '../contract/profile.ts';
import type { Receipt } from '../contract/receipt.ts';
import type { Identifier } from '../contract/request.ts';
import type { Gap } from '../contract/status.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';

/** How a connector says that its system gives no answer, and who must act. */
export {
  foreignCode,
  SystemFailure,
  type FailureFacts,
  type FailureKind,
} from '../http/failure.ts';

/**
 * Where an export's files go: streams only, so that memory never grows with rows. Paths are package
 * paths. A file is whole or absent: it is written beside and renamed on `finish`.
 */
export interface FileSink {
  /** Bytes that one file may have that another system or a vendor hands over. */
  readonly mostBytes: number;
  /**
   * Opens the file for writing, or goes on at `resumeAt` bytes (what lies behind is cut off) after
   * a crash.
   */
  open(
    path: string,
    options: {
      mediaType: string;
      table?: string;
      resumeAt?: number;
    },
  ): Promise<OpenFile>;
}
export interface OpenFile {
  /** Adds bytes; resolves when they were handed on (back-pressure). */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Bytes written so far and flushed to the operating system, as a resume point. */
  flush(): Promise<number>;
  /** Closes, hashes and renames. */
  finish(rows?: number): Promise<import('../contract/receipt.ts').FileReceipt>;
  /** Closes, and keeps what was flushed for a later attempt to go on from. */
  suspend?(): Promise<void>;
  /** Closes and removes. */
  discard(): Promise<void>;
}

/** What a connector is handed for one order. */
export interface ConnectorContext {
  readonly requestId: string;
  /** The system's entry ID. */
  readonly system: string;
  /** The workflow's time; never read the host's clock for dates that are stored. */
  readonly at: Instant;
  readonly signal: AbortSignal;
  readonly sink: FileSink;
  /** Tells Temporal that it goes on, with the resume point. */
  heartbeat(details: unknown): void;
  /** The last heartbeat of an earlier attempt, if any. */
  readonly resume: unknown;
}

/** Whom a system is asked about: confirmed identifiers and included profiles only. */
export interface Question {
  readonly requestType: 'access' | 'portability';
  readonly law: string;
  readonly submittedAt: string;
  /** The day of it in the law's zone. */
  readonly receivedOn?: CalendarDate;
  readonly answerBy: CalendarDate;
  readonly identifiers: readonly Identifier[];
  readonly subjectName?: string;
  readonly profiles: readonly Profile[];
  /**
   * Names and birth dates of the profiles, for clouds: to tell the subject from others at the same
   * address. Held in memory only.
   */
  readonly known?: readonly Named[];
  /**
   * Party IDs of the profiles that another individual record carries too, for vendors that ask by
   * ID alone.
   */
  readonly sharedPartyIds?: readonly string[];
}

/** A part of a system that is missing: `note` is the subject's text, `advice` the operator's. */
export interface MissingPart extends Pick<Gap, 'note' | 'advice' | 'code'> {
  readonly because: 'ambiguous-rows' | 'restricted' | 'denied' | 'rejected';
}

/** A Salesforce cloud or another system that Dossier reads by itself. */
export interface CloudConnector {
  /**
   * A gap that says `denied` or `rejected` is a part that the system refused: the rest is exported,
   * and an operator may have the system tried again.
   */
  export(
    context: ConnectorContext,
    question: Question,
  ): Promise<
    Receipt & {
      readonly gaps: readonly MissingPart[];
    }
  >;
  /**
   * Checks credentials and reach, for `dossier doctor`. Gives what was found in words. @throws
   * SystemFailure
   */
  check(signal: AbortSignal): Promise<string>;
  /**
   * What works and leaves something out all the same, such as a permission that the user lacks:
   * each as one sentence. @throws SystemFailure
   */
  warnings?(signal: AbortSignal): Promise<readonly string[]>;
}

/**
 * How a vendor was asked. `manual`: an operator must write to it; `poll`: ask it again with
 * `reference`.
 */
export type Asked =
  | {
      readonly way: 'manual';
      readonly why: string;
      readonly instructions: string;
    }
  | {
      readonly way: 'poll';
      readonly reference: string;
      readonly expectedAt: string | null;
    };

export type PollAnswer =
  | { readonly state: 'waiting'; readonly expectedAt: string | null }
  | {
      readonly state: 'answered';
      readonly outcome: 'delivered' | 'nothing-held' | 'refused';
      readonly receipt?: Receipt;
      readonly note?: string;
      /** What a delivery lacks. */
      readonly gaps?: readonly Omit<Gap, 'system'>[];
    };

/** A system that somebody else runs, and that answers later. */
export interface VendorConnector {
  /** Requests that it is asked about; all where it is left out. */
  readonly requestTypes?: readonly Question['requestType'][];
  /**
   * Whether it is asked about every profile, whatever the policy says: never before the profiles
   * are known.
   */
  readonly asksAlways?: boolean;
  /**
   * Whether what it asks says more once the profiles are known. Others that own no data source are
   * asked before.
   */
  readonly needsProfiles?: boolean;
  /**
   * Whether it asks Data Cloud by party ID alone, and so must be told which of them are other
   * people's too.
   */
  readonly asksByPartyId?: boolean;
  /**
   * Asks once, however often it is called for the same request: idempotency key from (request,
   * system, generation).
   */
  ask(context: ConnectorContext, question: Question, generation: number): Promise<Asked>;
  /** Only for `way: 'poll'`. Downloads results at once, for they expire. */
  poll?(context: ConnectorContext, reference: string): Promise<PollAnswer>;
  /** Tells the vendor that its answer is no longer needed. */
  withdraw?(context: ConnectorContext, reference: string): Promise<void>;
  check?(signal: AbortSignal): Promise<string>;
}

/**
 * What the folder of a connector exports by default. Its name stands in `connectors/index.ts`, or
 * in the configuration where it is the company's own.
 */
export type ConnectorModule<Options = never> = {
  /**
   * Options of the entry in `dossier.yaml` beside `id`, `connector`, `dataSources`, `instructions`.
   */
  readonly options: ZodType<Options>;
  /** Whether it needs the section `salesforce`. By default clouds do, and vendors do not. */
  readonly needsSalesforce?: boolean;
} & (
  | { readonly kind: 'cloud'; create(options: Options, parts: ConnectorParts): CloudConnector }
  | { readonly kind: 'vendor'; create(options: Options, parts: ConnectorParts): VendorConnector }
);

/** A connector whose options are checked before it is created. */
export type AnyConnectorModule = {
  readonly options: Pick<ZodType, 'safeParse'>;
  readonly needsSalesforce?: boolean;
} & (
  | { readonly kind: 'cloud'; create(options: never, parts: ConnectorParts): CloudConnector }
  | { readonly kind: 'vendor'; create(options: never, parts: ConnectorParts): VendorConnector }
);

/** What every connector may use: the entry, and the company's Salesforce connection. */
export interface ConnectorParts {
  readonly id: string;
  readonly dataSources: readonly string[];
  readonly instructions?: string;
  /** The company's Salesforce; null where the configuration has none. */
  readonly salesforce: Salesforce | null;
}
