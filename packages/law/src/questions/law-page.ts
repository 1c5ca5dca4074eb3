import { authorityIn } from '../choice/authorities.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import { dayAndMonth } from '../calendar/words.ts';
import { printCitation } from '../model/print-citation.ts';
import type { Authority, Cited, Edition, Law } from '../model/law.ts';
import { stateOf } from '../choice/places.ts';

/** One line of a law's page: the topic, the rule, and its citation. */
export interface PageLine {
  readonly about: string;
  readonly rule: string;
  readonly cite: string;
}
/** One edition of a law on the page. */
export interface PageEdition {
  readonly from: string;
  readonly to?: string;
  readonly for: string;
  readonly lines: readonly PageLine[];
  readonly lookBack: string;
  readonly formats: readonly string[];
  readonly doubts: readonly string[];
}
/** The zone and the holidays of a place on the page. */
export interface PageCalendar {
  readonly timeZone: string;
  /** Holidays that move a date. A statute's own are named; others are listed by year. */
  readonly holidays: readonly string[] | Readonly<Record<string, readonly CalendarDate[]>>;
  /** Where the holidays come from. */
  readonly from: string;
}
/** A law as `dossier law show` prints it. */
export interface LawPage {
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  readonly countries: readonly string[];
  readonly regions?: readonly string[];
  /** The place, if the page is only for one. */
  readonly shown?: string;
  /**
   * Why it covers a controller there, wherever the person lives. Null if it protects residents
   * only.
   */
  readonly reach: { readonly rule: string; readonly cite: string } | null;
  readonly authority: Authority | null;
  /**
   * The authorities of the country's regions. Empty unless the page is for a whole country whose
   * regions have authorities of their own.
   */
  readonly regionalAuthorities: readonly {
    readonly region: string;
    readonly name: string;
    readonly web: string;
  }[];
  /** The zone and the holidays. Null if the page is not for a single place. */
  readonly calendar: PageCalendar | null;
  readonly editions: readonly PageEdition[];
  readonly leftToPeople: readonly string[];
  readonly sources: Law['sources'];
}

/** The page of a law. With a country or region: what holds there, and its holidays. */
export function lawPage(
  id: string,
  law: Law,
  {
    country,
    region,
    calendar,
  }: {
    country?: string;
    region?: string;
    calendar?: PageCalendar;
  } = {},
): LawPage {
  const here = law.editions.filter(
    ({ countries, regions }) =>
      (country === undefined || countries === undefined || countries.includes(country)) &&
      (region === undefined || regions === undefined || regions.includes(region)),
  );
  const authority =
    authorityIn(
      law,
      country === undefined ? undefined : { country, ...(region !== undefined && { region }) },
    ) ?? null;
  return {
    id,
    title: law.title,
    citation: printCitation(law.citation),
    countries: law.countries,
    ...(law.regions && { regions: law.regions }),
    authority,
    regionalAuthorities:
      country === undefined || region !== undefined ? [] : regionalAuthorities(law, country),
    calendar: calendar ?? null,
    ...(country !== undefined &&
      law.countries.length > 1 && {
        shown: region === undefined ? country : `${country}-${region}`,
      }),
    reach: law.reach ? { ...law.reach, cite: printCitation(law.reach.cite) } : null,
    editions: here.map(pageEdition),
    leftToPeople: law.leftToPeople,
    sources: law.sources,
  };
}

function regionalAuthorities({ authority }: Law, country: string): LawPage['regionalAuthorities'] {
  if (!('byCountry' in authority)) return [];
  const prefix = `${stateOf(country)}-`;
  return Object.entries(authority.byCountry)
    .filter(([place]) => place.startsWith(prefix))
    .map(([place, { name, web }]) => ({ region: place.slice(prefix.length), name, web }));
}

const line = (about: string, { rule, cite }: Cited): PageLine => ({
  about,
  rule,
  cite: printCitation(cite),
});

function pageEdition(edition: Edition): PageEdition {
  const {
    extension,
    roll,
    acknowledge,
    workingDays,
    answer,
    lateStart,
    pauses,
    refusal,
    identity,
    fee,
  } = edition;
  const rules: readonly object[] = [
    answer,
    acknowledge,
    ...lateStart,
    ...pauses,
    extension,
    roll,
    workingDays,
    refusal,
    identity,
    fee,
  ].filter((it) => it !== undefined);
  const doubts = [
    ...edition.doubts,
    ...rules.flatMap((it) => ('doubt' in it && typeof it.doubt === 'string' ? [it.doubt] : [])),
  ];
  const lines = [
    ...(['access', 'portability'] as const).map((right) => {
      const held = edition.rights[right];
      return 'absent' in held ? { about: right, rule: held.absent, cite: '' } : line(right, held);
    }),
    line('answer', answer),
    ...(acknowledge ? [line('acknowledgement', acknowledge)] : []),
    ...lateStart.map((it) => line('start of the period', it)),
    ...pauses.map((it) => line('clock stops', it)),
    'absent' in extension
      ? { about: 'extension', rule: capital(extension.absent), cite: printCitation(extension.cite) }
      : {
          about: 'extension',
          cite: printCitation(extension.cite),
          rule:
            `${extension.rule}. Once, by a notice in the first ` +
            `period${extension.noticeWaitsForPauses ? ' and the days by which it was prolonged' : ''}. ` +
            `${extension.anyReason ? 'The reason' : 'Reasons'}: ${extension.reasons.map(({ words }) => words).join('; ')}`,
        },
    'absent' in roll
      ? { about: 'last day', rule: roll.absent, cite: printCitation(roll.cite) }
      : line('last day', roll),
    ...(workingDays ? [line('working days', workingDays)] : []),
    line('refusal', refusal),
    line('identity', identity),
    line('fee', fee),
  ];
  const few =
    edition.countries !== undefined && edition.countries.length < 5
      ? edition.countries.join(', ')
      : undefined;
  const scope = [edition.title, edition.entity, few, edition.regions?.join(', ')]
    .filter(Boolean)
    .join(', ');
  return {
    from: edition.from,
    ...(edition.to && { to: edition.to }),
    for: scope,
    lines,
    lookBack: edition.lookBack,
    formats: edition.formats,
    doubts: [...new Set(doubts)],
  };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The heading of each topic. */
const HEADINGS: Readonly<Record<string, string>> = {
  access: 'Right of access',
  portability: 'Right to portability',
  answer: 'Time to answer',
  acknowledgement: 'Confirmation of receipt',
  'start of the period': 'Start of the period',
  'clock stops': 'Days that do not count',
  extension: 'Extension',
  'last day': 'Last day',
  'working days': 'Working days',
  refusal: 'Refusal',
  identity: 'Identity',
  fee: 'Fee',
};
const WIDTH = 96;

/**
 * Text in lines of the page's width, each after `indent`. A longer word, such as an address, is not
 * broken.
 */
function wrapped(text: string, indent: string, first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + word.length >= WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

const sentence = (text: string): string => (/[.!?)”"]$/.test(text) ? text : `${text}.`);
const items = (all: readonly string[]): string[] =>
  all.flatMap((item) => wrapped(item, '     ', '   • '));
const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title.toUpperCase(), '', ...lines];

/** Holidays as lines: the names from the statute, or the days of each year. */
function holidayLines(holidays: PageCalendar['holidays']): string[] {
  if (Array.isArray(holidays)) return holidays.length === 0 ? [] : [holidays.join('; ')];
  return Object.entries(holidays).map(
    ([year, days]: [string, readonly CalendarDate[]]) =>
      `${year}: ${days.map(dayAndMonth).join(', ')}`,
  );
}

function calendarLines({ timeZone, holidays, from }: PageCalendar): string[] {
  const listed = holidayLines(holidays);
  return [
    ...wrapped(
      `Days are counted in the time zone ${timeZone}, where the request names no other.`,
      '   ',
    ),
    ...(listed.length === 0
      ? []
      : [...wrapped(`Holidays that move a date (${from}):`, '   '), ...items(listed)]),
  ];
}

function authorityLines({ name, address, web, phone, note }: Authority): string[] {
  return [
    ...wrapped(name, '   '),
    ...[address, phone === undefined ? undefined : `Telephone ${phone}`, web, note]
      .filter((it) => it !== undefined)
      .flatMap((it) => wrapped(it, '   ')),
  ];
}

function editionLines({
  from,
  to,
  for: scope,
  lines,
  lookBack,
  formats,
  doubts,
}: PageEdition): string[] {
  const numbered = lines.flatMap(({ about, rule, cite }, index) => [
    ...wrapped(
      `${HEADINGS[about] ?? about}. ${sentence(rule)}`,
      '     ',
      `${String(index + 1).padStart(2)}.  `,
    ),
    ...(cite === '' ? [] : wrapped(`[${cite}]`, '     ')),
  ]);
  return [
    ...section(`Requests received from ${from}${to === undefined ? '' : ` to ${to}`}`, [
      ...(scope === '' ? [] : [...wrapped(`For ${scope}.`, '   '), '']),
      ...numbered,
    ]),
    ...wrapped(
      `Look-back. ${sentence(lookBack)}`,
      '     ',
      `${String(lines.length + 1).padStart(2)}.  `,
    ),
    ...wrapped('Form of the answer.', '     ', `${String(lines.length + 2).padStart(2)}.  `),
    ...formats.flatMap((it) => wrapped(it, '       ', '     – ')),
    ...section('Doubts, and how they are taken', items(doubts)),
  ];
}

/**
 * The page as plain text, for a terminal or a printer.
 *
 * @example
 * console.log(lawText(showLaw('gdpr', 'FR')));
 */
export function lawText(page: LawPage): string {
  const {
    title,
    citation,
    countries,
    regions,
    reach,
    authority,
    regionalAuthorities,
    calendar,
    editions,
    leftToPeople,
    sources,
  } = page;
  const holds =
    'Holds in ' +
    `${countries.join(', ')}${regions ? `, ${regions.length === 1 ? 'region' : 'regions'} ${regions.join(', ')}` : ''}.`;
  return [
    ...wrapped(title, ''),
    '='.repeat(Math.min(title.length, WIDTH)),
    ...wrapped(citation, ''),
    '',
    ...wrapped(holds, ''),
    ...(page.shown === undefined ? [] : [`This page says what holds in ${page.shown}.`]),
    ...(reach === null
      ? ['Protects people who live there, wherever the controller is.']
      : wrapped(`${sentence(reach.rule)} [${reach.cite}]`, '')),
    ...editions.flatMap(editionLines),
    ...section('Days and holidays', calendar === null ? [] : calendarLines(calendar)),
    ...section('Complaints', [
      ...(authority === null
        ? ['   The supervisory authority of the country; name a country to see it.']
        : authorityLines(authority)),
      ...regionalAuthorities.flatMap(({ region, name, web }) =>
        wrapped(`${region}: ${name}, ${web}`, '     ', '   • '),
      ),
      ...wrapped('Names and addresses are to be checked before a letter names them.', '   '),
    ]),
    ...section('What a person decides, and no program', items(leftToPeople)),
    ...section(
      'Sources, and the day on which they were read',
      sources.flatMap(({ what, url, readOn }) => [
        ...wrapped(`${what} (${readOn})`, '     ', '   • '),
        `     ${url}`,
      ]),
    ),
    '',
    'This page is research for software, made with care; it is no legal advice.',
  ].join('\n');
}
