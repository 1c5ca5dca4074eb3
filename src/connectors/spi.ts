import type { ZodType } from 'zod';
import type { CalendarDate, Instant } from '@dossier/law';
import type { Named, Profile } from '../contract/profile.ts';
import type { Receipt } from '../contract/receipt.ts';
import type { Identifier } from '../contract/request.ts';
import type { Gap } from '../contract/status.ts';
import type { Salesforce } from '../salesforce/create-salesforce.ts';

/** How a connector says that its system does not answer, and who must act. */
export {
  foreignCode,
  SystemFailure,
  type FailureFacts,
  type FailureKind,
} from '../http/failure.ts';

/**
 * The files of an export: only streams, so that memory never grows with rows. Paths are package
 * paths. A file is whole or absent: it is written beside its place, and renamed on `finish`.
 */
export interface FileSink {
  /** The most bytes of one file from another system or a vendor. */
  readonly mostBytes: number;
  /**
   * Opens the file for writing. After a crash it goes on at `resumeAt` bytes, and cuts off what
   * follows.
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
  /** Adds bytes; resolves once they were handed on (back-pressure). */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Bytes written so far and flushed to the operating system, as a resume point. */
  flush(): Promise<number>;
  /** Closes, hashes and renames. */
  finish(rows?: number): Promise<import('../contract/receipt.ts').FileReceipt>;
  /** Closes, and keeps what was flushed, so that a later attempt can go on. */
  suspend?(): Promise<void>;
  /** Closes and removes. */
  discard(): Promise<void>;
}

/** What a connector is handed for one piece of work. */
export interface ConnectorContext {
  readonly requestId: string;
  /** The system's entry ID. */
  readonly system: string;
  /** The workflow's time; never read the host's clock for dates that are stored. */
  readonly at: Instant;
  readonly signal: AbortSignal;
  readonly sink: FileSink;
  /** Reports to Temporal that the work goes on, with the resume point. */
  heartbeat(details: unknown): void;
  /** The last heartbeat of an earlier attempt, if any. */
  readonly resume: unknown;
}

/** The person that a system is asked about: confirmed identifiers and included profiles only. */
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
   * Names and birth dates of the profiles, so that clouds can separate the subject from others at
   * the same address. Held in memory only.
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
   * Exports the subject's data. A gap with `denied` or `rejected` is a part that the system
   * refused: the rest is exported, and an operator may have the system tried again.
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
   * Checks credentials and reach, for `dossier doctor`. Returns what it found in words. @throws
   * SystemFailure
   */
  check(signal: AbortSignal): Promise<string>;
  /**
   * What works but leaves something out, such as a permission that the user lacks: each as one
   * sentence. @throws SystemFailure
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

/** A system that somebody else runs, and that replies later. */
export interface VendorConnector {
  /** The types of request that it is asked about; all if it is left out. */
  readonly requestTypes?: readonly Question['requestType'][];
  /**
   * Whether it is asked about every profile, whatever the policy says, but never before the
   * profiles are known.
   */
  readonly asksAlways?: boolean;
  /**
   * Whether its question says more once the profiles are known. Others that own no data source are
   * asked before.
   */
  readonly needsProfiles?: boolean;
  /**
   * Whether it asks Data Cloud by party ID alone, and so needs the party IDs that are other
   * people's too.
   */
  readonly asksByPartyId?: boolean;
  /**
   * Asks once, however often it is called for the same request: its idempotency key is made from
   * (request, system, generation).
   */
  ask(context: ConnectorContext, question: Question, generation: number): Promise<Asked>;
  /** Only for `way: 'poll'`. It downloads results at once, because they expire. */
  poll?(context: ConnectorContext, reference: string): Promise<PollAnswer>;
  /** Says to the vendor that its reply is no longer needed. */
  withdraw?(context: ConnectorContext, reference: string): Promise<void>;
  check?(signal: AbortSignal): Promise<string>;
}

/**
 * What the folder of a connector exports by default. Its name is in `connectors/index.ts`, or in
 * the configuration if it is the company's own.
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
  /** The company's Salesforce; null if the configuration has none. */
  readonly salesforce: Salesforce | null;
}
