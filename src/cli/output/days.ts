import { dayAt } from '@dossier/law/days';

const DAY = 86_400_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day with its weekday: `Wed 23 Dec 2026`. */
export function weekdayOf(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return (
    `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ` +
    `${date.getUTCFullYear()}`
  );
}

/**
 * How far a day or a moment is from today, in a zone: `in 3 days`, `tomorrow`, `today`, `2 days
 * ago`.
 */
export function daysAway(day: string, now: number, timeZone = 'UTC'): string {
  const today = dayIn(now, timeZone);
  const then = day.length > 10 ? dayIn(Date.parse(day), timeZone) : day;
  return inDays(
    Math.round((Date.parse(`${then}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY),
  );
}

/**
 * The same for the day that ends at `midnight`, if its zone is not known. It counts the days of
 * that zone.
 */
export const daysBefore = (midnight: string, now: number): string =>
  inDays(Math.floor((Date.parse(midnight) - now) / DAY));

function inDays(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** How soon a moment is: `in 40 s`, `in 5 min`. */
export function timeAway(at: string, now: number): string {
  const seconds = Math.max(0, Math.round((Date.parse(at) - now) / 1000));
  return seconds < 120 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`;
}

/** A moment to the minute in a zone: `Wed 23 Dec 2026 09:15 (Europe/Berlin)`. */
export function momentOf(at: string, timeZone = 'UTC'): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(Date.parse(at));
  return `${weekdayOf(dayIn(Date.parse(at), timeZone))} ${time} (${timeZone})`;
}

/** The calendar day of a moment in a zone: `2026-12-23`. */
export const dayIn = (moment: number, timeZone: string): string => dayAt(moment, timeZone);
