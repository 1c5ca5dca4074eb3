import type { CalendarDate } from '../calendar/dates.ts';

/** The events that move a law's dates. */
export type ClockEventType =
  | 'identityRequested'
  | 'identityVerified'
  | 'clarificationRequested'
  | 'clarificationReceived'
  | 'feeRequested'
  | 'feePaid'
  | 'extended';
/** An event that moves a law's dates. `at` is an instant or a day. */
export interface ClockEvent {
  readonly type: ClockEventType;
  readonly at: string;
  readonly until?: string;
}

/**
 * The holidays that a request's dates were computed with, by law. Newer data may remove days from
 * them and add none, until an operator accepts (`replan`). So newer data never make an open
 * request's date later on their own.
 */
export interface Tables {
  readonly holidays: Readonly<Record<string, readonly CalendarDate[]>>;
}
