import type { OpenCase } from '../choice/open-cases.ts';
import { printCitation } from '../model/print-citation.ts';

/** An open case in the form that the comparison of laws takes. */
export const beside = ({ id, law, because, place, edition }: OpenCase) => ({
  law: id,
  short: law.short,
  because,
  cite: printCitation(edition.answer.cite),
  ...(place && { country: place.country }),
});
