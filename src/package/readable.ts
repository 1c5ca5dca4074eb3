import { isLosslessNumber, stringify } from 'lossless-json';
import { dayAt } from '@dossier/law/days';
import { html, type Html } from './html.ts';

const LOCALE = 'en-GB';
const LONGEST = 400;
const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short', timeZone: 'UTC' });
const count = new Intl.NumberFormat(LOCALE);

/** `1,204`. */
export const number = (value: number): string => count.format(value);

/** `1 record`, `1,204 records`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/**
 * `23 November 2026` for a day, or for a moment in the law's zone; in UTC if the zone is not known.
 */
export function dateWords(value: string, timeZone?: string): string {
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return value;
  return timeZone === undefined || DAY.test(value)
    ? day.format(moment)
    : day.format(new Date(dayAt(moment.getTime(), timeZone)));
}

/** `1.5 MB`; 1 KB is 1,000 bytes. */
export function size(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), 4);
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${['', 'KB', 'MB', 'GB', 'TB'][power]}`;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:Z|UTC|([+-]\d{2}):?(\d{2}))?$/;

/** A record's value as a person reads it; the file keeps it as it was. */
export function value(given: unknown): Html {
  if (typeof given === 'boolean') return html`${given ? 'Yes' : 'No'}`;
  if (isLosslessNumber(given)) return html`${withoutEndZeros(given.toString())}`;
  if (typeof given === 'string') return text(given);
  return html`<code>${shortened(stringify(given) ?? '')}</code>`;
}

/**
 * A number of Data Cloud has 18 decimal places, filled with zeros: `5` for `5.000000000000000000`.
 * Any other is shown as it came.
 */
function withoutEndZeros(digits: string): string {
  if (!/^-?\d+\.\d{18}$/.test(digits)) return digits;
  let end = digits.length;
  while (digits[end - 1] === '0') {
    end -= 1;
  }
  return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end);
}

function text(given: string): Html {
  const moment = toDate(given);
  if (moment === undefined) return html`${shortened(given)}`;
  if (DAY.test(given)) return html`<time datetime="${given}">${day.format(moment)}</time>`;
  return html`<time datetime="${moment.toISOString()}"
    >${day.format(moment)}, ${clock.format(moment)}<span class="zone"> UTC</span></time
  >`;
}

/**
 * The day or moment in a text. A text without a zone is in UTC, because Salesforce stores it so. A
 * day that no calendar has stays text.
 */
function toDate(given: string): Date | undefined {
  const [, on, at, hours, minutes] = MOMENT.exec(given) ?? [];
  if (on === undefined && !DAY.test(given)) return undefined;
  if (!isRealDay(on ?? given)) return undefined;
  const moment = new Date(
    on === undefined
      ? `${given}T00:00Z`
      : `${on}T${at}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`,
  );
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** JavaScript takes 30 February for 1 March. */
function isRealDay(text: string): boolean {
  const moment = new Date(`${text}T00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

const shortened = (given: string) =>
  given.length <= LONGEST ? given : `${given.slice(0, LONGEST)} … (the rest is in the file)`;

/** Whether a cell is empty. */
export const isEmpty = (given: unknown): boolean =>
  given === null ||
  given === undefined ||
  given === '' ||
  (Array.isArray(given) && given.length === 0);
