import type { CalendarDate } from '../calendar/dates.ts';
import type { ClockEvent } from './clock-event.ts';
import type { Entity, Right } from './law.ts';

/** One question to the deadline engine, as the input of `dossier law due`. */
export interface DueQuestion {
  readonly id: string;
  readonly law?: string;
  readonly country?: string;
  readonly region?: string;
  readonly timeZone?: string;
  readonly right?: Right;
  readonly entity?: Entity;
  /** Where the controller acts. The law of that place may hold as well. */
  readonly controller?: {
    readonly country: string;
    readonly region?: string;
    readonly timeZone?: string;
  };
  /** An instant with an offset, or a day. */
  readonly receivedAt: string;
  readonly events?: readonly ClockEvent[];
}

/** One result of the deadline engine. */
export interface DueAnswer {
  readonly id: string;
  readonly law: string;
  readonly receivedOn: CalendarDate;
  /** The last lawful day. */
  readonly dueOn: CalendarDate;
  /** Only if an extension counts. */
  readonly extendedDueOn?: CalendarDate;
  readonly acknowledgeOn?: CalendarDate;
  /** The earliest date that any respectable reading leads to. */
  readonly plannedOn: CalendarDate;
  readonly steps: readonly {
    readonly rule: string;
    readonly cite: string;
    readonly from: CalendarDate;
    readonly to: CalendarDate;
  }[];
  readonly doubts: readonly string[];
}
