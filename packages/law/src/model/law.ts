import type { CalendarDate } from '../calendar/dates.ts';
import type { Citation } from './citation.ts';

/** What a person may ask for. */
export type Right = 'access' | 'portability';
export type Entity = 'organisation' | 'agency';
export type Weekday =
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday'
  | 'sunday';

/**
 * A length of time as a statute names it. `business-day` is Monday to Friday. The law's own list
 * defines `working-day`.
 */
export interface Span {
  readonly amount: number;
  readonly unit: 'day' | 'month' | 'business-day' | 'working-day';
}

/** A rule with the places that set it. */
export interface Cited {
  readonly rule: string;
  readonly cite: Citation;
  /**
   * What is not certain about it, and which reading is used. The law's page shows it, and so does
   * every date that the rule moves.
   */
  readonly doubt?: string;
}

/** Where a person read a statement, and on which day. */
export interface Source {
  readonly what: string;
  readonly url: string;
  readonly readOn: CalendarDate;
}

/**
 * A day that a statute lists as a holiday. The rule holds from `from` to `to`, both included.
 *
 * `date`: the same day every year (`MM-DD`). If it falls on a day of `moved`, the next day with the
 * weekday named there counts as well. `easter`: days after Easter Sunday. `nth`: the nth weekday of
 * a month. `before`: the last such weekday before a day. `span`: every day from one to the other,
 * also over the end of the year. `listed`: days that the statute dates.
 */
export type HolidayRule = {
  readonly name: string;
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
} & (
  | {
      readonly kind: 'date';
      readonly on: string;
      readonly moved?: Readonly<Partial<Record<Weekday, Weekday>>>;
    }
  | { readonly kind: 'easter'; readonly days: number }
  | {
      readonly kind: 'nth';
      readonly nth: number;
      readonly weekday: Weekday;
      readonly month: number;
    }
  | {
      readonly kind: 'before';
      readonly on: string;
      readonly weekday: Weekday;
    }
  | {
      readonly kind: 'span';
      readonly first: string;
      readonly last: string;
    }
  | { readonly kind: 'listed'; readonly days: readonly CalendarDate[] }
);

/** The days on which a law's period does not end. */
export interface Roll extends Cited {
  readonly weekdays: readonly Weekday[];
  /**
   * `nation-wide` and `place` use the data of the country; `place` adds the region's own days. A
   * list is the statute's own. With `none`, holidays do not count.
   */
  readonly holidays: 'nation-wide' | 'place' | readonly HolidayRule[] | 'none';
  /** The fewest working days that a period must contain. */
  readonly leastWorkingDays?: number;
}

/**
 * An event that stops the clock. All such intervals count together, and only after the clock's
 * start.
 */
export interface Pause extends Cited {
  readonly on: 'identity' | 'clarification';
  readonly rights: readonly Right[];
  /**
   * `inclusive`: the days of the question and of the reply both count. `difference`: the day of the
   * question does not count.
   */
  readonly count: 'inclusive' | 'difference';
  /** How the most cautious reading counts. */
  readonly cautious: 'difference' | 'none';
  /** A question that comes later than this many days after receipt stops nothing. */
  readonly promptWithin?: number;
}

/** A reason for an extension in the law's words. Letters have their own words for each kind. */
export interface Reason {
  readonly words: string;
  readonly kind?: 'complexity' | 'number';
}

/** How a law allows one extension. */
export interface Extension extends Cited {
  /**
   * Counted from the same start as the first period. `announced`: the law names no maximum, and the
   * notice must name the day.
   */
  readonly total: Span | 'announced';
  /** For `announced`: the answer must come within this time after the named day. */
  readonly after?: Span;
  /**
   * For `announced`: the proposal if nobody names a day. It is policy and not law, and counted from
   * the due day.
   */
  readonly proposed?: Span;
  /** Whether days on which the clock stopped prolong the time for the notice. */
  readonly noticeWaitsForPauses: boolean;
  /** The reasons that the law lists, or the standard that a reason must meet. */
  readonly reasons: readonly Reason[];
  /** Whether `reasons` is a standard that any reason may meet, and not a list. */
  readonly anyReason?: true;
}

/** What moves the start of the period. */
export interface LateStart extends Cited {
  /**
   * `answer`: the clock starts when the identity or the fee has come. `reflection`: it starts
   * `days` after the question, if the reply came by then.
   */
  readonly kind: 'answer' | 'reflection';
  readonly on: 'identity' | 'fee';
  readonly days?: number;
}

/** A law as it was in force in a span of time, for some regions or entities. */
export interface Edition {
  /** The first and last day of receipt for which it holds. A request keeps its edition. */
  readonly from: CalendarDate;
  readonly to?: CalendarDate;
  readonly countries?: readonly string[];
  readonly regions?: readonly string[];
  readonly entity?: Entity;
  /** The name, if one law has several, such as the act of a state. */
  readonly title?: string;
  readonly rights: { readonly [R in Right]: Cited | { readonly absent: string } };
  readonly answer: Cited & {
    readonly within: Span;
    /** Days that the most cautious reading subtracts. */
    readonly cautiousDays?: number;
  };
  readonly lateStart: readonly LateStart[];
  readonly pauses: readonly Pause[];
  readonly extension: Extension | { readonly absent: string; readonly cite: Citation };
  readonly roll: Roll | { readonly absent: string; readonly cite: Citation };
  /** The days that are not a `working-day`, if the law counts in them. */
  readonly workingDays?: Roll;
  readonly acknowledge?: Cited & { readonly within: Span };
  /** `base`: a refusal is due in the first period, even with an extension. */
  readonly refusal: Cited & { readonly within: 'base' | 'extended' };
  readonly identity: Cited;
  /** Whether a person can appeal to the company against a refusal. */
  readonly appeal?: true;
  readonly lookBack: string;
  readonly fee: Cited;
  readonly formats: readonly string[];
  /** Shown with the dates always: what is not certain, and which reading is used. */
  readonly doubts: readonly string[];
}

/** The authority that a person can complain to. */
export interface Authority {
  readonly name: string;
  readonly web: string;
  readonly address?: string;
  readonly phone?: string;
  readonly note?: string;
}

/** One law: data with citations. Its ID is the name of its folder. */
export interface Law {
  readonly title: string;
  readonly short: string;
  /**
   * ISO 3166-1. This law covers a request of a subject who lives there, unless another law is
   * nearer.
   */
  readonly countries: readonly string[];
  /** ISO 3166-2 without the country, if the law holds only in some regions. */
  readonly regions?: readonly string[];
  /**
   * The time zones of its places that `choice/places.ts` does not have. The key is `<country>` or
   * `<country>-<region>`.
   */
  readonly zones?: Readonly<Record<string, string>>;
  /**
   * The place that decides the zone and the holidays. `controller`: the controller's place if it is
   * in `countries`, else the subject's.
   */
  readonly place: 'controller' | 'subject';
  /**
   * Why it covers a controller established there, wherever the person lives. A law without it
   * protects residents only.
   */
  readonly reach?: Cited;
  readonly citation: Citation;
  /** By country, or by `<country>-<region>` if each region has its own. */
  readonly authority: Authority | { readonly byCountry: Readonly<Record<string, Authority>> };
  readonly editions: readonly Edition[];
  /** Other names that people use for it. If several laws share a name, the country decides. */
  readonly alsoCalled?: readonly string[];
  /** By region: a remark about an act of that region which this program does not have. */
  readonly regionalActs?: Readonly<Record<string, string>>;
  /** Decisions that no program makes. */
  readonly leftToPeople: readonly string[];
  readonly sources: readonly Source[];
}
