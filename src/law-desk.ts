import type { Complaint } from './domain/contract.ts';
import { addDays, lastDay } from './domain/calendar.ts';
import type { CalendarDate, Instant } from './domain/dates.ts';
import { deadlines } from './domain/deadlines.ts';
import { checkDueQuestion } from './domain/due-question.ts';
import { orderComplaints, type DatedEvent } from './domain/events.ts';
import { InvalidRequest, type DueAnswer, type Law } from './domain/law.ts';
import { chooseLaw, type LawQuestion } from './domain/law-choice.ts';
import { lawPage, type LawPage } from './domain/law-page.ts';
import { bareRegion } from './domain/places.ts';
import type { ClockEvent, Tables } from './domain/plan.ts';
import type { CheckedRequest, Policy } from './domain/request.ts';
import type { Timetable } from './domain/status.ts';
import { governing, strictestAnswer, strictestTimetable, type Beside } from './domain/strictest.ts';
import { timetable } from './domain/timetable.ts';
import { dayIn, epochOf, startOfDay } from './domain/zones.ts';
import { calendarOf } from './law-calendar.ts';
import { openCases, subjectPlace, type Controller, type OpenCase } from './law-case.ts';
import { loadFolder } from './register.ts';

export { InvalidRequest } from './domain/law.ts';
export { lawText } from './domain/law-page.ts';

const FIVE_MINUTES = 5 * 60_000;
let register: Promise<ReadonlyMap<string, Law>> | undefined;

/** Every law by its ID. The folder `laws/` is the register. */
export function loadLaws(): Promise<ReadonlyMap<string, Law>> {
  register ??= loadFolder<Law>(new URL('./laws/', import.meta.url));
  return register;
}

/** The law that a request falls under, or why none can be named: see `chooseLaw`. */
export async function resolveLaw(question: LawQuestion): Promise<{ readonly law: string } | Complaint> {
  const region = bareRegion(question.country, question.region);
  return chooseLaw(await loadLaws(), { ...question, ...(region !== undefined && { region }) });
}

/** What planning asks for. */
export interface DatesQuestion {
  readonly request: CheckedRequest;
  readonly events: readonly ClockEvent[];
  readonly policy: Pick<Policy, 'cutOff'>;
  readonly now: Instant;
  /** Where the controller acts: its law may hold as well, and periods may run there. */
  readonly controller?: Controller;
  /** The holidays that an open request was planned with; newer ones do not count. */
  readonly tables?: Tables;
}

/** What planning gets. */
export interface PlannedDates {
  /** The law whose date is the strictest. */
  readonly law: string;
  readonly lawTitle: string;
  readonly receivedOn: CalendarDate;
  readonly timetable: Timetable;
  /** The timetable if an extension is announced now; null where the law allows none, or it was used, or it is too late. */
  readonly extended: Timetable | null;
  readonly notes: readonly string[];
  readonly tables: Tables;
}

/**
 * The timetable of one request. Where several laws may hold, the strictest of their dates count, and all are named. Events
 * that do not fit, such as an answer without a question, move nothing.
 *
 * @throws InvalidRequest for an unknown law, place or zone, a right that the law does not know, or a day of receipt in the
 * future or before the law was in force; its complaints name paths of the request
 */
export async function planDates({ request, events, policy, now, controller, tables }: DatesQuestion): Promise<PlannedDates> {
  const { cases, notes } = await openCases(await loadLaws(), {
    right: request.type, receivedAt: request.receivedAt, events,
    ...(request.law !== undefined && { law: request.law }), ...request.residence,
    ...(request.timeZone !== undefined && { timeZone: request.timeZone }), ...(request.entity !== undefined && { entity: request.entity }),
    ...(controller !== undefined && { controller }), ...(tables && { holidaysAmong: tables.holidays }),
  }).catch((error: unknown) => {
    throw error instanceof InvalidRequest ? new InvalidRequest(error.complaints.map(inRequest)) : error;
  });
  if (cases.some(({ timeZone }) => epochOf(request.receivedAt, timeZone) > Date.parse(now) + FIVE_MINUTES)) {
    throw new InvalidRequest([{ path: 'receivedAt', reason: 'lies in the future' }]);
  }
  const plans = cases.map((open) => ({ open, ...planCase(open, policy, now) }));
  const side = ({ open }: (typeof plans)[number], dates: Timetable): Beside<Timetable> => ({ ...beside(open), dueAt: dates.dueAt, dates });
  const plain = plans.map((plan) => side(plan, plan.timetable));
  const { open } = plans[plain.indexOf(governing(plain))]!;
  const { receivedOn } = open.facts;
  const timetable = strictestTimetable(plain, receivedOn);
  const later = plans.some(({ extended }) => extended !== null)
    ? strictestTimetable(plans.map((plan) => side(plan, plan.extended ?? plan.timetable)), receivedOn) : null;
  return {
    law: open.id, lawTitle: open.law.title, receivedOn, timetable,
    extended: later !== null && later.dueAt > timetable.dueAt ? later : null,
    notes, tables: { holidays: Object.fromEntries(cases.map(({ id, holidays }) => [id, holidays])) },
  };
}

/** The dates of one law, now and if an extension is announced now. */
function planCase(open: OpenCase, policy: Pick<Policy, 'cutOff'>, now: Instant): { timetable: Timetable; extended: Timetable | null } {
  const setting = { policy, timeZone: open.timeZone, restDays: open.restDays };
  const until = proposal(open);
  const known = open.events.map((event): DatedEvent => (event.type === 'extended' && event.until === undefined && until !== undefined ? { ...event, until } : event));
  const plan = timetable(open.edition, { ...open.facts, events: known }, setting);
  if (!plan.extension.allowed || plan.extension.used) return { timetable: plan, extended: null };
  const announced: DatedEvent = { type: 'extended', on: dayIn(now, open.timeZone), ...(until !== undefined && { until }) };
  const extended = timetable(open.edition, { ...open.facts, events: [...known, announced] }, setting);
  return { timetable: plan, extended: extended.extension.used ? extended : null };
}

/** The day that a notice of extension is taken to name where the law wants one named and nobody did. */
function proposal({ edition, facts }: OpenCase): CalendarDate | undefined {
  const { extension } = edition;
  if ('absent' in extension || extension.proposed === undefined) return undefined;
  return lastDay(deadlines(edition, { ...facts, events: [] }).dueOn, extension.proposed);
}

const beside = ({ id, law, because, place, edition }: OpenCase) =>
  ({ law: id, short: law.short, because, cite: edition.answer.cite, ...(place && { country: place.country }) });

const REQUEST_PATHS: Readonly<Record<string, string>> = { country: 'residence.country', region: 'residence.region', right: 'type' };
const inRequest = ({ path, reason }: Complaint): Complaint => ({ path: REQUEST_PATHS[path] ?? path, reason });

/**
 * The dates of one question, as `dossier law due` prints them.
 *
 * @throws InvalidRequest that names each field and the rule that it breaks
 */
export async function lawDue(question: unknown): Promise<DueAnswer> {
  const asked = checkDueQuestion(question);
  const { cases, notes } = await openCases(await loadLaws(), asked);
  const answers = cases.map((open) => {
    const disorder = orderComplaints(open.dated, open.facts.receivedOn);
    if (disorder.length > 0) throw new InvalidRequest(disorder);
    const { dueOn, extendedDueOn, acknowledgeOn, plannedOn, steps, doubts } = deadlines(open.edition, open.facts);
    const dates: DueAnswer = {
      id: asked.id, law: open.id, receivedOn: open.facts.receivedOn, dueOn,
      ...(extendedDueOn !== null && { extendedDueOn }), ...(acknowledgeOn !== null && { acknowledgeOn }),
      plannedOn, steps, doubts,
    };
    return { ...beside(open), dueAt: startOfDay(addDays(extendedDueOn ?? dueOn, 1), open.timeZone), dates };
  });
  const answer = strictestAnswer(answers);
  return { ...answer, doubts: [...answer.doubts, ...notes] };
}

/** A question that has no answer, and why. */
export interface DueError {
  readonly id: string | null;
  readonly error: { readonly code: 'invalid-input'; readonly message: string; readonly complaints: readonly Complaint[] };
}

/**
 * The answer or the error of each question, in their order.
 *
 * @throws InvalidRequest if `questions` is no array
 */
export async function lawDueAll(questions: unknown): Promise<(DueAnswer | DueError)[]> {
  if (!Array.isArray(questions)) throw new InvalidRequest([{ path: '', reason: 'must be an array of {id, law, country, receivedAt, events}' }]);
  return Promise.all(questions.map(async (question: unknown, index) => {
    try {
      return await lawDue(question);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      return dueError(question, error.complaints.map(({ path, reason }) => ({ path: path === '' ? `[${index}]` : `[${index}].${path}`, reason })));
    }
  }));
}

function dueError(question: unknown, complaints: readonly Complaint[]): DueError {
  const named = typeof question === 'object' && question !== null && 'id' in question ? question.id : null;
  const id = typeof named === 'string' ? named : null;
  const message = `${id === null ? '' : `question "${id}": `}${new InvalidRequest(complaints).message}`;
  return { id, error: { code: 'invalid-input', message, complaints } };
}

/** One line of `dossier law list`. */
export interface LawLine {
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  readonly countries: readonly string[];
  readonly regions?: readonly string[];
  readonly inForceSince: CalendarDate;
}

/** Every law, in the order of its ID. */
export async function listLaws(): Promise<LawLine[]> {
  return [...await loadLaws()].map(([id, { title, citation, countries, regions, editions }]) => ({
    id, title, citation, countries, ...(regions && { regions }), inForceSince: editions.map(({ from }) => from).toSorted()[0]!,
  }));
}

/**
 * The page of a law, or of what it says in one country or region; `lawText` makes it plain text.
 *
 * @throws InvalidRequest for an unknown law or place
 */
export async function showLaw(law: string, country?: string, region?: string): Promise<LawPage> {
  const laws = await loadLaws();
  const bare = bareRegion(country, region);
  const chosen = chooseLaw(laws, { law, ...(country !== undefined && { country }), ...(bare !== undefined && { region: bare }) });
  if ('reason' in chosen) throw new InvalidRequest([chosen]);
  const found = laws.get(chosen.law)!;
  if (country !== undefined && !found.countries.includes(country)) {
    throw new InvalidRequest([{ path: 'country', reason: `${chosen.law} holds in ${found.countries.join(', ')}` }]);
  }
  const place = subjectPlace(found, country, bare);
  const calendar = place && await calendarOf(found, place);
  const page = lawPage(chosen.law, found, { ...(country !== undefined && { country }), ...(bare !== undefined && { region: bare }), ...(calendar && { calendar }) });
  if (page.editions.length === 0) throw new InvalidRequest([{ path: 'region', reason: `${chosen.law} says nothing of ${country ?? ''}-${bare ?? ''}` }]);
  return page;
}
