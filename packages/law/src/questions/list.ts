import type { CalendarDate } from '../calendar/dates.ts';
import { LAWS } from '../laws/known.ts';
import { printCitation } from '../model/print-citation.ts';

/** One line of `dossier law list`. */
export interface LawLine {
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  readonly countries: readonly string[];
  readonly regions?: readonly string[];
  readonly inForceSince: CalendarDate;
}

/**
 * Every law, sorted by ID.
 *
 * @example
 * const ids = listLaws().map(({ id }) => id);
 */
export function listLaws(): LawLine[] {
  return [...LAWS].map(([id, { title, citation, countries, regions, editions }]) => ({
    id,
    title,
    citation: printCitation(citation),
    countries,
    ...(regions && { regions }),
    inForceSince: editions.map(({ from }) => from).toSorted()[0]!,
  }));
}
