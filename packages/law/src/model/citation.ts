import type { CalendarDate } from '../calendar/dates.ts';

/** What the numbers of an act count. */
export type Unit =
  | 'article'
  | 'section'
  | 'regulation'
  | 'recital'
  | 'clause'
  | 'chapter'
  | 'paragraph'
  | 'principle';

/** The text before one number, and before several. */
export interface Sign {
  readonly one: string;
  readonly several: string;
  /** Whether a comma is between the act's name and the sign. */
  readonly comma?: true;
}

/** An act, a code or a guide, and how its places are written. */
export interface Act {
  /** Its short name as printed, such as `GDPR`. */
  readonly name: string;
  /** Signs that differ from the usual ones. */
  readonly signs?: Readonly<Partial<Record<Unit, Sign>>>;
  /** The text before a paragraph's number, instead of parentheses around it. */
  readonly paragraphSign?: string;
  /** The last day on which the cited numbers were valid. */
  readonly numberedUntil?: CalendarDate;
}

/** How to cite codes of the USA. */
export const SECTION_SIGN = {
  signs: { section: { one: '§', several: '§§' } },
} as const satisfies Omit<Act, 'name'>;

/** A place in an act. With only `act`, it is the whole act. */
export interface Place {
  readonly act: Act;
  /** The schedule that contains the number. */
  readonly schedule?: number;
  readonly unit?: Unit;
  readonly number?: number | string;
  /** The last number of a range. */
  readonly to?: number | string;
  /** Whether the numbers that follow are included. */
  readonly following?: true;
  readonly paragraph?: number | string;
  readonly point?: number | string;
  /** The levels below a point. */
  readonly below?: readonly (number | string)[];
  /** A numbered item of a list, such as the Brazilian `IV`. */
  readonly item?: string;
  /** The position of a paragraph without a number, counted from 1. */
  readonly unnumbered?: number;
  readonly sentence?: number;
  /** The place that a guide explains. */
  readonly on?: Place;
  /** Text for what fits no other field. */
  readonly text?: string;
  /**
   * Repeats the sign after this separator. Without it, one sign covers all places of the same unit.
   */
  readonly apart?: ',' | ';';
}

/** The places that set a rule: one or several. */
export type Citation = readonly Place[];

/** The parts of a place besides its numbers. */
type More = Omit<Place, 'act' | 'unit' | 'number' | 'paragraph' | 'point' | 'below' | 'on'>;
type Part = number | string | More;

/** The parts of a place in order: paragraph, point, lower levels. Other fields come last. */
function partsOf(parts: readonly Part[]): Partial<Place> {
  const [paragraph, point, ...below] = parts.filter((it) => typeof it !== 'object');
  return {
    ...(paragraph !== undefined && { paragraph }),
    ...(point !== undefined && { point }),
    ...(below.length > 0 && { below }),
    ...Object.assign({}, ...parts.filter((it) => typeof it === 'object')),
  };
}

/**
 * An act to cite. It has a function for each unit, which returns a place.
 *
 * @example
 * const gdpr = actOf('GDPR');
 * gdpr.article(12, 3, { sentence: 2 }); // GDPR Art. 12(3), second sentence
 */
export function actOf(name: string, style: Omit<Act, 'name'> = {}) {
  const act: Act = { name, ...style };
  const places =
    (unit: Unit) =>
    (number: number | string, ...parts: readonly Part[]): Place => ({
      act,
      unit,
      number,
      ...partsOf(parts),
    });
  return {
    article: places('article'),
    section: places('section'),
    regulation: places('regulation'),
    recital: places('recital'),
    clause: places('clause'),
    chapter: places('chapter'),
    paragraph: places('paragraph'),
    principle: places('principle'),
    whole: (text?: string): Place => ({ act, ...(text !== undefined && { text }) }),
    on: (place: Place): Place => ({ act, on: place }),
  };
}
