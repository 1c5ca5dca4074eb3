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

/** What stands before a number, and before several. */
export interface Sign {
  readonly one: string;
  readonly several: string;
  /** Whether a comma stands between the act's name and the sign. */
  readonly comma?: true;
}

/** An act, a code or a guide, and how its places are written. */
export interface Act {
  /** Its short name as it is printed, such as `GDPR`. */
  readonly name: string;
  /** Signs that differ from the usual ones. */
  readonly signs?: Readonly<Partial<Record<Unit, Sign>>>;
  /** What stands before a paragraph's number, instead of the parentheses around it. */
  readonly paragraphSign?: string;
  /** The last day on which its places had the numbers that are cited. */
  readonly numberedUntil?: CalendarDate;
}

/** How codes of the USA are cited. */
export const SECTION_SIGN = {
  signs: { section: { one: '§', several: '§§' } },
} as const satisfies Omit<Act, 'name'>;

/** A place in an act; with an act alone, the whole of it. */
export interface Place {
  readonly act: Act;
  /** The schedule that the number is found in. */
  readonly schedule?: number;
  readonly unit?: Unit;
  readonly number?: number | string;
  /** The last number of a range. */
  readonly to?: number | string;
  /** Whether what follows the number is meant as well. */
  readonly following?: true;
  readonly paragraph?: number | string;
  readonly point?: number | string;
  /** What lies deeper than a point. */
  readonly below?: readonly (number | string)[];
  /** A numbered item of an enumeration, such as the Brazilian `IV`. */
  readonly item?: string;
  /** A paragraph that bears no number, by its order. */
  readonly unnumbered?: number;
  readonly sentence?: number;
  /** What a guide speaks of. */
  readonly on?: Place;
  /** What fits no field. */
  readonly text?: string;
  /**
   * Repeats the sign behind this separator; without it, places of one unit are listed under one
   * sign.
   */
  readonly apart?: ',' | ';';
}

/** The words that carry a rule: one place or several. */
export type Citation = readonly Place[];

/** What a place may say besides its numbers. */
type More = Omit<Place, 'act' | 'unit' | 'number' | 'paragraph' | 'point' | 'below' | 'on'>;
type Part = number | string | More;

/** The parts of a place in their order: paragraph, point, and what lies below; then all else. */
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
 * An act to cite: a function for each unit makes a place of it.
 *
 * @example
 * const gdpr = actOf('GDPR'); gdpr.article(12, 3, { sentence: 2 }); // GDPR Art. 12(3), second
 * sentence
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
