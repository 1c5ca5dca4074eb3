import type { Cost } from './cost.ts';
import type { CalendarDate, Instant, Timetable, TimetableChange } from '@dossier/law';
import type { Policy } from './request.ts';

export type { LawDates, Timetable, TimetableChange, TimetableStep } from '@dossier/law';

/** The stages of a request, in their order; the last three are its ends. */
export const STAGES = [
  'received',
  'planning',
  'verifying',
  'locating',
  'reviewing-match',
  'collecting',
  'reviewing-package',
  'packaging',
  'delivering',
  'delivered',
  'closed',
  'refused',
  'withdrawn',
] as const;
export type Stage = (typeof STAGES)[number];

export type GapReason =
  | 'overdue'
  | 'denied'
  | 'rejected'
  | 'unreadable'
  | 'refused'
  | 'skipped'
  | 'not-reviewed'
  | 'not-declared'
  | 'withheld'
  | 'unmapped-source'
  | 'restricted'
  | 'ambiguous-rows'
  | 'unavailable';

/** A system or profile that is missing from the package, and why. */
export interface Gap {
  /** A system's ID, `data-cloud`, a cloud's name, or `data-source:<id>`. */
  readonly system: string;
  readonly because: GapReason;
  /**
   * What is missing and why, in words for the subject. No personal data of anybody else, no hosts,
   * codes, settings or advice.
   */
  readonly note: string;
  /** What only the operator reads of it; no package and no letter to the subject holds it. */
  readonly advice?: string;
  /** The code of the failure, for `dossier explain`. */
  readonly code?: string;
  /** The profile's number in the package, if the gap is about one profile. */
  readonly profile?: number;
  /** Whether only a part is missing: the rest was read, and nothing waits for it. */
  readonly partial?: true;
  /** The object of Data Cloud that it is about, as `<data space>/<API name>`. */
  readonly object?: string;
  /** The file of the package that is withheld. */
  readonly file?: string;
}

/**
 * What `replan` found: how the dates differ under the present tables. Nothing changes until it is
 * accepted.
 */
export interface ReplanStatus {
  readonly at: Instant;
  readonly by: string;
  readonly state: 'unchanged' | 'proposed' | 'accepted';
  readonly changes: readonly TimetableChange[];
}

export interface ProfileStatus {
  readonly dataSpace: string;
  readonly partyId: string;
  readonly keyQualifier: string;
  readonly dataSource: string;
  readonly unifiedIndividuals: readonly string[];
  state: 'pending' | 'exporting' | 'exported' | 'gap';
  rows: number;
  /** What an operator decided, if one did. */
  decided?: 'included' | 'left-out';
}

export type SystemState = 'pending' | 'asking' | 'waiting' | 'exporting' | 'done' | 'gap';
export type VendorOutcome = 'delivered' | 'nothing-held' | 'refused' | 'in-progress';

export interface SystemStatus {
  readonly id: string;
  readonly connector: string;
  state: SystemState;
  askedAt: Instant | null;
  answerBy: CalendarDate | null;
  reminders: number;
  outcome: VendorOutcome | null;
  files: number;
}

export interface LookupStatus {
  readonly identifier: string;
  readonly dataSpace: string;
  readonly ruleset: string;
  readonly partyIds: number;
  readonly outcome: 'found' | 'none' | 'withheld';
}

/**
 * Who will be late and why, before it happens. `on` is the first day after the answer date, in the
 * law's zone.
 */
export interface WillBeLate {
  readonly on: CalendarDate;
  readonly because: string;
}

/**
 * Something that the request waits for: who must act, why, until when, and what happens then by
 * itself.
 */
export interface Wait {
  readonly on: string;
  readonly owner: 'vendor' | 'operator' | 'subject' | 'dossier';
  readonly reason: string;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly then: string;
}

export interface AnswerStatus {
  readonly answerId: string;
  readonly system: string;
  readonly outcome: VendorOutcome;
  files: number;
  readonly by: string;
  readonly at: Instant;
  state: 'counted' | 'repeated' | 'retracted' | 'unknown-system' | 'quarantined';
  readonly note?: string;
  /** Its files that could not be taken in, counted from 1, and why. */
  refusedFiles?: readonly { readonly file: number; readonly reason: string }[];
}

/** A diary entry: a message that was sent or must be sent, to whom and when. */
export interface Notice {
  readonly kind:
    | 'acknowledgement'
    | 'question'
    | 'identity-request'
    | 'reminder'
    | 'escalation'
    | 'extension'
    | 'refusal'
    | 'delivery'
    | 'withdrawal'
    | 'clarification'
    | 'overdue'
    | 'fee';
  readonly to: string;
  readonly at: Instant;
  readonly state: 'sent' | 'to-send' | 'recorded';
  readonly note: string;
}

export interface PackageStatus {
  readonly uri: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
  readonly deliveredAt: Instant | null;
  readonly deleteBy: CalendarDate | null;
  readonly deletedAt?: Instant;
}

export interface Supplement extends PackageStatus {
  readonly number: number;
  readonly systems: readonly string[];
}

/** A message that would be accepted now. */
export interface Allowed {
  /** Its name, as in docs/reference/messages.md. */
  readonly message: string;
  /**
   * The systems, replies, profiles or identifiers that it can name, at most 50 of them. Left out if
   * it names none.
   */
  readonly on?: readonly string[];
}

/**
 * What the query `status` returns, what `dossier request show --json` prints, and the workflow's
 * result.
 */
export interface RequestStatus {
  requestId: string;
  type: 'access' | 'portability';
  law: string | null;
  stage: Stage;
  receivedOn: CalendarDate | null;
  timetable: Timetable | null;
  identity: 'confirmed' | 'required' | 'rejected' | { confirmed: string[] };
  overdue: boolean;
  /** Null if all is well. Absent in requests of 0.1.0 in which nothing has happened since. */
  willBeLate?: WillBeLate | null;
  waitingOn: string[];
  profiles: ProfileStatus[];
  /** If more than 500 profiles were found: all of them, by reference. */
  profilesRef?: {
    uri: string;
    sha256: string;
    count: number;
  };
  systems: SystemStatus[];
  lookups: LookupStatus[];
  waits: Wait[];
  answers: AnswerStatus[];
  notices: Notice[];
  supplements: Supplement[];
  /** Counts every change of what the package will hold. */
  revision: number;
  gaps: Gap[];
  package: PackageStatus | null;
  notes: string[];
  policy?: Policy;
  /** By system: API calls, rows and bytes that reading it took. */
  cost?: Record<string, Cost>;
  /**
   * What can be sent now, by the same rules that judge it when it arrives. Left out if the request
   * has ended.
   */
  allowed?: Allowed[];
  /**
   * Other requests with one of the same identifiers that were not deleted yet when this one came,
   * the newest first. Left out if there were none.
   */
  samePerson?: { readonly requestId: string; readonly since: Instant }[];
  /** Present only if `replan` was sent. */
  replan?: ReplanStatus;
}
