import { Temporal } from 'temporal-polyfill/implementation';
import type { CalendarDate } from './dates.ts';
import type { HolidayRule, Roll, Span, Weekday } from '../model/law.ts';

const WEEKDAYS: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/**
 * The days of a place on which a period does not end. Weekends are not among them, unless a statute
 * lists them.
 */
export interface Holidays {
  has(day: CalendarDate): boolean;
  /**
   * Whether the data cover the year of `day`. If they do not, `has` returns false, which leads to
   * the earlier date.
   */
  covers(day: CalendarDate): boolean;
  /** All holidays of one year, in no order. */
  of(year: number): Iterable<CalendarDate>;
}

/** No holiday, in any year. */
export const NO_HOLIDAYS: Holidays = { has: () => false, covers: () => true, of: () => [] };

/**
 * Only those holidays that are among `days`. Fewer holidays lead to an earlier date, so newer data
 * cannot make a date later.
 */
export function onlyAmong(holidays: Holidays, days: ReadonlySet<CalendarDate>): Holidays {
  return {
    has: (day) => days.has(day) && holidays.has(day),
    covers: (day) => holidays.covers(day),
    of: (year) => [...holidays.of(year)].filter((day) => days.has(day)),
  };
}

/**
 * The day that a text such as `2025-02-28` names.
 *
 * @throws RangeError if it is not a real date, such as `2025-02-30`
 *
 * @example
 * const day = calendarDate('2025-02-28');
 */
export function calendarDate(value: string): CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    throw new RangeError(`"${value}" is not a day such as 2025-02-28`);
  }
  numberOf(value as CalendarDate);
  return value as CalendarDate;
}

const DAY = 86_400_000;
/**
 * Days since 1970, and back: a cache, because nearly all dates of a working day's requests are in a
 * few years.
 */
const numbers = new Map<string, number>();
const days = new Map<number, CalendarDate>();
const REMEMBERED = 50_000;

/** Empties the caches, for a tool that changes the arithmetic and asks again. */
export function forgetDays(): void {
  numbers.clear();
  days.clear();
  byRules = new WeakMap();
}

function remember(day: CalendarDate, number: number): void {
  if (days.size >= REMEMBERED) {
    numbers.clear();
    days.clear();
  }
  numbers.set(day, number);
  days.set(number, day);
}

/**
 * Days since 1970. All arithmetic on days uses these numbers, because every step of every date
 * needs it.
 */
function numberOf(day: CalendarDate): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  const [year, month, date] = [
    Number(day.slice(0, 4)),
    Number(day.slice(5, 7)),
    Number(day.slice(8)),
  ];
  const number = new Date(0).setUTCFullYear(year, month - 1, date) / DAY;
  if (Number.isNaN(number) || dayOf(number) !== day) {
    throw new RangeError(`"${day}" is no real day`);
  }
  return number;
}

/** @throws RangeError outside the years 0 to 9999 */
function dayOf(number: number): CalendarDate {
  const known = days.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * DAY).toISOString();
  if (text.length !== 24) throw new RangeError('days are counted in the years 0 to 9999');
  const day = text.slice(0, 10) as CalendarDate;
  remember(day, number);
  return day;
}

const isoWeekday = (day: CalendarDate): number => ((((numberOf(day) + 3) % 7) + 7) % 7) + 1;

/** The weekday of a day in the Gregorian calendar. */
export function weekday(day: CalendarDate): Weekday {
  return WEEKDAYS[isoWeekday(day) - 1]!;
}

/**
 * The day that is `days` days later, or earlier if `days` is negative.
 *
 * @throws RangeError outside the years 0 to 9999
 *
 * @example
 * addDays('2026-02-27', 2); // '2026-03-01'
 */
export function addDays(day: CalendarDate, days: number): CalendarDate {
  return dayOf(numberOf(day) + days);
}

/**
 * The days from one day to another. Negative if `to` is before `from`.
 *
 * @example
 * daysBetween('2026-01-01', '2026-03-01'); // 59
 */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return numberOf(to) - numberOf(from);
}

/** The earlier of two days. */
export const earlier = <T extends string>(a: T, b: T): T => (a <= b ? a : b);
/** The later of two days. */
export const later = <T extends string>(a: T, b: T): T => (a >= b ? a : b);

/**
 * The last day of a `span` that is counted from `day`. The day itself does not count.
 *
 * A month ends on the day with the same number. If that month is too short, it ends on its last
 * day. `business-day` is Monday to Friday, holidays included. `working-day` is every day for which
 * `isOff` is false.
 *
 * @throws RangeError if `day` is not a real date, such as `2025-02-30`
 * @see Regulation (EEC, Euratom) No 1182/71, Art. 3(1) and 3(2)(c)
 */
export function lastDay(
  day: CalendarDate,
  span: Span,
  isOff: (day: CalendarDate) => boolean = isWeekend,
): CalendarDate {
  const { amount, unit } = span;
  if (unit === 'day') return addDays(day, amount);
  if (unit === 'month') {
    return Temporal.PlainDate.from(day)
      .add({ months: amount }, { overflow: 'constrain' })
      .toString() as CalendarDate;
  }
  return addWorkingDays(day, amount, unit === 'business-day' ? isWeekend : isOff);
}

export function isWeekend(day: CalendarDate): boolean {
  return isoWeekday(day) > 5;
}

/**
 * The day that is `amount` working days after `day`, or before it if `amount` is negative. `day`
 * itself does not count.
 */
export function addWorkingDays(
  day: CalendarDate,
  amount: number,
  isOff: (day: CalendarDate) => boolean,
): CalendarDate {
  let found = day;
  for (let left = Math.abs(amount); left > 0;) {
    found = addDays(found, Math.sign(amount));
    if (!isOff(found)) left -= 1;
  }
  return found;
}

/** `day` itself, or the first day after it that is not off. */
export function nextOpenDay(
  day: CalendarDate,
  isOff: (day: CalendarDate) => boolean,
): CalendarDate {
  let found = day;
  while (isOff(found)) {
    found = addDays(found, 1);
  }
  return found;
}

/**
 * `last`, or the `least`-th open day after `start` if that is later.
 *
 * "Any period of two days or more shall include at least two working days."
 *
 * @see Regulation (EEC, Euratom) No 1182/71, Art. 3(5)
 */
export function withOpenDays(
  start: CalendarDate,
  last: CalendarDate,
  least: number,
  isOff: (day: CalendarDate) => boolean,
): CalendarDate {
  return later(last, addWorkingDays(start, least, isOff));
}

/**
 * The days on which a period of this law does not end. `placeHolidays` are used if the rule has no
 * list of its own.
 */
export function offDays(
  roll: Roll,
  placeHolidays: Holidays,
  among?: ReadonlySet<CalendarDate>,
): (day: CalendarDate) => boolean {
  const known = holidaysOf(roll, placeHolidays);
  const holidays = among === undefined ? known : onlyAmong(known, among);
  const weekdays = new Set(roll.weekdays);
  return (day) => weekdays.has(weekday(day)) || holidays.has(day);
}

/** The holidays that a `roll` rule uses. */
export function holidaysOf(roll: Roll, placeHolidays: Holidays): Holidays {
  if (typeof roll.holidays !== 'string') return statuteHolidays(roll.holidays);
  return roll.holidays === 'none' ? NO_HOLIDAYS : placeHolidays;
}

let byRules = new WeakMap<readonly HolidayRule[], Holidays>();

/** The holidays of a statute's own list, for every year. */
export function statuteHolidays(rules: readonly HolidayRule[]): Holidays {
  const known = byRules.get(rules);
  if (known) return known;
  const years = new Map<number, ReadonlySet<CalendarDate>>();
  const of = (year: number): ReadonlySet<CalendarDate> => {
    let days = years.get(year);
    if (!days) years.set(year, (days = new Set(rules.flatMap((rule) => daysOfRule(rule, year)))));
    return days;
  };
  const holidays: Holidays = {
    has: (day) => of(Number(day.slice(0, 4))).has(day),
    covers: () => true,
    of,
  };
  byRules.set(rules, holidays);
  return holidays;
}

/** The days of one year that a rule names. */
function daysOfRule(rule: HolidayRule, year: number): CalendarDate[] {
  return candidates(rule, year).filter(
    (day) =>
      (rule.from === undefined || day >= rule.from) && (rule.to === undefined || day <= rule.to),
  );
}

function candidates(rule: HolidayRule, year: number): CalendarDate[] {
  const on = (monthDay: string) => `${yearText(year)}-${monthDay}` as CalendarDate;
  switch (rule.kind) {
    case 'date': {
      const day = on(rule.on);
      const target = rule.moved?.[weekday(day)];
      return target === undefined ? [day] : [day, nextOpenDay(day, (it) => weekday(it) !== target)];
    }
    case 'easter':
      return [addDays(easterSunday(year), rule.days)];
    case 'nth': {
      const first = on(`${two(rule.month)}-01`);
      return [
        addDays(
          nextOpenDay(first, (it) => weekday(it) !== rule.weekday),
          7 * (rule.nth - 1),
        ),
      ];
    }
    case 'before':
      return [addWorkingDays(on(rule.on), -1, (it) => weekday(it) !== rule.weekday)];
    case 'span': {
      const within = (day: CalendarDate) =>
        rule.first <= rule.last
          ? day.slice(5) >= rule.first && day.slice(5) <= rule.last
          : day.slice(5) >= rule.first || day.slice(5) <= rule.last;
      const firstOfYear = on('01-01');
      return Array.from(
        { length: daysBetween(firstOfYear, `${yearText(year + 1)}-01-01` as CalendarDate) },
        (_, index) => addDays(firstOfYear, index),
      ).filter(within);
    }
    default:
      return rule.days.filter((day) => day.startsWith(`${yearText(year)}-`));
  }
}

const yearText = (year: number) => (year < 1000 ? String(year).padStart(4, '0') : `${year}`);
const two = (number: number) => (number < 10 ? `0${number}` : `${number}`);

/**
 * Easter Sunday of the Western churches.
 *
 * @see J. Meeus, Astronomical Algorithms (1991), chapter 8: valid for every Gregorian year
 */
export function easterSunday(year: number): CalendarDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d =
    (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return `${yearText(year)}-${two(Math.floor(f / 31))}-${two((f % 31) + 1)}` as CalendarDate;
}
