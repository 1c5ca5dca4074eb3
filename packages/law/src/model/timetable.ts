import type { CalendarDate, Instant } from '../calendar/dates.ts';

/** The dates of one of several laws that may hold. */
export interface LawDates {
  readonly law: string;
  /** The request names it, or the person lives there, or the controller is established there. */
  readonly because: 'named' | 'residence' | 'establishment';
  readonly cite: string;
  readonly answerBy: CalendarDate;
  readonly plannedOn: CalendarDate;
  readonly acknowledgeBy: CalendarDate | null;
  readonly extendBy: CalendarDate | null;
}

export interface TimetableStep {
  /** Set if the step says why an extension does not count. */
  readonly kind?: 'extension-refused';
  readonly rule: string;
  readonly cite: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/**
 * Every date of one request that the law and the policy set. A name with `By` is a day, one with
 * `At` a moment.
 */
export interface Timetable {
  readonly acknowledgeBy: CalendarDate | null;
  /** The last day to announce an extension. */
  readonly extendBy: CalendarDate | null;
  /** The day on which an operator is asked about an extension. */
  readonly decideExtensionBy: CalendarDate | null;
  readonly cutOffAt: Instant;
  /** The last lawful day for the answer, with an extension if there is one. */
  readonly answerBy: CalendarDate;
  /**
   * The first instant of the day after `answerBy` in the law's zone. From then on the request is
   * overdue.
   */
  readonly dueAt: Instant;
  /** The day by which vendors are asked to reply. */
  readonly vendorsBy: CalendarDate;
  readonly refuseBy: CalendarDate;
  readonly plannedOn: CalendarDate;
  readonly timeZone: string;
  readonly steps: readonly TimetableStep[];
  readonly doubts: readonly string[];
  /** The facts that validators need, because they cannot read laws. */
  readonly extension: {
    readonly allowed: boolean;
    readonly used: boolean;
    readonly latest: CalendarDate | null;
    readonly reasons: readonly string[];
    readonly cite: string;
    /** Whether `reasons` is a standard that any reason may meet, and not a list. */
    readonly anyReason?: boolean;
    /** Whether the notice names the day, because the law sets no length. */
    readonly namesDay?: boolean;
  };
  /** Whether the law stops the clock during a clarification, and the article. */
  readonly clarification: { readonly allowed: boolean; readonly cite: string };
  /** Every law that may hold, if there are several. The dates above are the strictest of them. */
  readonly laws?: readonly LawDates[];
}

/** A date before and after a change. */
export interface TimetableChange {
  readonly date: string;
  readonly from: string | null;
  readonly to: string | null;
}
