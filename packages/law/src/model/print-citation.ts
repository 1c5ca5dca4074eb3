import type { CalendarDate } from '../calendar/dates.ts';
import { dayAndMonth } from '../calendar/words.ts';
import type { Act, Citation, Place, Sign, Unit } from './citation.ts';

/** How another language writes citations; the laws' own files are in English. */
export interface CitationLanguage {
  /** Names of acts whose places have the usual form. */
  readonly names?: Readonly<Record<string, string>>;
  /** Returns the places of one act as text, or `undefined` if the language has no form for them. */
  readonly write?: (places: readonly [Place, ...Place[]]) => string | undefined;
  /** Until when the cited numbers were valid, as the text after the places. */
  readonly numberedUntil?: (day: CalendarDate) => string;
  /** The separator after an act in the language's own form. */
  readonly between?: string;
}

const SIGNS: Readonly<Record<Unit, Sign>> = {
  article: { one: 'Art.', several: 'Art.' },
  section: { one: 's', several: 'ss' },
  regulation: { one: 'reg', several: 'regs' },
  recital: { one: 'recital', several: 'recitals' },
  clause: { one: 'cl', several: 'cls' },
  chapter: { one: 'chapter', several: 'chapters', comma: true },
  paragraph: { one: 'para', several: 'paras', comma: true },
  principle: { one: 'principle', several: 'principles', comma: true },
};
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
const BETWEEN = '; ';

/**
 * Prints a citation in English, or in the forms of another language.
 *
 * @example
 * const { citation } = LAWS.get('gdpr')!;
 * printCitation(citation);
 */
export function printCitation(citation: Citation, language: CitationLanguage = {}): string {
  return printCitations([citation], language);
}

/**
 * Prints several citations in one row. None is merged with the one before it.
 *
 * @example
 * const residence = { country: 'FR' };
 * const request = { type: 'access', receivedAt: '2026-07-31', residence } as const;
 * const { cites } = letterLaw({ request, law: 'gdpr' });
 * printCitations([cites.right, cites.answer]);
 */
export function printCitations(
  citations: readonly Citation[],
  language: CitationLanguage = {},
): string {
  let text = '';
  let between = '';
  for (const places of citations.flatMap((it) => partition(it, (a, b) => a.act === b.act))) {
    const written = language.write?.(places);
    text += `${between}${written ?? printPlaces(places, language)}${printEnd(places[0].act, language)}`;
    between = written === undefined ? BETWEEN : (language.between ?? BETWEEN);
  }
  return text;
}

/** Groups neighbours that belong together, in order. */
function partition<T>(
  all: readonly T[],
  together: (before: T, next: T) => boolean,
): [first: T, ...rest: T[]][] {
  const groups: [T, ...T[]][] = [];
  for (const it of all) {
    const last = groups.at(-1);
    if (last === undefined || !together(last.at(-1)!, it)) groups.push([it]);
    else last.push(it);
  }
  return groups;
}

/** The places of one act, after its name. */
function printPlaces(places: readonly [Place, ...Place[]], language: CitationLanguage): string {
  const { act } = places[0];
  const runs = partition(
    places,
    (before, next) =>
      next.unit !== undefined && next.unit === before.unit && next.apart === undefined,
  );
  const name = language.names?.[act.name] ?? act.name;
  const listed = runs.map((run, index) => printRun(run, index === 0, language)).join('');
  return `${name}${listed}`;
}

/** The text that says until when the cited numbers of an act were valid. */
function printEnd({ numberedUntil: until }: Act, { numberedUntil }: CitationLanguage): string {
  if (until === undefined) return '';
  return numberedUntil?.(until) ?? `, as numbered until ${dayAndMonth(until)} ${until.slice(0, 4)}`;
}

/** Places of one unit under one sign, with the separator from the text before. */
function printRun(
  run: readonly [Place, ...Place[]],
  isFirst: boolean,
  language: CitationLanguage,
): string {
  const { act, unit, schedule, apart, text, on } = run[0];
  if (unit === undefined) {
    return (
      (text === undefined ? '' : `, ${text}`) +
      (on === undefined ? '' : `, on ${printCitation([on], language)}`)
    );
  }
  const sign = act.signs?.[unit] ?? SIGNS[unit];
  const several =
    new Set(run.map(({ number }) => number)).size > 1 ||
    run.some(({ to, following }) => to !== undefined || following);
  const afterName = sign.comma ? ', ' : ' ';
  const words = [
    schedule === undefined ? '' : `Schedule ${schedule},`,
    several ? sign.several : sign.one,
    run.map((place, index) => printNumber(place, run[index - 1])).join(', '),
  ];
  return `${isFirst ? afterName : `${apart ?? ','} `}${words.filter((it) => it !== '').join(' ')}`;
}

/**
 * The number of a place with its lower levels. A further item of the same number is printed alone.
 */
function printNumber(place: Place, before: Place | undefined): string {
  const { item, number, sentence, text, unnumbered } = place;
  if (item !== undefined && before?.item !== undefined && before.number === number) return item;
  return [
    `${number}`,
    printRange(place),
    printParts(place),
    ...(item === undefined ? [] : [` ${item}`]),
    ...(unnumbered === undefined ? [] : [`, ${ORDINALS[unnumbered - 1]} paragraph`]),
    ...(sentence === undefined ? [] : [`, ${ORDINALS[sentence - 1]} sentence`]),
    ...(text === undefined ? [] : [`, ${text}`]),
  ].join('');
}

function printRange({ unit, to, following }: Place): string {
  if (to !== undefined) return `${unit === 'paragraph' ? '-' : ' to '}${to}`;
  return following ? ' and following' : '';
}

function printParts({ act, paragraph, point, below = [] }: Place): string {
  const deeper = [point, ...below].filter((it) => it !== undefined).map((it) => `(${it})`);
  return `${paragraph === undefined ? '' : printParagraph(act, paragraph)}${deeper.join('')}`;
}

const printParagraph = ({ paragraphSign }: Act, paragraph: number | string): string =>
  paragraphSign === undefined ? `(${paragraph})` : ` ${paragraphSign} ${paragraph}`;
