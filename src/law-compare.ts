import { addDays } from './domain/calendar.ts';
import type { CalendarDate, Instant } from './domain/dates.ts';
import { InvalidRequest, type Entity, type Right } from './domain/law.ts';
import { bareRegion } from './domain/places.ts';
import { requestInput } from './domain/request.ts';
import { isMoment } from './domain/zones.ts';
import { loadLaws, planDates } from './law-desk.ts';

/** What several laws are compared by. */
export interface CompareQuestion {
  /** As `gdpr`, `gdpr:DE` or `us-state:US-VA`; every known law where none is named. */
  readonly laws: readonly string[];
  readonly receivedAt: string;
  readonly right?: Right;
  readonly entity?: Entity;
}

/** What one law says of the request. */
export interface ComparedLaw {
  readonly law: string; readonly place: string; readonly title: string; readonly receivedOn: CalendarDate;
  readonly dueOn: CalendarDate; readonly plannedOn: CalendarDate; readonly acknowledgeOn: CalendarDate | null;
  /** The last day to announce an extension, and the day that it gives; null where the law knows none. */
  readonly extendBy: CalendarDate | null; readonly extendedDueOn: CalendarDate | null;
  readonly refuseBy: CalendarDate;
  /** What stops or restarts the clock. */
  readonly clock: readonly string[];
  readonly cite: string; readonly doubts: readonly string[];
}
/** A law that says nothing of the request, and why. */
export interface SilentLaw { readonly law: string; readonly place: string; readonly error: string }
export type Compared = ComparedLaw | SilentLaw;

/**
 * Several laws side by side for one receipt, the earliest answer first; laws that say nothing of it stand last.
 *
 * @throws InvalidRequest if `receivedAt` is no moment
 */
export async function compareLaws({ laws, receivedAt, right = 'access', entity }: CompareQuestion): Promise<Compared[]> {
  if (!isMoment(receivedAt)) throw new InvalidRequest([{ path: 'receivedAt', reason: 'must be a real day, such as 2026-11-23, or an instant with an offset' }]);
  const named = laws.length > 0 ? laws : await everyLaw();
  const compared = await Promise.all(named.map((name) => compareOne(name, receivedAt, right, entity)));
  return compared.toSorted((a, b) => (('error' in a ? '9999' : a.dueOn) < ('error' in b ? '9999' : b.dueOn) ? -1 : 1));
}

/** Every law at a place where it holds: the only country, or the first region of those that have acts of their own. */
async function everyLaw(): Promise<string[]> {
  return [...await loadLaws()].map(([id, { countries, regions, editions }]) => {
    if (countries.length > 1) return id;
    const region = regions?.[0] ?? editions[0]?.regions?.[0];
    return `${id}:${countries[0]}${region === undefined ? '' : `-${region}`}`;
  });
}

async function compareOne(name: string, receivedAt: string, right: Right, entity: Entity | undefined): Promise<Compared> {
  const [law = '', place = ''] = name.split(':');
  const [country, ...rest] = place.split('-');
  const region = bareRegion(country, rest.join('-'));
  const residence = place === '' ? undefined : { country, ...(region && { region }) };
  const parsed = requestInput.safeParse({ requestId: 'compare', type: right, subject: {}, law, residence, receivedAt, entity });
  if (!parsed.success) return { law, place, error: `"${name}" is no law with a place, such as gdpr:DE or us-state:US-VA` };
  const day = new Date(receivedAt).toISOString().slice(0, 10) as CalendarDate;
  try {
    const { law: id, receivedOn, timetable, extended, lawTitle, notes } = await planDates({ request: parsed.data, events: [], policy: { cutOff: '3d' }, now: `${addDays(day, 2)}T00:00:00.000Z` as Instant });
    return {
      law: id, place, title: lawTitle, receivedOn, dueOn: timetable.answerBy, plannedOn: timetable.plannedOn, acknowledgeOn: timetable.acknowledgeBy,
      extendBy: timetable.extendBy, extendedDueOn: extended?.answerBy ?? null, refuseBy: timetable.refuseBy,
      clock: await clockOf(id, right, receivedOn), cite: timetable.steps[0]?.cite ?? '', doubts: [...timetable.doubts, ...notes],
    };
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return { law, place, error: error.message };
  }
}

async function clockOf(id: string, right: Right, receivedOn: CalendarDate): Promise<string[]> {
  const edition = (await loadLaws()).get(id)?.editions.find(({ from, to }) => from <= receivedOn && (to === undefined || receivedOn <= to));
  const stops = (edition?.pauses ?? []).filter(({ rights }) => rights.includes(right)).map(({ on }) => `stands for ${on}`);
  return [...stops, ...(edition?.lateStart ?? []).map(({ on }) => `begins with ${on}`)];
}
