// Writes packages/law/src/choice/regions.ts from ISO 3166. Run by hand: npm i --no-save
// iso-3166@4.4.0 && npm run build && node dist/tools/make-regions.js
import { writeFileSync } from 'node:fs';

/** The part of the package that this tool reads. The package is not installed otherwise. */
interface Iso3166 {
  readonly iso31661: readonly { readonly state: string; readonly alpha2: string }[];
  readonly iso31662: readonly { readonly code: string }[];
}
const NAME = 'iso-3166';
const { iso31661, iso31662 } = (await import(NAME)) as Iso3166;

const COVERED = (
  'AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT JP KR LI LT LU LV MT NL ' +
  'NO NZ PL PT RO SE SG SI SK US ZA'
).split(' ');
const countries = iso31661
  .filter(({ state }) => state === 'assigned')
  .map(({ alpha2 }) => alpha2)
  .toSorted();
const wrapped = (codes: readonly string[]) =>
  [...codes.join(' ').matchAll(/.{1,88}(?: |$)/g)].map(([line]) => `'${line}'`).join('\n  + ');
const regionsOf = (country: string) =>
  iso31662
    .filter(({ code }) => code.startsWith(`${country}-`))
    .map(({ code }) => code.slice(3))
    .toSorted();

writeFileSync(
  new URL('../../packages/law/src/choice/regions.ts', import.meta.url),
  `/**
 * Every assigned country code of ISO 3166-1. Made by tools/make-regions.ts from the package
 * iso-3166 4.4.0.
 */
export const COUNTRY_CODES: ReadonlySet<string> = new Set((${wrapped(countries)}).split(' '));

/** The regions of ISO 3166-2, without the country's code, for the countries that a law covers. */
export const REGION_CODES: Readonly<Record<string, string>> = {
${COVERED.map((country) => `  ${country}: ${wrapped(regionsOf(country)).replaceAll('\n  +', '\n    +')},`).join('\n')}
};
`,
);
