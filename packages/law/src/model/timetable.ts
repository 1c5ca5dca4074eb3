import type { CalendarDate, Instant } from '../calendar/dates.ts';

/** A law that may hold beside others, and the dates that it gives by itself. */
export interface LawDates {
  readonly law: string;
  /**
   * Named in the request, or the law of the person's residence, or of the controller's
   * establishment.
   */
  readonly because: 'named' | 'residence' | 'establishment';
  readonly cite: string;
  readonly answerBy: CalendarDate;
  readonly plannedOn: CalendarDate;
  readonly acknowledgeBy: CalendarDate | null;
  readonly extendBy: CalendarDate | null;
}

export interface TimetableStep {
  /** Set where the step says why an extension does not count. */
  readonly kind?: 'extension-refused';
  readonly rule: string;
  readonly cite: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/**
 * Every date that follows from the law and the policy for one request. `…By` is a day, `…At` a
 * moment.
 */
export interface Timetable {
  readonly acknowledgeBy: CalendarDate | null;
  /** The last day to announce an extension. */
  readonly extendBy: CalendarDate | null;
  /** The day on which an operator is asked whether to extend. */
  readonly decideExtensionBy: CalendarDate | null;
  readonly cutOffAt: Instant;
  /** The last lawful day for the answer: extended, or due. */
  readonly answerBy: CalendarDate;
  /**
   * The first instant of the day after `answerBy` in the law's zone: past it the request is
   * overdue.
   */
  readonly dueAt: Instant;
  /** The day that vendors are asked to answer by. */
  readonly vendorsBy: CalendarDate;
  readonly refuseBy: CalendarDate;
  readonly plannedOn: CalendarDate;
  readonly timeZone: string;
  readonly steps: readonly TimetableStep[];
  readonly doubts: readonly string[];
  /** What validators need, for they cannot read laws. */
  readonly extension: {
    readonly allowed: boolean;
    readonly used: boolean;
    readonly latest: CalendarDate | null;
    readonly reasons: readonly string[];
    readonly cite: string;
    /** `reasons` is a standard that any reason may meet, and no list. */
    readonly anyReason?: boolean;
    /** The law names no length: the notice names the day. */
    readonly namesDay?: boolean;
  };
  /** Whether the law lets the clock be stopped while the subject clarifies, and the article. */
  readonly clarification: { readonly allowed: boolean; readonly cite: string };
  /**
   * Every law that may hold, where there are several; the dates above are the strictest of them.
   */
  readonly laws?: readonly LawDates[];
}

/** A date that changes, before and after. */
export interface TimetableChange {
  readonly date: string;
  readonly from: string | null;
  readonly to: string | null;
}
