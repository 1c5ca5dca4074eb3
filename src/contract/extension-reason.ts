import type { Timetable } from './status.ts';

/** Words that are in many reasons and so distinguish none. */
const COMMON = new Set(
  (
    'about cannot days done more needed needs other person request requests that them these ' +
    'this time limit which with within would'
  ).split(' '),
);
/**
 * Other words that an operator may use for the same reasons, in the languages of the letters, by
 * the stem of the law's own word.
 */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  comple: ['komple', 'complej', '複雑'],
  number: [
    'many',
    'several',
    'volume',
    'quantit',
    'anzahl',
    'zahl',
    'nombre',
    'número',
    'numero',
    '多数',
    '件数',
  ],
  quanti: ['volume', 'many', 'number'],
  consul: ['beratung', 'konsult'],
  conver: ['alternat'],
  search: ['suche'],
};
const STEM = 6;

const stemsOf = (reason: string): string[] =>
  reason
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 4 && !COMMON.has(word))
    .map((word) => word.slice(0, STEM));

/**
 * The listed reason that an operator's words name, if they name one. Key words decide, in upper or
 * lower case.
 */
export function listedReason(reason: string, reasons: readonly string[]): string | undefined {
  const said = reason.toLowerCase();
  return reasons.find((listed) =>
    stemsOf(listed).some((stem) => [stem, ...(ALIKE[stem] ?? [])].some((it) => said.includes(it))),
  );
}

/**
 * Why a reason for an extension is refused, with the allowed reasons and the article. Undefined if
 * the reason is allowed. If the law lists none, it allows any reason.
 */
export function reasonRefusal(
  reason: string,
  { reasons, anyReason, cite }: Timetable['extension'],
): string | undefined {
  if (anyReason === true || reasons.length === 0 || listedReason(reason, reasons) !== undefined) {
    return undefined;
  }
  return (
    `The reason "${reason}" is none that the law allows for an extension (${cite}); allowed ` +
    `are: ${reasons.join('; ')}.`
  );
}
