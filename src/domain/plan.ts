import type { CalendarDate } from './dates.ts';
import type { Policy } from './request.ts';
import type { Timetable } from './status.ts';

/** One system of the configuration, as frozen into a request: no secret, no address. */
export interface PlannedSystem {
  readonly id: string;
  readonly connector: string;
  readonly kind: 'data-cloud' | 'cloud' | 'vendor';
  /** IDs of the Data Cloud data sources that it owns. */
  readonly dataSources: readonly string[];
  /** For an operator: what to ask whom. */
  readonly instructions?: string;
  /** Asked about every profile, whatever the policy says. */
  readonly always?: boolean;
  /** Asked only once the profiles are known, though the policy names it. */
  readonly afterProfiles?: boolean;
}

export type ClockEventType =
  | 'identityRequested' | 'identityVerified' | 'clarificationRequested' | 'clarificationReceived' | 'feeRequested' | 'feePaid' | 'extended';
/** Something that moves a law's dates. `at` is an instant or a day. */
export interface ClockEvent { readonly type: ClockEventType; readonly at: string; readonly until?: string }

/**
 * The holidays that a request's dates were computed with, by law. Newer tables may take days away from them and add none,
 * until an operator accepts (`replan`): so newer data never make an open request's date later by themselves.
 */
export interface Tables { readonly holidays: Readonly<Record<string, readonly CalendarDate[]>> }

/** What planning froze into the request. Stored in histories. */
export interface Plan {
  readonly law: string;
  readonly lawTitle: string;
  readonly receivedOn: CalendarDate;
  readonly timetable: Timetable;
  /** The timetable if an extension is announced, where the law allows one and it was not used. */
  readonly extended: Timetable | null;
  readonly policy: Policy;
  readonly systems: readonly PlannedSystem[];
  readonly dataSpaces: readonly string[];
  /** Clouds that are neither configured nor listed as not used. */
  readonly notDeclared: readonly string[];
  readonly notes: readonly string[];
  readonly tables?: Tables;
  /** What is taken that was sent in clear. Absent in requests of 0.1.0, which take all. */
  readonly accept?: Accepted;
}

/** What is taken that was sent in clear, without the codec: nothing, the request itself, or all. `never` asks for payloads bound to the request too. */
export const ACCEPTED = ['never', 'input', 'all'] as const;
export type Accepted = (typeof ACCEPTED)[number];
