const DAY = 86_400_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day with its weekday: `Wed 23 Dec 2026`. */
export function weekdayOf(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** How far a day is from today, in a zone: `in 3 days`, `tomorrow`, `today`, `2 days ago`. */
export function daysAway(day: string, now: number, timeZone = 'UTC'): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  const days = Math.round((Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** A moment to the minute, in UTC: `Wed 23 Dec 2026 09:15 UTC`. */
export const momentOf = (at: string): string => `${weekdayOf(at)} ${at.slice(11, 16)} UTC`;
