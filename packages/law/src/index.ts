/**
 * When must a request for personal data be answered, and by which article?
 *
 * @example
 * import { lawDue } from '@dossier/law';
 * const question = { id: 'q-1', law: 'gdpr', country: 'FR', receivedAt: '2026-07-31' };
 * lawDue(question).dueOn; // '2026-08-31'
 */
export { addDays, calendarDate, daysBetween } from './calendar/days.ts';
export { instant, type CalendarDate, type Instant } from './calendar/dates.ts';
export { dayAt, localDay } from './calendar/local-day.ts';
export { dayIn, isMoment, isTimeZone, startOfDay } from './calendar/zones.ts';
export { authorityIn } from './choice/authorities.ts';
export type { Controller } from './choice/open-cases.ts';
export { LAWS, type LawId } from './laws/known.ts';
export type { ClockEvent, ClockEventType, Tables } from './model/clock-event.ts';
export type { Complaint } from './model/complaint.ts';
export type { DueAnswer, DueQuestion } from './model/due.ts';
export { InvalidRequest } from './model/invalid-request.ts';
export type { Act, Citation, Place, Unit } from './model/citation.ts';
export type { Authority, Edition, Entity, Law, Reason, Right } from './model/law.ts';
export { printCitation, printCitations, type CitationLanguage } from './model/print-citation.ts';
export type { LawDates, Timetable, TimetableChange, TimetableStep } from './model/timetable.ts';
export {
  compareLaws,
  type Compared,
  type ComparedLaw,
  type CompareQuestion,
  type SilentLaw,
} from './questions/compare.ts';
export { lawDue, lawDueAll, type DueError } from './questions/due.ts';
export { lawText, type LawPage } from './questions/law-page.ts';
export { letterLaw, type LetterLaw, type LetterQuestion } from './questions/letter.ts';
export { listLaws, type LawLine } from './questions/list.ts';
export {
  planDates,
  type DatedRequest,
  type DatesQuestion,
  type PlannedDates,
} from './questions/plan.ts';
export { resolveLaw, showLaw } from './questions/show.ts';
