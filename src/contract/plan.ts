import type { CalendarDate, Tables, Timetable } from '@dossier/law';
import type { Policy } from './request.ts';

export type { ClockEvent, ClockEventType, Tables } from '@dossier/law';

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
  /** Asked only after the profiles are known, although the policy names it. */
  readonly afterProfiles?: boolean;
}

/** What planning froze into the request. Stored in histories. */
export interface Plan {
  readonly law: string;
  readonly lawTitle: string;
  readonly receivedOn: CalendarDate;
  readonly timetable: Timetable;
  /** The timetable if an extension is announced; null if the law allows none or it was used. */
  readonly extended: Timetable | null;
  readonly policy: Policy;
  readonly systems: readonly PlannedSystem[];
  readonly dataSpaces: readonly string[];
  /** Clouds that are neither configured nor listed as not used. */
  readonly notDeclared: readonly string[];
  readonly notes: readonly string[];
  readonly tables?: Tables;
  /** What is accepted in clear. Absent in requests of 0.1.0, which accept everything. */
  readonly accept?: Accepted;
}

/**
 * What is accepted in clear, without the codec: nothing, the request itself, or everything. `never`
 * also requires payloads that are bound to the request.
 */
export const ACCEPTED = ['never', 'input', 'all'] as const;
export type Accepted = (typeof ACCEPTED)[number];
