import { authorityIn } from './authorities.ts';
import type { Authority, Cited, Edition, Law } from './law.ts';

/** One line of a law's page: what it is about, what holds, and the words that carry it. */
export interface PageLine { readonly about: string; readonly rule: string; readonly cite: string }
/** One edition of a law as it is shown. */
export interface PageEdition {
  readonly from: string; readonly to?: string; readonly for: string; readonly lines: readonly PageLine[];
  readonly lookBack: string; readonly formats: readonly string[]; readonly doubts: readonly string[];
}
/** A law as `dossier law show` gives it. */
export interface LawPage {
  readonly id: string; readonly title: string; readonly citation: string; readonly countries: readonly string[]; readonly regions?: readonly string[];
  readonly authority: Authority | null;
  readonly editions: readonly PageEdition[];
  readonly leftToPeople: readonly string[];
  readonly sources: Law['sources'];
}

/** The page of a law; with a country or region, what holds there alone. */
export function lawPage(id: string, law: Law, country?: string, region?: string): LawPage {
  const here = law.editions.filter(({ countries, regions }) =>
    (country === undefined || countries === undefined || countries.includes(country)) && (region === undefined || regions === undefined || regions.includes(region)));
  const authority = authorityIn(law, country === undefined ? undefined : { country, ...(region !== undefined && { region }) }) ?? null;
  return {
    id, title: law.title, citation: law.citation, countries: law.countries, ...(law.regions && { regions: law.regions }), authority,
    editions: here.map(pageEdition), leftToPeople: law.leftToPeople, sources: law.sources,
  };
}

const line = (about: string, { rule, cite }: Cited): PageLine => ({ about, rule, cite });

function pageEdition(edition: Edition): PageEdition {
  const { extension, roll, acknowledge, workingDays } = edition;
  const lines = [
    ...(['access', 'portability'] as const).map((right) => {
      const held = edition.rights[right];
      return 'absent' in held ? { about: right, rule: held.absent, cite: '' } : line(right, held);
    }),
    line('answer', edition.answer),
    ...(acknowledge ? [line('acknowledgement', acknowledge)] : []),
    ...edition.lateStart.map((it) => line('start of the period', it)),
    ...edition.pauses.map((it) => line('clock stops', it)),
    'absent' in extension ? { about: 'extension', rule: capital(extension.absent), cite: extension.cite } : {
      about: 'extension', rule: `${extension.rule}. Reasons: ${extension.reasons.join('; ')}`, cite: extension.cite,
    },
    'absent' in roll ? { about: 'last day', rule: roll.absent, cite: roll.cite } : line('last day', roll),
    ...(workingDays ? [line('working days', workingDays)] : []),
    line('refusal', edition.refusal), line('identity', edition.identity), line('fee', edition.fee),
  ];
  const few = edition.countries !== undefined && edition.countries.length < 5 ? edition.countries.join(', ') : undefined;
  const scope = [edition.title, edition.entity, few, edition.regions?.join(', ')].filter(Boolean).join(', ');
  return { from: edition.from, ...(edition.to && { to: edition.to }), for: scope, lines, lookBack: edition.lookBack, formats: edition.formats, doubts: edition.doubts };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const list = (title: string, items: readonly string[]) => (items.length === 0 ? [] : [title, ...items.map((item) => `  - ${item}`)]);

const authorityLine = ({ name, address, web, phone, note }: Authority) => [name, address, web, phone, note].filter(Boolean).join(' · ');

/** The page as plain text, for a terminal or for print. */
export function lawText(page: LawPage): string {
  const editions = page.editions.flatMap((edition) => [
    `For requests received from ${edition.from}${edition.to ? ` to ${edition.to}` : ''}${edition.for ? ` (${edition.for})` : ''}`,
    ...edition.lines.flatMap(({ about, rule, cite }) => [`  ${about}: ${rule}`, ...(cite === '' ? [] : [`    [${cite}]`])]),
    `  look-back: ${edition.lookBack}`,
    ...edition.formats.map((format) => `  format: ${format}`),
    ...edition.doubts.map((doubt) => `  doubt: ${doubt}`),
    '',
  ]);
  const { authority } = page;
  return [
    page.title, page.citation, `Holds in ${page.countries.join(', ')}${page.regions ? `, regions ${page.regions.join(', ')}` : ''}`, '',
    ...editions,
    `Complaints: ${authority === null ? 'the supervisory authority of the country; name a country to see it.' : authorityLine(authority)}`, '',
    ...list('Left to people', page.leftToPeople), '',
    ...list('Sources', page.sources.map(({ what, url, readOn }) => `${what}: ${url} (read on ${readOn})`)),
    '', 'This page is research for software; it is no legal advice.',
  ].join('\n');
}
