import type { Cost } from '../contract/cost.ts';
import type { Instant } from '@dossier/law';
import type { ClockEvent, Plan, Tables } from '../contract/plan.ts';
import type { Located, Profile } from '../contract/profile.ts';
import type { ReceiptRef } from '../contract/receipt.ts';
import type { CheckedRequest } from '../contract/request.ts';
import type { LetterFacts } from '../letters/letter.ts';

export type { LetterFacts, LetterKind } from '../letters/letter.ts';
import type {
  Gap,
  LookupStatus,
  Notice,
  ProfileStatus,
  Timetable,
  VendorOutcome,
} from '../contract/status.ts';

/** What the workflow knows when it registers a request for the first time. */
export interface RegisterInput {
  readonly requestId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly at: Instant;
  /** Whether an input in clear is refused. The request ID is then not claimed. */
  readonly refuseClear?: boolean;
  /**
   * Whom the request is about, so that another request of the same person is found. Releases before
   * 0.2 do not send it.
   */
  readonly subject?: CheckedRequest['subject'];
}
/** Whether another run owns the request ID, and whether the input is unencrypted in the history. */
export interface Registered {
  readonly taken: boolean;
  readonly inClear: boolean;
  /** Whether the input is refused because it is in clear. */
  readonly refused?: boolean;
  /** The run in which it was registered. After a reset the request has another run. */
  readonly run?: string;
  /** What a former run of this request had already done. */
  readonly before?: Before;
  /**
   * Other requests about one of the same identifiers that are not deleted yet, the newest first.
   * Left out if there are none.
   */
  readonly samePerson?: readonly { readonly requestId: string; readonly at: Instant }[];
}
/** What a request had done before it was reset in Temporal. */
export interface Before {
  /** How it had ended and its files were deleted, if that happened. */
  readonly ended?: 'withdrawn' | 'refused' | 'closed' | 'purged';
  readonly delivered: readonly { readonly uri: string; readonly at: string }[];
}
/**
 * An activity that reads or packages is refused with `answered-before` if a former run did it,
 * unless an operator wants it again.
 */
export interface Again {
  readonly again?: boolean;
}

export interface PlanInput {
  readonly request: CheckedRequest;
  readonly events: readonly ClockEvent[];
  readonly at: Instant;
  /** The holidays that the request was planned with. Without them the present tables count. */
  readonly tables?: Tables;
}
/** The dates after the clock was moved. */
export interface Dates {
  readonly timetable: Timetable;
  readonly extended: Timetable | null;
  readonly notes: readonly string[];
  readonly law?: string;
  readonly lawTitle?: string;
  readonly receivedOn?: Timetable['answerBy'];
  readonly tables?: Tables;
}

export interface LocateInput {
  readonly request: CheckedRequest;
  readonly confirmed: readonly string[];
  readonly dataSpaces: readonly string[];
  readonly maxProfiles: number;
  readonly at: Instant;
  readonly again?: boolean;
  /** Absent in requests that earlier versions planned; then there is no such review. */
  readonly reviewIdOnly?: boolean;
}

/** A profile that will be exported, and its number in the package. */
export type NumberedProfile = Profile & { readonly number: number };

export interface MapInput extends Again {
  readonly requestId: string;
  readonly dataSpace: string;
  readonly profiles: readonly NumberedProfile[];
  /** Reads metadata now, whatever is cached, because an operator has the system tried again. */
  readonly fresh?: boolean;
  readonly at: Instant;
}
/** The objects that relate to the profiles of one data space. The map itself is in storage. */
export interface Mapped {
  readonly objects: readonly { readonly name: string; readonly label: string }[];
  readonly notIncluded: readonly NotIncluded[];
  /** Numbers of the profiles whose processing is restricted: queries hide their rows. */
  readonly restricted?: readonly number[];
  /** Why that could not be read, in words. */
  readonly consentUnknown?: string;
}
/** What an activity took, over all of its attempts. Absent in histories of earlier versions. */
export interface Costed {
  readonly cost?: Cost;
}
/** An object that is known and not exported, and why. */
export interface NotIncluded {
  readonly dataSpace: string;
  readonly object: string;
  readonly label: string;
  readonly why: string;
  /** No identity leads there, so the data model does not show whether it is about the person. */
  readonly unreachable?: boolean;
}

/** A list that is too long for the status. */
export interface ListInput {
  readonly requestId: string;
  readonly profiles: readonly ProfileStatus[];
}
export interface Listed {
  readonly uri: string;
  readonly sha256: string;
  readonly count: number;
}

export interface ExportInput extends Again {
  readonly requestId: string;
  readonly dataSpace: string;
  readonly object: string;
  readonly at: Instant;
}
export interface Exported {
  readonly receipt: ReceiptRef;
  readonly rowsPerProfile: Readonly<Record<string, number>>;
}

/** Whom a system is asked about. */
export interface AskInput extends Again {
  readonly requestId: string;
  readonly system: string;
  /** Counts up when an operator has the system asked anew. */
  readonly generation: number;
  readonly request: CheckedRequest;
  readonly law: string;
  /** In the law's zone. Absent in inputs of 0.1.0. */
  readonly receivedOn?: Timetable['answerBy'];
  readonly answerBy: Timetable['answerBy'];
  readonly confirmed: readonly string[];
  readonly profiles: readonly Profile[];
  readonly at: Instant;
}
export interface CloudExported {
  readonly receipt: ReceiptRef;
  readonly nothingHeld: boolean;
  readonly gaps: readonly Pick<Gap, 'because' | 'note' | 'advice' | 'code'>[];
}

export interface PollInput {
  readonly requestId: string;
  readonly system: string;
  readonly reference: string;
  readonly at: Instant;
}
export type Polled =
  | ({ readonly state: 'waiting'; readonly expectedAt: string | null } & Costed)
  | ({
      readonly state: 'answered';
      readonly outcome: VendorOutcome;
      readonly receipt: ReceiptRef | null;
      readonly note: string;
      readonly gaps?: readonly Omit<Gap, 'system'>[];
    } & Costed);

export interface ReceiveInput {
  readonly requestId: string;
  readonly system: string;
  readonly connector: string;
  readonly answerId: string;
  readonly files: readonly { readonly uri: string; readonly sha256?: string }[];
  readonly at: Instant;
}
export interface Received {
  readonly receipt: ReceiptRef | null;
  readonly quarantined: readonly { readonly file: number; readonly reason: string }[];
}

/** A message as it came, or as it can be read now. */
export interface ReadInput {
  readonly sealed?: string;
  readonly clear?: unknown;
}
export interface Read {
  readonly message?: unknown;
  readonly damaged: boolean;
}

/**
 * A letter for the outbox. A letter to the subject has `letter`, from which it is written in their
 * language; any other has `text` only.
 */
export interface LetterInput {
  readonly requestId: string;
  readonly name: string;
  readonly kind: Notice['kind'];
  readonly to: string;
  readonly text: string;
  readonly letter?: LetterFacts;
}

export interface PackageInput extends Again {
  readonly request: CheckedRequest;
  readonly law: string;
  readonly lawTitle: string;
  readonly receivedOn: string;
  readonly answerBy: string;
  /** The law's zone. Absent in inputs of 0.1.0. */
  readonly timeZone?: string;
  readonly receipts: readonly ReceiptRef[];
  readonly withheld: readonly Withheld[];
  readonly gaps: readonly Gap[];
  readonly profiles: readonly NumberedProfile[];
  readonly lookups: readonly LookupStatus[];
  readonly notIncluded: readonly NotIncluded[];
  /** Data spaces whose map is in storage. */
  readonly mapped?: readonly string[];
  readonly notes: readonly string[];
  readonly supplement: number | null;
  readonly cost?: Readonly<Record<string, Cost>>;
  readonly at: Instant;
}
export interface Withheld {
  readonly path: string;
  readonly reason: string;
  readonly cite?: string;
}
export interface Packaged {
  readonly uri: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
}

export interface DeliverInput {
  readonly requestId: string;
  readonly uri: string;
  readonly sha256: string;
  readonly at: Instant;
}
export interface FilesInput {
  readonly receipts: readonly ReceiptRef[];
  readonly files: readonly string[];
}
export interface DeleteInput {
  readonly requestId: string;
  readonly why: string;
  readonly at: Instant;
  readonly as?: Before['ended'];
  readonly endedBefore?: true;
}
/**
 * `before`: a former run had already ended the request in this way. Its letters are still to be
 * sent, so they stay.
 */
export interface Deleted {
  readonly files: number;
  readonly bytes: number;
  readonly before?: boolean;
}

/** Every activity of the workflow. The names are stored in histories. */
export interface Activities {
  registerRequest(input: RegisterInput): Promise<Registered>;
  planRequest(input: PlanInput): Promise<Plan>;
  replanDates(input: PlanInput & { readonly policy: Plan['policy'] }): Promise<Dates>;
  locateProfiles(input: LocateInput): Promise<Located & Costed>;
  listProfiles(input: ListInput): Promise<Listed>;
  mapObjects(input: MapInput): Promise<Mapped & Costed>;
  exportObject(input: ExportInput): Promise<Exported>;
  exportCloud(input: AskInput): Promise<CloudExported>;
  askVendor(input: AskInput): Promise<import('../connectors/spi.ts').Asked & Costed>;
  pollVendor(input: PollInput): Promise<Polled>;
  withdrawFromVendor(input: PollInput): Promise<void>;
  receiveAnswer(input: ReceiveInput): Promise<Received>;
  readMessage(input: ReadInput): Promise<Read>;
  writeLetter(input: LetterInput): Promise<void>;
  findUnknownFiles(input: FilesInput): Promise<string[]>;
  buildPackage(input: PackageInput): Promise<Packaged>;
  deliverPackage(input: DeliverInput): Promise<void>;
  deleteFiles(input: DeleteInput): Promise<Deleted>;
}
