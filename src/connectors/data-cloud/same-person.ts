import type { Individual } from './individuals.ts';

/** A name as compared: letters and digits only, without case and accents. */
const plain = (name: string): string => name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether two records carry the same full name, and no birth date speaks against it. Nameless records are never the same. */
export function samePerson(a: Individual, b: Individual): boolean {
  const [given, family] = [plain(a.givenName), plain(a.familyName)];
  return given !== '' && family !== '' && given === plain(b.givenName) && family === plain(b.familyName) && !birthDatesDiffer(a, b);
}

export const birthDatesDiffer = (a: Individual, b: Individual): boolean => a.birthDate !== '' && b.birthDate !== '' && a.birthDate !== b.birthDate;

/** How the given names of two records compare: `alike` are an initial and its name, or names one letter apart. An absent name equals any. */
export function givenNames(a: Individual, b: Individual): 'equal' | 'alike' | 'different' {
  const [one, other] = [plain(a.givenName), plain(b.givenName)];
  if (one === other || one === '' || other === '') return 'equal';
  return one.startsWith(other) || other.startsWith(one) || atMostOneApart(one, other) ? 'alike' : 'different';
}

/** Whether one letter more, less or other turns one text into the other. */
function atMostOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rest = (text: string, skip: number) => text.slice(start + skip);
  return a.length === b.length ? rest(a, 1) === rest(b, 1) : a.length > b.length ? rest(a, 1) === rest(b, 0) : rest(a, 0) === rest(b, 1);
}
