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
 * A length of time as a statute names it. `business-day` is Monday to Friday; `working-day` is what
 * the law's own list says.
 */
export interface Span {
  readonly amount: number;
  readonly unit: 'day' | 'month' | 'business-day' | 'working-day';
}

/** A rule with the words that carry it. */
export interface Cited {
  readonly rule: string;
  readonly cite: Citation;
  /**
   * What is not certain about it, and how it is taken: said on the law's page, and with every date
   * that the rule moves.
   */
  readonly doubt?: string;
}

/** Where a statement was read, and on which day. */
export interface Source {
  readonly what: string;
  readonly url: string;
  readonly readOn: CalendarDate;
}

/**
 * A day that a statute lists as a holiday. `from` and `to` (both included) bound the days on which
 * the rule holds.
 *
 * `date`: the same day every year (`MM-DD`); where it falls on a day of `moved`, the next day that
 * is named there counts as well. `easter`: days after Easter Sunday. `nth`: the nth weekday of a
 * month. `before`: the last such weekday before a day. `span`: every day from one to the other,
 * over the year's end if need be. `listed`: days that the statute dates.
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
   * `nation-wide` and `place` are data by country, `place` with the region's own days; a list is
   * the statute's own; none: holidays do not count.
   */
  readonly holidays: 'nation-wide' | 'place' | readonly HolidayRule[] | 'none';
  /** How many working days a period holds at the least. */
  readonly leastWorkingDays?: number;
}

/**
 * An event that stops the clock. Days are counted in the union of all such intervals, after the
 * clock's start only.
 */
export interface Pause extends Cited {
  readonly on: 'identity' | 'clarification';
  readonly rights: readonly Right[];
  /**
   * `inclusive`: the days of question and answer count both; `difference`: the day of the question
   * does not.
   */
  readonly count: 'inclusive' | 'difference';
  /** How the most cautious reading counts. */
  readonly cautious: 'difference' | 'none';
  /** A question later than this many days after receipt stops nothing. */
  readonly promptWithin?: number;
}

/** A reason for an extension in the law's words. Letters have words of their own for each kind. */
export interface Reason {
  readonly words: string;
  readonly kind?: 'complexity' | 'number';
}

/** How a law lets the answer be put off, once. */
export interface Extension extends Cited {
  /**
   * Counted from the same start as the first period; `announced`: the law names no maximum, the
   * notice must name the day.
   */
  readonly total: Span | 'announced';
  /** For `announced`: days after the day named, within which the answer must come. */
  readonly after?: Span;
  /**
   * For `announced`: what is proposed where nobody names a day. It is policy, not law; counted from
   * the due day.
   */
  readonly proposed?: Span;
  /** Whether days on which the clock stood prolong the time for the notice. */
  readonly noticeWaitsForPauses: boolean;
  /** The reasons that the law lists, or the standard that a reason must meet. */
  readonly reasons: readonly Reason[];
  /** Whether `reasons` is a standard, which any reason may meet, and no list. */
  readonly anyReason?: true;
}

/** What moves the day that the period is counted from. */
export interface LateStart extends Cited {
  /**
   * `answer`: the clock starts when what was asked for came; `reflection`: it starts so many days
   * after the question, if it was answered by then.
   */
  readonly kind: 'answer' | 'reflection';
  readonly on: 'identity' | 'fee';
  readonly days?: number;
}

/** A law as it stood in a span of time, for some regions or entities. */
export interface Edition {
  /**
   * The first and last day of receipt for which it holds. A request keeps the edition under which
   * it was received.
   */
  readonly from: CalendarDate;
  readonly to?: CalendarDate;
  readonly countries?: readonly string[];
  readonly regions?: readonly string[];
  readonly entity?: Entity;
  /** A name where one law has several, such as a state's act. */
  readonly title?: string;
  readonly rights: { readonly [R in Right]: Cited | { readonly absent: string } };
  readonly answer: Cited & {
    readonly within: Span;
    /** Days that the most cautious reading takes off. */
    readonly cautiousDays?: number;
  };
  readonly lateStart: readonly LateStart[];
  readonly pauses: readonly Pause[];
  readonly extension: Extension | { readonly absent: string; readonly cite: Citation };
  readonly roll: Roll | { readonly absent: string; readonly cite: Citation };
  /** What `working-day` leaves out, where the law counts in them. */
  readonly workingDays?: Roll;
  readonly acknowledge?: Cited & { readonly within: Span };
  /** `base`: a refusal is due in the first period even if the answer is put off. */
  readonly refusal: Cited & { readonly within: 'base' | 'extended' };
  readonly identity: Cited;
  /** Whether a person can appeal to the company against a refusal. */
  readonly appeal?: true;
  readonly lookBack: string;
  readonly fee: Cited;
  readonly formats: readonly string[];
  /** Always said with the dates: what is not certain, and what was taken. */
  readonly doubts: readonly string[];
}

/** To whom a person can complain. */
export interface Authority {
  readonly name: string;
  readonly web: string;
  readonly address?: string;
  readonly phone?: string;
  readonly note?: string;
}

/** One law: data with citations. The name of its file is its ID. */
export interface Law {
  readonly title: string;
  readonly short: string;
  /**
   * ISO 3166-1; a request whose subject lives in one of them is answered under this law unless
   * another is nearer.
   */
  readonly countries: readonly string[];
  /** ISO 3166-2 without the country, where the law holds in some regions only. */
  readonly regions?: readonly string[];
  /**
   * The time zones of its places, by `<country>` or `<country>-<region>`, as far as
   * `choice/places.ts` does not know them.
   */
  readonly zones?: Readonly<Record<string, string>>;
  /**
   * Whose place gives zone and holidays: the acting controller's, if it lies in `countries`, or the
   * subject's.
   */
  readonly place: 'controller' | 'subject';
  /**
   * Why it holds for a controller that is established there, wherever the person lives. Laws
   * without it protect residents alone.
   */
  readonly reach?: Cited;
  readonly citation: Citation;
  /** By country, or by `<country>-<region>` where each region has one of its own. */
  readonly authority: Authority | { readonly byCountry: Readonly<Record<string, Authority>> };
  readonly editions: readonly Edition[];
  /**
   * Other names that people use for it. A name that several laws share is told apart by the
   * country.
   */
  readonly alsoCalled?: readonly string[];
  /** By region: what is to be said of an act of its own there, which is not known here. */
  readonly regionalActs?: Readonly<Record<string, string>>;
  /** What no program decides. */
  readonly leftToPeople: readonly string[];
  readonly sources: readonly Source[];
}
