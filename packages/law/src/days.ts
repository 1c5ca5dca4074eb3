/**
 * The light door: days, moments and the law's local day, without any law or holiday table. Safe in
 * a Temporal workflow.
 *
 * @example
 * import { dayAt } from '@dossier/law/days';
 * dayAt(Date.parse('2026-07-15T23:30:00Z'), 'Europe/Vienna'); // '2026-07-16'
 */
export { instant, type CalendarDate, type Instant } from './calendar/dates.ts';
export { dayAt, localDay } from './calendar/local-day.ts';
