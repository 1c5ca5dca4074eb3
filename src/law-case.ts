import type { Complaint } from './domain/contract.ts';
import { earlier, NO_HOLIDAYS, statuteHolidays, type Holidays } from './domain/calendar.ts';
import type { CalendarDate } from './domain/dates.ts';
import type { Facts } from './domain/deadlines.ts';
import { datedEvents, type DatedEvent } from './domain/events.ts';
import { placeHolidays, type HolidayData } from './domain/holiday-data.ts';
import { InvalidRequest, type Edition, type Entity, type Law, type Right } from './domain/law.ts';
import { chooseLaw, editionFor, type Laws } from './domain/law-choice.ts';
import { bareRegion, countryComplaint, regionComplaint, stateOf, zoneComplaint, zoneOf, type Place } from './domain/places.ts';
import type { ClockEvent } from './domain/plan.ts';
import { dayIn, isMoment } from './domain/zones.ts';
import { loadFolder } from './register.ts';

/** Where the company that answers acts, as `dossier.yaml` says it. */
export interface Controller { readonly country: string; readonly region?: string; readonly timeZone?: string }

/** What is known of a request, in the words of `law due`. */
export interface CaseQuestion {
  readonly law?: string; readonly country?: string; readonly region?: string; readonly timeZone?: string;
  readonly right: Right; readonly entity?: Entity; readonly receivedAt: string; readonly events: readonly ClockEvent[];
  readonly controller?: Controller;
}

/** A request with its law, its place and its days: all that dates follow from. */
export interface OpenCase {
  readonly id: string; readonly law: Law; readonly edition: Edition;
  readonly facts: Facts; readonly timeZone: string;
  readonly events: readonly DatedEvent[];
  /** Events with their place in the input, in order of time. */
  readonly dated: readonly { event: DatedEvent; index: number }[];
  /** Known nation-wide holidays, for the policy's own working days. */
  readonly restDays: Holidays;
  readonly notes: readonly string[];
}

const ZONE_WITHOUT_PLACE = 'Europe/Brussels';
const ENTITY_ASSUMED = 'No entity was given: taken as an organisation, whose date is never later than an agency’s.';
let holidays: Promise<ReadonlyMap<string, HolidayData>> | undefined;
const loadHolidays = () => (holidays ??= loadFolder<HolidayData>(new URL('./holidays/', import.meta.url)));

/** @throws InvalidRequest with paths `law`, `country`, `region`, `timeZone`, `right`, `receivedAt`, `events[n].at` */
export async function openCase(laws: Laws, question: CaseQuestion): Promise<OpenCase> {
  const region = bareRegion(question.country, question.region);
  const chosen = chooseLaw(laws, { ...question, ...(region !== undefined && { region }) });
  if ('reason' in chosen) throw new InvalidRequest([chosen]);
  const law = laws.get(chosen.law)!;
  const notes: string[] = [];
  const subject = subjectPlace(law, question.country, region);
  const controller = bareController(question.controller);
  const place = placeOf(law, subject, controller);
  refuse(wrongPlace(question, place, controller));
  const zone = question.timeZone ?? (place !== undefined && place === controller ? controller.timeZone : undefined)
    ?? (place && zoneOf(place)) ?? ZONE_WITHOUT_PLACE;
  if (place === undefined) notes.push(`No country was given: days are counted in ${zone}, and only Saturdays and Sundays move a date.`);

  const receivedOn = received(question.receivedAt, zone);
  const found = editionFor(laws, chosen.law, {
    entity: question.entity ?? 'organisation', receivedOn,
    ...(place && { country: place.country }), ...(subject?.region !== undefined && { region: subject.region }),
  });
  if ('reason' in found) throw new InvalidRequest([found]);
  const { edition } = found;
  const right = edition.rights[question.right];
  if ('absent' in right) throw new InvalidRequest([{ path: 'right', reason: right.absent }]);
  if (edition.entity !== undefined && question.entity === undefined) notes.push(ENTITY_ASSUMED);
  if (chosen.law === 'pipeda' && (region === 'AB' || region === 'BC')) {
    notes.push(`An activity within CA-${region} alone falls under the province’s own act, which is not known here.`);
  }

  const zones = [zone, subject && zoneOf(subject), controller && (controller.timeZone ?? zoneOf(controller))].filter((it) => it !== undefined);
  const data = place && (await loadHolidays()).get(stateOf(place.country).toLowerCase());
  const dated = datedEvents(question.events, zone);
  const events = dated.map(({ event }) => event);
  return {
    id: chosen.law, law, edition, timeZone: zone, dated, events, notes,
    restDays: restDays(edition, data),
    facts: {
      right: question.right, receivedOn, events,
      receivedEarliestOn: zones.map((it) => dayIn(question.receivedAt, it)).reduce(earlier),
      holidays: data === undefined ? NO_HOLIDAYS : placeHolidays(data, 'absent' in edition.roll || edition.roll.holidays !== 'place' ? undefined : place?.region),
    },
  };
}

/** Where the person lives; a law of one country or region says it by itself. */
function subjectPlace(law: Law, country: string | undefined, region: string | undefined): Place | undefined {
  const known = country ?? (law.countries.length === 1 ? law.countries[0] : undefined);
  const within = region ?? (law.regions?.length === 1 ? law.regions[0] : undefined);
  return known === undefined ? undefined : { country: known, ...(within !== undefined && { region: within }) };
}

/** The controller's place, its region without the country's code. */
function bareController(controller: Controller | undefined): Controller | undefined {
  const region = bareRegion(controller?.country, controller?.region);
  return controller && { ...controller, ...(region !== undefined && { region }) };
}

/** Where the period runs: at the controller's place if the law looks there and holds there. */
function placeOf(law: Law, subject: Place | undefined, controller: Controller | undefined): Place | undefined {
  return law.place === 'controller' && controller !== undefined && law.countries.includes(controller.country) ? controller : subject;
}

function wrongPlace({ timeZone, region, country }: CaseQuestion, place: Place | undefined, controller: Controller | undefined): Complaint[] {
  const bare = bareRegion(country, region);
  return [
    ...(controller === undefined ? [] : countryComplaint(controller.country, 'controller.country')),
    ...(controller?.timeZone === undefined ? [] : zoneComplaint(controller.timeZone, 'controller.timeZone')),
    ...(timeZone === undefined ? [] : zoneComplaint(timeZone, 'timeZone')),
    ...(place === undefined ? [] : countryComplaint(place.country, 'country')),
    ...(country === undefined && place !== undefined && bare !== undefined ? regionComplaint({ country: place.country, region: bare }, 'region') : []),
  ];
}

function refuse(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw new InvalidRequest(complaints);
}

function received(receivedAt: string, zone: string): CalendarDate {
  if (!isMoment(receivedAt)) refuse([{ path: 'receivedAt', reason: 'must be a real day, such as 2026-11-23, or an instant with an offset' }]);
  return dayIn(receivedAt, zone);
}

function restDays({ workingDays, roll }: Edition, data: HolidayData | undefined): Holidays {
  const list = [workingDays, 'absent' in roll ? undefined : roll].map((it) => it?.holidays).find((it) => Array.isArray(it));
  if (Array.isArray(list)) return statuteHolidays(list);
  return data === undefined ? NO_HOLIDAYS : placeHolidays(data);
}
