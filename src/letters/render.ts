import { listedReason } from '../contract/extension-reason.ts';
import { printCitation, printCitations, type Authority, type Citation } from '@dossier/law';
import type { CheckedRequest } from '../contract/request.ts';
import type { CalendarDate } from '@dossier/law';
import { de } from './languages/de.ts';
import { en } from './languages/en.ts';
import { es } from './languages/es.ts';
import { fr } from './languages/fr.ts';
import { ja } from './languages/ja.ts';
import type { Language } from './language.ts';
import type { Letter, LetterFacts, LetterKind, LetterLaw, Sender } from './letter.ts';
import { htmlOf, textOf } from './markdown.ts';
import { pt } from './languages/pt.ts';
import { fill, plain, type Values } from './template.ts';

/** The languages with built-in letters. Override files may add others. */
export const LANGUAGES: Readonly<Record<string, Language>> = { de, en, es, fr, ja, pt };

/** The company's own wording: a template by `<kind>.<language>`. */
export type Overrides = ReadonlyMap<string, string>;

/** The main language of a country or region. Elsewhere the sender's language is used. */
const SPOKEN: Readonly<Record<string, string>> = {
  DE: 'de',
  AT: 'de',
  LI: 'de',
  CH: 'de',
  'CH-FR': 'fr',
  'CH-GE': 'fr',
  'CH-JU': 'fr',
  'CH-NE': 'fr',
  'CH-VD': 'fr',
  'CH-VS': 'fr',
  LU: 'fr',
  FR: 'fr',
  GF: 'fr',
  GP: 'fr',
  MF: 'fr',
  MQ: 'fr',
  RE: 'fr',
  YT: 'fr',
  'BE-WAL': 'fr',
  'CA-QC': 'fr',
  JP: 'ja',
  BR: 'pt',
  PT: 'pt',
  ES: 'es',
};
const GAPS_SHOWN = 20;

/**
 * The language of a letter: the request's, else that of the residence, else the sender's. A
 * language without a template, built-in or of the company, is skipped.
 */
export function languageFor(
  kind: LetterKind,
  { language, residence }: Pick<CheckedRequest, 'language' | 'residence'>,
  sender: Sender,
  overrides: Overrides,
): string {
  const region = residence?.region?.replace(/^[A-Z]{2}-/, '');
  const spoken =
    residence === undefined
      ? undefined
      : (SPOKEN[`${residence.country}-${region}`] ?? SPOKEN[residence.country]);
  const wished = [language, language?.split('-')[0], spoken, sender.language, 'en']
    .filter((it) => it !== undefined)
    .map((it) => it.toLowerCase());
  return (
    wished.find((it) => overrides.has(`${kind}.${it}`) || Object.hasOwn(LANGUAGES, it)) ?? 'en'
  );
}

/** A letter to the subject, as Markdown, plain text and HTML. A pure function. */
export function renderLetter(
  facts: LetterFacts,
  law: LetterLaw,
  sender: Sender = {},
  overrides: Overrides = new Map(),
): Letter {
  const { kind, request } = facts;
  const tag = languageFor(kind, request, sender, overrides);
  const words = LANGUAGES[tag.split('-')[0] ?? tag] ?? en;
  const values = valuesOf(facts, law, sender, words, localeOf(tag, request));
  const partials: Values = {
    ...values,
    greeting: fill(words.greeting, values).trim(),
    closing: fill(words.closing, values).trim(),
    remedies: fill(words.remedies, values).trim(),
  };
  const markdown = fill(overrides.get(`${kind}.${tag}`) ?? words.templates[kind], partials);
  const text = textOf(markdown);
  const subject = text.split('\n')[0] ?? '';
  return {
    language: tag,
    subject,
    markdown,
    text,
    html: htmlOf(markdown, { language: tag, title: subject }),
  };
}

/** The locale where the subject lives, because days look different in Vienna and Berlin. */
function localeOf(tag: string, { residence }: Pick<CheckedRequest, 'residence'>): string {
  if (tag.includes('-')) return tag;
  const country = residence?.country ?? '';
  if (tag === 'en') return ['US', 'CA'].includes(country) ? `en-${country}` : 'en-GB';
  return (
    Intl.DateTimeFormat.supportedLocalesOf(country === '' ? tag : `${tag}-${country}`)[0] ?? tag
  );
}

/**
 * Locales in which the first of a month is an ordinal. The runtime's own date formats leave that
 * out.
 */
const FIRST: readonly (readonly [locale: RegExp, first: string])[] = [
  [/^fr\b/, '1er'],
  [/^pt-BR$/, '1º'],
];

/** A day in words, such as `23. Dezember 2026` or `1er janvier 2027`. */
export function dayInWords(day: CalendarDate, locale: string): string {
  const text = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    calendar: 'gregory',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
  const first = FIRST.find(([pattern]) => pattern.test(locale))?.[1];
  return first === undefined ? text : text.replace(/^1(?= )/, first);
}

function valuesOf(
  facts: LetterFacts,
  law: LetterLaw,
  sender: Sender,
  words: Language,
  locale: string,
): Values {
  const {
    request,
    receivedOn,
    answerBy,
    formerAnswerBy,
    reason,
    question,
    identityOpen,
    gaps = [],
    files,
    deleteBy,
    number,
  } = facts;
  const day = (it: CalendarDate) => dayInWords(it, locale);
  const cite = (...citations: readonly Citation[]) =>
    plain(printCitations(distinct(citations), words.citations));
  return {
    company: plain(sender.company ?? words.company),
    requestId: plain(request.requestId),
    law: plain(words.laws[facts.law] ?? law.title),
    right: words.rights[request.type],
    receivedOn: day(receivedOn),
    answerBy: day(answerBy),
    rightCite: cite(law.cites.right),
    answerCite: cite(law.cites.answer),
    identityCite: cite(law.cites.identity),
    extensionCite: cite(law.cites.extension),
    refusalCite: cite(law.cites.refusal),
    refusalCites: cite(law.cites.identity, law.cites.refusal),
    authorities: law.authorities.map((it) => authorityLine(it, words)).join('\n'),
    ...(sender.contact !== undefined && { contact: plain(sender.contact) }),
    ...(request.subject.name !== undefined && { name: plain(request.subject.name) }),
    ...(formerAnswerBy !== undefined && { formerAnswerBy: day(formerAnswerBy) }),
    ...(reason !== undefined && { reason: reasonText(reason, law, words) }),
    ...(question !== undefined && { question: plain(question) }),
    ...(identityOpen === true && { identityOpen: 'yes' }),
    ...(law.appeal && { appeal: 'yes' }),
    ...(files !== undefined && { files: String(files) }),
    ...(deleteBy !== undefined && deleteBy !== null && { deleteBy: day(deleteBy) }),
    ...(number !== undefined && { number: String(number) }),
    ...(gaps.length > 0 && { gaps: gapLines(gaps, words) }),
  };
}

/**
 * The line for an authority. Its note is translated if this language has a translation. A company's
 * own note stays unchanged.
 */
function authorityLine(
  { name, address, web, phone, note }: Authority,
  { notes }: Language,
): string {
  return `- ${[name, address, phone]
    .filter((it) => it !== undefined)
    .map(plain)
    .join(', ')}, <${web}>${note === undefined ? '' : `. ${plain(notes[note] ?? note)}`}`;
}

/** Each citation once, because several rules may have the same one. */
const distinct = (citations: readonly Citation[]): Citation[] => [
  ...new Map(citations.map((it) => [printCitation(it), it])).values(),
];

/** A listed reason in the letter's language; otherwise the operator's own words. */
function reasonText(reason: string, { reasons }: LetterLaw, { reasons: known }: Language): string {
  const listed = listedReason(
    reason,
    reasons.map(({ words }) => words),
  );
  const kind = reasons.find(({ words }) => words === listed)?.kind;
  return kind === undefined ? plain(reason) : known[kind];
}

function gapLines(gaps: NonNullable<LetterFacts['gaps']>, words: Language): string {
  const lines = [
    ...new Set(gaps.map(({ system, because }) => `- ${plain(system)}: ${words.gaps[because]}`)),
  ];
  return [
    ...lines.slice(0, GAPS_SHOWN),
    ...(lines.length > GAPS_SHOWN ? [`- … (${lines.length - GAPS_SHOWN})`] : []),
  ].join('\n');
}
