import type { Complaint } from './domain/contract.ts';
import { complaintsOf } from './config.ts';
import { lastDay } from './domain/calendar.ts';
import type { CalendarDate, Instant } from './domain/dates.ts';
import { deadlines } from './domain/deadlines.ts';
import { dueQuestion } from './domain/due-question.ts';
import { orderComplaints } from './domain/events.ts';
import { InvalidRequest, type DueAnswer, type Law } from './domain/law.ts';
import { chooseLaw, type LawQuestion } from './domain/law-choice.ts';
import { lawPage, type LawPage } from './domain/law-page.ts';
import { bareRegion } from './domain/places.ts';
import type { ClockEvent } from './domain/plan.ts';
import type { CheckedRequest, Policy } from './domain/request.ts';
import type { Timetable } from './domain/status.ts';
import { timetable } from './domain/timetable.ts';
import { dayIn, epochOf } from './domain/zones.ts';
import { openCase, type Controller, type OpenCase } from './law-case.ts';
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
  /** Where the controller acts, for laws whose periods run there. */
  readonly controller?: Controller;
}

/** What planning gets. */
export interface PlannedDates {
  readonly law: string;
  readonly lawTitle: string;
  readonly receivedOn: CalendarDate;
  readonly timetable: Timetable;
  /** The timetable if an extension is announced now; null where the law allows none, or it was used, or it is too late. */
  readonly extended: Timetable | null;
  readonly notes: readonly string[];
}

/**
 * The timetable of one request. Events that do not fit, such as an answer without a question, move nothing.
 *
 * @throws InvalidRequest for an unknown law, place or zone, a right that the law does not know, or a day of receipt in the
 * future or before the law was in force; its complaints name paths of the request
 */
export async function planDates({ request, events, policy, now, controller }: DatesQuestion): Promise<PlannedDates> {
  const open = await openCase(await loadLaws(), {
    right: request.type, receivedAt: request.receivedAt, events,
    ...(request.law !== undefined && { law: request.law }), ...request.residence,
    ...(request.timeZone !== undefined && { timeZone: request.timeZone }), ...(request.entity !== undefined && { entity: request.entity }),
    ...(controller !== undefined && { controller }),
  }).catch((error: unknown) => {
    throw error instanceof InvalidRequest ? new InvalidRequest(error.complaints.map(inRequest)) : error;
  });
  if (epochOf(request.receivedAt, open.timeZone) > Date.parse(now) + FIVE_MINUTES) {
    throw new InvalidRequest([{ path: 'receivedAt', reason: 'lies in the future' }]);
  }
  const setting = { policy, timeZone: open.timeZone, restDays: open.restDays };
  const proposed = (on: CalendarDate): ClockEvent => ({ type: 'extended', at: on, ...proposal(open) });
  const known = open.events.map((event) => (event.type === 'extended' && event.until === undefined ? { ...event, ...proposal(open) } : event));
  const plan = timetable(open.edition, { ...open.facts, events: known }, setting);
  const { at: today, until } = proposed(dayIn(now, open.timeZone));
  const announced = { type: 'extended', on: today as CalendarDate, ...(until !== undefined && { until: until as CalendarDate }) } as const;
  const mayExtend = plan.extension.allowed && !plan.extension.used;
  const extended = mayExtend ? timetable(open.edition, { ...open.facts, events: [...known, announced] }, setting) : null;
  return {
    law: open.id, lawTitle: open.law.title, receivedOn: open.facts.receivedOn, timetable: plan,
    extended: extended?.extension.used === true ? extended : null,
    notes: open.notes,
  };
}

/** The day that a notice of extension is taken to name where the law wants one named and nobody did. */
function proposal({ edition, facts }: OpenCase): { until?: CalendarDate } {
  const { extension } = edition;
  if ('absent' in extension || extension.proposed === undefined) return {};
  return { until: lastDay(deadlines(edition, { ...facts, events: [] }).dueOn, extension.proposed) };
}

const REQUEST_PATHS: Readonly<Record<string, string>> = { country: 'residence.country', region: 'residence.region', right: 'type' };
const inRequest = ({ path, reason }: Complaint): Complaint => ({ path: REQUEST_PATHS[path] ?? path, reason });

/**
 * The dates of one question, as `dossier law due` prints them.
 *
 * @throws InvalidRequest that names each field and the rule that it breaks
 */
export async function lawDue(question: unknown): Promise<DueAnswer> {
  const parsed = dueQuestion.safeParse(question);
  if (!parsed.success) throw new InvalidRequest(complaintsOf(parsed.error));
  const open = await openCase(await loadLaws(), parsed.data);
  const disorder = orderComplaints(open.dated, open.facts.receivedOn);
  if (disorder.length > 0) throw new InvalidRequest(disorder);
  const { dueOn, extendedDueOn, acknowledgeOn, plannedOn, steps, doubts } = deadlines(open.edition, open.facts);
  return {
    id: parsed.data.id, law: open.id, receivedOn: open.facts.receivedOn, dueOn,
    ...(extendedDueOn !== null && { extendedDueOn }), ...(acknowledgeOn !== null && { acknowledgeOn }),
    plannedOn, steps, doubts: [...doubts, ...open.notes],
  };
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
  const page = lawPage(chosen.law, found, country, bare);
  if (page.editions.length === 0) throw new InvalidRequest([{ path: 'region', reason: `${chosen.law} says nothing of ${country ?? ''}-${bare ?? ''}` }]);
  return page;
}
