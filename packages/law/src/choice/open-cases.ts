import type { Complaint } from '../model/complaint.ts';
import {
  earlier,
  holidaysOf,
  NO_HOLIDAYS,
  statuteHolidays,
  type Holidays,
} from '../calendar/days.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import type { Facts } from '../engine/deadlines.ts';
import { datedEvents, type DatedEvent } from '../engine/events.ts';
import { placeHolidays, type HolidayData } from '../calendar/holiday-data.ts';
import { InvalidRequest } from '../model/invalid-request.ts';
import type { Edition, Entity, Law, Right } from '../model/law.ts';
import { chooseLaws, editionFor, type Candidate, type Laws } from './choose-law.ts';
import { reasonOf } from '../engine/strictest.ts';
import {
  bareRegion,
  countryComplaint,
  regionComplaint,
  stateOf,
  zoneComplaint,
  zoneOf,
  type Place,
} from './places.ts';
import type { ClockEvent } from '../model/clock-event.ts';
import { dayIn, isMoment } from '../calendar/zones.ts';
import { HOLIDAYS } from '../calendar/holiday-tables.ts';

/** Where the controller acts, as in `dossier.yaml`. */
export interface Controller {
  readonly country: string;
  readonly region?: string;
  readonly timeZone?: string;
}

/** The known facts of a request, with the field names of `law due`. */
export interface CaseQuestion {
  readonly law?: string;
  readonly country?: string;
  readonly region?: string;
  readonly timeZone?: string;
  readonly right: Right;
  readonly entity?: Entity;
  readonly receivedAt: string;
  readonly events: readonly ClockEvent[];
  readonly controller?: Controller;
  /** The days that may count as holidays, by law. Other days move nothing. */
  readonly holidaysAmong?: Readonly<Record<string, readonly CalendarDate[]>>;
}

/** A request with its law, place and days: everything that the dates depend on. */
export interface OpenCase {
  readonly id: string;
  readonly law: Law;
  readonly edition: Edition;
  readonly because: Candidate['because'];
  /** The place that leads to this law, if one is known. */
  readonly place?: Place;
  readonly facts: Facts;
  readonly timeZone: string;
  readonly events: readonly DatedEvent[];
  /** Events in order of time, each with its index in the input. */
  readonly dated: readonly { event: DatedEvent; index: number }[];
  /** Known nation-wide holidays, for the working days of the policy. */
  readonly restDays: Holidays;
  readonly notes: readonly string[];
  /** The holidays of the next years that may move a date. An open request keeps to them. */
  readonly holidays: readonly CalendarDate[];
}

/** Every law that may hold for a request, with notes about them. */
export interface OpenCases {
  readonly cases: readonly OpenCase[];
  readonly notes: readonly string[];
}

const YEARS_KEPT = 3;
const ZONE_WITHOUT_PLACE = 'Europe/Brussels';
const ENTITY_ASSUMED =
  'No entity was given: taken as an organisation, whose date is never later than an agency’s.';

/**
 * A case for every law that may hold: the named one, or those of the residence and the
 * establishment. A law drops out with a note if it lacks the right, or does not hold there or then.
 * If none is left, the complaint of the first one is thrown.
 *
 * @throws InvalidRequest with paths `law`, `country`, `region`, `timeZone`, `right`, `receivedAt`,
 *   `events[n].at`
 */
export function openCases(laws: Laws, question: CaseQuestion): OpenCases {
  const region = bareRegion(question.country, question.region);
  const controller = bareController(question.controller);
  const { law, country } = question;
  const candidates = chooseLaws(laws, {
    ...(law !== undefined && { law }),
    ...(country !== undefined && { country }),
    ...(region !== undefined && { region }),
    ...(controller && { controller }),
  });
  if ('reason' in candidates) throw new InvalidRequest([candidates]);
  const cases: OpenCase[] = [];
  const refused: { candidate: Candidate; error: InvalidRequest }[] = [];
  for (const candidate of candidates) {
    try {
      cases.push(openCase(laws, question, candidate));
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      refused.push({ candidate, error });
    }
  }
  if (cases.length === 0) throw refused[0]!.error;
  const dropped = refused.map(
    ({ candidate, error }) =>
      `${candidate.law} was looked at as well and does not hold: ${error.message}`,
  );
  return {
    cases,
    notes: [
      ...new Set([...cases.flatMap(({ notes }) => notes), ...dropped, ...severalNote(cases)]),
    ],
  };
}

function severalNote(cases: readonly OpenCase[]): string[] {
  if (cases.length < 2) return [];
  return [
    'Several laws may hold: ' +
      `${cases.map(({ law, because, place }) => reasonOf({ short: law.short, because, ...(place && { country: place.country }) })).join(' and ')}. ` +
      'The strictest of their dates count.',
  ];
}

function openCase(laws: Laws, question: CaseQuestion, candidate: Candidate): OpenCase {
  const { country, region } = candidate;
  const law = laws.get(candidate.law)!;
  const notes: string[] = [];
  const subject = subjectPlace(law, country, region);
  const controller = bareController(question.controller);
  const place = placeOf(law, subject, controller);
  refuse(wrongPlace({ ...question, country, region }, place, controller));
  const zone =
    question.timeZone ??
    (place !== undefined && place === controller ? controller.timeZone : undefined) ??
    (place && zoneOf(place)) ??
    ZONE_WITHOUT_PLACE;
  if (place === undefined) {
    notes.push(
      `No country was given: days are counted in ${zone}, and only Saturdays and Sundays move a date.`,
    );
  }

  const receivedOn = received(question.receivedAt, zone);
  const found = editionFor(laws, candidate.law, {
    entity: question.entity ?? 'organisation',
    receivedOn,
    ...(place && { country: place.country }),
    ...(subject?.region !== undefined && { region: subject.region }),
  });
  if ('reason' in found) throw new InvalidRequest([found]);
  const { edition } = found;
  const right = edition.rights[question.right];
  if ('absent' in right) throw new InvalidRequest([{ path: 'right', reason: right.absent }]);
  if (edition.entity !== undefined && question.entity === undefined) notes.push(ENTITY_ASSUMED);
  const ownAct = region === undefined ? undefined : law.regionalActs?.[region];
  if (ownAct !== undefined) notes.push(ownAct);

  const home =
    candidate.because === 'establishment' && question.country !== undefined
      ? { country: question.country, region: bareRegion(question.country, question.region) }
      : subject;
  const zones = [
    zone,
    home && zoneOf(home as Place),
    controller && (controller.timeZone ?? zoneOf(controller)),
  ].filter((it) => it !== undefined);
  const data = place && HOLIDAYS.get(stateOf(place.country).toLowerCase());
  const dated = datedEvents(question.events, zone);
  const events = dated.map(({ event }) => event);
  const among = question.holidaysAmong?.[candidate.law];
  const holidays =
    data === undefined
      ? NO_HOLIDAYS
      : placeHolidays(
          data,
          'absent' in edition.roll || edition.roll.holidays !== 'place' ? undefined : place?.region,
        );
  return {
    id: candidate.law,
    law,
    edition,
    because: candidate.because,
    ...(place && { place }),
    timeZone: zone,
    dated,
    events,
    notes,
    restDays: restDays(edition, data),
    holidays: holidaysFrom(edition, holidays, receivedOn),
    facts: {
      right: question.right,
      receivedOn,
      events,
      receivedEarliestOn: zones.map((it) => dayIn(question.receivedAt, it)).reduce(earlier),
      holidays,
      ...(among && { holidaysAmong: new Set(among) }),
    },
  };
}

/** Where the person lives. A law of a single country or region implies it. */
export function subjectPlace(
  law: Law,
  country: string | undefined,
  region: string | undefined,
): Place | undefined {
  const known = country ?? (law.countries.length === 1 ? law.countries[0] : undefined);
  const within = region ?? (law.regions?.length === 1 ? law.regions[0] : undefined);
  return known === undefined
    ? undefined
    : { country: known, ...(within !== undefined && { region: within }) };
}

/** The controller's place. Its region has no country code. */
function bareController(controller: Controller | undefined): Controller | undefined {
  const region = bareRegion(controller?.country, controller?.region);
  return controller && { ...controller, ...(region !== undefined && { region }) };
}

/** Where the period runs: at the controller's place, if the law looks there and holds there. */
function placeOf(
  law: Law,
  subject: Place | undefined,
  controller: Controller | undefined,
): Place | undefined {
  return law.place === 'controller' &&
    controller !== undefined &&
    law.countries.includes(controller.country)
    ? controller
    : subject;
}

function wrongPlace(
  { timeZone, region, country }: CaseQuestion,
  place: Place | undefined,
  controller: Controller | undefined,
): Complaint[] {
  const bare = bareRegion(country, region);
  return [
    ...(controller === undefined ? [] : countryComplaint(controller.country, 'controller.country')),
    ...(controller?.timeZone === undefined
      ? []
      : zoneComplaint(controller.timeZone, 'controller.timeZone')),
    ...(timeZone === undefined ? [] : zoneComplaint(timeZone, 'timeZone')),
    ...(place === undefined ? [] : countryComplaint(place.country, 'country')),
    ...(country === undefined && place !== undefined && bare !== undefined
      ? regionComplaint({ country: place.country, region: bare }, 'region')
      : []),
  ];
}

function refuse(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw new InvalidRequest(complaints);
}

function received(receivedAt: string, zone: string): CalendarDate {
  if (!isMoment(receivedAt)) {
    refuse([
      {
        path: 'receivedAt',
        reason: 'must be a real day, such as 2026-11-23, or an instant with an offset',
      },
    ]);
  }
  return dayIn(receivedAt, zone);
}

/** Every holiday that may move a date of a request received on this day. */
function holidaysFrom(
  { roll, workingDays }: Edition,
  placeDays: Holidays,
  receivedOn: CalendarDate,
): CalendarDate[] {
  const kinds = [
    ...('absent' in roll ? [] : [roll]),
    ...(workingDays === undefined ? [] : [workingDays]),
  ].map((it) => holidaysOf(it, placeDays));
  const first = Number(receivedOn.slice(0, 4));
  const days = kinds.flatMap((it) =>
    Array.from({ length: YEARS_KEPT }, (_, index) => [...it.of(first + index)]).flat(),
  );
  return [...new Set(days)].filter((day) => day >= receivedOn).sort();
}

function restDays({ workingDays, roll }: Edition, data: HolidayData | undefined): Holidays {
  const list = [workingDays, 'absent' in roll ? undefined : roll]
    .map((it) => it?.holidays)
    .find((it) => Array.isArray(it));
  if (Array.isArray(list)) return statuteHolidays(list);
  return data === undefined ? NO_HOLIDAYS : placeHolidays(data);
}
