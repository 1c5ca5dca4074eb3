import { addDays } from '../calendar/days.ts';
import type { CalendarDate, Instant } from '../calendar/dates.ts';
import { InvalidRequest } from '../model/invalid-request.ts';
import type { Entity, Right } from '../model/law.ts';
import { bareRegion } from '../choice/places.ts';
import { isMoment } from '../calendar/zones.ts';
import { LAWS } from '../laws/known.ts';
import { planDates } from './plan.ts';

/** The input of a comparison of laws. */
export interface CompareQuestion {
  /** Such as `gdpr`, `gdpr:DE` or `us-state:US-VA`. If empty, every known law. */
  readonly laws: readonly string[];
  readonly receivedAt: string;
  readonly right?: Right;
  readonly entity?: Entity;
}

/** The dates of one law. */
export interface ComparedLaw {
  readonly law: string;
  readonly place: string;
  readonly title: string;
  readonly receivedOn: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly plannedOn: CalendarDate;
  readonly acknowledgeOn: CalendarDate | null;
  /**
   * The last day to announce an extension, and the day that it leads to. Null if the law has none.
   */
  readonly extendBy: CalendarDate | null;
  readonly extendedDueOn: CalendarDate | null;
  readonly refuseBy: CalendarDate;
  /** What stops or restarts the clock. */
  readonly clock: readonly string[];
  readonly cite: string;
  readonly doubts: readonly string[];
}
/** A law that does not cover the request, and why. */
export interface SilentLaw {
  readonly law: string;
  readonly place: string;
  readonly error: string;
}
export type Compared = ComparedLaw | SilentLaw;

/**
 * The dates of several laws for one receipt, the earliest answer first. Laws that do not cover the
 * request come last.
 *
 * @throws InvalidRequest if `receivedAt` is not a moment
 *
 * @example
 * compareLaws({ laws: ['gdpr:DE', 'us-state:US-VA'], receivedAt: '2026-07-31' });
 */
export function compareLaws({
  laws,
  receivedAt,
  right = 'access',
  entity,
}: CompareQuestion): Compared[] {
  if (!isMoment(receivedAt)) {
    throw new InvalidRequest([
      {
        path: 'receivedAt',
        reason: 'must be a real day, such as 2026-11-23, or an instant with an offset',
      },
    ]);
  }
  const named = laws.length > 0 ? laws : everyLaw();
  const compared = named.map((name) =>
    compareOne(name, { receivedAt, right, ...(entity !== undefined && { entity }) }),
  );
  return compared.toSorted((a, b) =>
    ('error' in a ? '9999' : a.dueOn) < ('error' in b ? '9999' : b.dueOn) ? -1 : 1,
  );
}

/**
 * Every law with a place where it holds: its only country, or the first region if regions have acts
 * of their own.
 */
function everyLaw(): string[] {
  return [...LAWS].map(([id, { countries, regions, editions }]) => {
    if (countries.length > 1) return id;
    const region = regions?.[0] ?? editions[0]?.regions?.[0];
    return `${id}:${countries[0]}${region === undefined ? '' : `-${region}`}`;
  });
}

function compareOne(
  name: string,
  {
    receivedAt,
    right,
    entity,
  }: {
    readonly receivedAt: string;
    readonly right: Right;
    readonly entity?: Entity;
  },
): Compared {
  const [law = '', place = ''] = name.split(':');
  const [country, ...rest] = place.split('-');
  const region = bareRegion(country, rest.join('-'));
  if (place !== '' && !/^[A-Z]{2}$/.test(country ?? '')) {
    return {
      law,
      place,
      error: `"${name}" is no law with a place, such as gdpr:DE or us-state:US-VA`,
    };
  }
  const request = {
    type: right,
    law,
    receivedAt,
    ...(place !== '' && { residence: { country: country ?? '', ...(region && { region }) } }),
    ...(entity !== undefined && { entity }),
  };
  const day = new Date(receivedAt).toISOString().slice(0, 10) as CalendarDate;
  try {
    const {
      law: id,
      receivedOn,
      timetable,
      extended,
      lawTitle,
      notes,
    } = planDates({
      request,
      events: [],
      policy: { cutOff: '3d' },
      now: `${addDays(day, 2)}T00:00:00.000Z` as Instant,
    });
    return {
      law: id,
      place,
      title: lawTitle,
      receivedOn,
      dueOn: timetable.answerBy,
      plannedOn: timetable.plannedOn,
      acknowledgeOn: timetable.acknowledgeBy,
      extendBy: timetable.extendBy,
      extendedDueOn: extended?.answerBy ?? null,
      refuseBy: timetable.refuseBy,
      clock: clockOf(id, right, receivedOn),
      cite: timetable.steps[0]?.cite ?? '',
      doubts: [...timetable.doubts, ...notes],
    };
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return { law, place, error: error.message };
  }
}

function clockOf(id: string, right: Right, receivedOn: CalendarDate): string[] {
  const edition = LAWS.get(id)?.editions.find(
    ({ from, to }) => from <= receivedOn && (to === undefined || receivedOn <= to),
  );
  const stops = (edition?.pauses ?? [])
    .filter(({ rights }) => rights.includes(right))
    .map(({ on }) => `stands for ${on}`);
  return [...stops, ...(edition?.lateStart ?? []).map(({ on }) => `begins with ${on}`)];
}
