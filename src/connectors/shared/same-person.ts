import type { Named } from '../../contract/profile.ts';

/** A name in the form for comparison: letters and digits only, without case and accents. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Whether two records carry the same full name, and no birth date contradicts it. Nameless records
 * are never the same.
 */
export function samePerson(a: Named, b: Named): boolean {
  const [given, family] = [plain(a.givenName), plain(a.familyName)];
  return (
    given !== '' &&
    family !== '' &&
    given === plain(b.givenName) &&
    family === plain(b.familyName) &&
    !birthDatesDiffer(a, b)
  );
}

export const birthDatesDiffer = (a: Named, b: Named): boolean =>
  a.birthDate !== '' && b.birthDate !== '' && a.birthDate !== b.birthDate;

/**
 * How two names compare: `alike` are an initial and its name, or names one letter apart. An absent
 * name equals any.
 */
export type Likeness = 'equal' | 'alike' | 'different';
export const givenNames = (a: Named, b: Named): Likeness => likeness(a.givenName, b.givenName);

/**
 * Whether two records that share an e-mail address can hardly be one person: by birth date, given
 * name or family name.
 */
export const contradict = (a: Named, b: Named): boolean =>
  birthDatesDiffer(a, b) ||
  givenNames(a, b) === 'different' ||
  likeness(a.familyName, b.familyName) === 'different';

/** In a name of fewer letters, one letter makes another name, as in Chinese or Korean. */
const SHORT = 3;

function likeness(a: string, b: string): Likeness {
  const [one, other] = [plain(a), plain(b)];
  if (one === other || one === '' || other === '') return 'equal';
  return one.startsWith(other) ||
    other.startsWith(one) ||
    (Math.min(one.length, other.length) >= SHORT && atMostOneApart(one, other))
    ? 'alike'
    : 'different';
}

/** Whether one letter more, less or other turns one text into the other. */
function atMostOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start += 1;
  }
  const rest = (text: string, skip: number) => text.slice(start + skip);
  if (a.length === b.length) return rest(a, 1) === rest(b, 1);
  return a.length > b.length ? rest(a, 1) === rest(b, 0) : rest(a, 0) === rest(b, 1);
}
