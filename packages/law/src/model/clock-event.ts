import type { CalendarDate } from '../calendar/dates.ts';

/** What moves a law's dates. */
export type ClockEventType =
  | 'identityRequested'
  | 'identityVerified'
  | 'clarificationRequested'
  | 'clarificationReceived'
  | 'feeRequested'
  | 'feePaid'
  | 'extended';
/** Something that moves a law's dates. `at` is an instant or a day. */
export interface ClockEvent {
  readonly type: ClockEventType;
  readonly at: string;
  readonly until?: string;
}

/**
 * The holidays that a request's dates were computed with, by law. Newer tables may take days away
 * from them and add none, until an operator accepts (`replan`): so newer data never make an open
 * request's date later by themselves.
 */
export interface Tables {
  readonly holidays: Readonly<Record<string, readonly CalendarDate[]>>;
}
