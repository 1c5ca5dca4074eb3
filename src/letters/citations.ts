import type { CitationLanguage, Place, Unit } from '@dossier/law';

/**
 * How a language writes places of one act. It returns `undefined` for places that it has no words
 * for.
 */
export type CitationForm = NonNullable<CitationLanguage['write']>;

/** The words for the parts of an article, in the order of the language. */
export interface ArticleWords {
  readonly article: (number: number | string) => string;
  /** The text before the number of a paragraph, and before several. */
  readonly paragraph: readonly [one: string, several: string];
  readonly point: (point: number | string) => string;
  readonly sentence: (number: number) => string;
  readonly recital?: string;
  readonly and: string;
  /** The text between an article and its parts. */
  readonly gap: string;
  /** The text before a further paragraph with its own parts. */
  readonly further: string;
  /** The text before the act's name, after an article. */
  readonly of: string;
}

/** Selects the form by the short name of the act. */
export const byAct =
  (forms: Readonly<Record<string, CitationForm>>): CitationForm =>
  (places) =>
    forms[places[0].act.name]?.(places);

/** Whether all places have this unit, and nothing besides a number and these fields. */
export const sayOnly = (
  places: readonly Place[],
  unit: Unit,
  fields: readonly (keyof Place)[],
): boolean =>
  places.every(
    (place) =>
      place.unit === unit &&
      Object.keys(place).every(
        (field) =>
          ['act', 'unit', 'number'].includes(field) || fields.includes(field as keyof Place),
      ),
  );

/** `1`, `1 and 2`, or `1, 2 and 3`. */
export function enumerated(items: readonly (number | string)[], and: string): string {
  const last = items.at(-1);
  return items.length < 2 ? `${last ?? ''}` : `${items.slice(0, -1).join(', ')} ${and} ${last}`;
}

/** A form for acts whose citations name places in a single article, or a recital. */
export const articlesOf =
  (words: ArticleWords) =>
  (act: string): CitationForm =>
  (places) => {
    const [{ number = '' }] = places;
    if (words.recital !== undefined && places.length === 1 && sayOnly(places, 'recital', [])) {
      return `${act} ${words.recital} ${number}`;
    }
    const isOneArticle =
      sayOnly(places, 'article', ['paragraph', 'point', 'sentence']) &&
      places.every((it) => it.number === number);
    if (!isOneArticle) return undefined;
    return [words.article(number), ...paragraphsOf(places, words), `${words.of}${act}`].join(
      words.gap,
    );
  };

/** The paragraphs of an article: under one word, or each with its own parts. */
function paragraphsOf(places: readonly Place[], words: ArticleWords): string[] {
  const { and, paragraph, further } = words;
  const listed = places.flatMap((it) => it.paragraph ?? []);
  if (places.length > 1 && listed.length === places.length && places.every(isWholeParagraph)) {
    return [`${paragraph[1]} ${enumerated(listed, and)}`];
  }
  const each = places.map((it) => partsOf(it, words)).filter((it) => it !== '');
  return each.length === 0 ? [] : [each.join(further)];
}

export const isWholeParagraph = ({ point, sentence }: Place): boolean =>
  point === undefined && sentence === undefined;

const partsOf = ({ paragraph, point, sentence }: Place, words: ArticleWords): string =>
  [
    ...(paragraph === undefined ? [] : [`${words.paragraph[0]} ${paragraph}`]),
    ...(point === undefined ? [] : [words.point(point)]),
    ...(sentence === undefined ? [] : [words.sentence(sentence)]),
  ].join(words.gap);
