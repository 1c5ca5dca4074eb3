// One hash of the dates of many questions, the same in every run. For tools/mutation.ts.
import { createHash } from 'node:crypto';
import {
  type CalendarDate,
  LAWS,
  lawDue,
  planDates,
  type ClockEvent,
  type DueQuestion,
  type InvalidRequest,
} from '@dossier/law';

let seed = 0;
const random = (below: number) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const DAY = 86_400_000;
const day = (at: number) => new Date(at).toISOString().slice(0, 10) as CalendarDate;
/** Regions whose own days move dates, of laws that hold in a whole country. */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'uk-gdpr': ['ENG', 'SCT'],
  'privacy-act-au': ['NSW', 'ACT'],
};
const places = [...LAWS].flatMap(([law, { countries, regions, editions }]) => {
  const all = countries.length > 10 ? ['DE', 'FR', 'ES', 'CY', 'NO'] : countries;
  const within = regions ?? [...new Set(editions.flatMap((it) => it.regions ?? []))].slice(0, 6);
  const extra = [...(REGIONS[law] ?? []), undefined];
  return all.flatMap((country) =>
    (within.length > 0 ? within : extra).map((region) => ({ law, country, region })),
  );
});
const PAIRS: readonly (readonly [ClockEvent['type'], ClockEvent['type']])[] = [
  ['identityRequested', 'identityVerified'],
  ['clarificationRequested', 'clarificationReceived'],
  ['feeRequested', 'feePaid'],
];
const CONTROLLERS = [
  undefined,
  { country: 'DE' },
  { country: 'CA', region: 'ON' },
  { country: 'JP' },
];

const pathsOf = (error: unknown): unknown =>
  (error as Partial<InvalidRequest>).complaints?.map(({ path }) => path) ?? String(error);

/** The hash of `count` questions. Every call starts with the same question. */
export async function datesHash(count: number): Promise<string> {
  seed = 20261123;
  const hash = createHash('sha256');
  const note = (value: unknown) => hash.update(JSON.stringify(value) ?? '');
  for (let index = 0; index < count; index += 1) {
    const place = places[random(places.length)]!;
    const from = Date.UTC(index % 5 === 0 ? 2021 : 2026, 0, 1) + random(1500) * DAY;
    const receivedAt = random(4) === 0 ? new Date(from + random(DAY)).toISOString() : day(from);
    const events: ClockEvent[] = [];
    for (let pair = random(4); pair > 0; pair -= 1) {
      const [asked, answered] = PAIRS[random(3)]!;
      const at = from + (2 + random(30)) * DAY;
      events.push({ type: asked, at: day(at) });
      if (random(5) > 0) events.push({ type: answered, at: day(at + random(25) * DAY) });
    }
    if (random(2) === 0) {
      events.push({
        type: 'extended',
        at: day(from + (2 + random(50)) * DAY),
        ...(random(2) === 0 && { until: day(from + (60 + random(80)) * DAY) }),
      });
    }
    const right = random(5) === 0 ? 'portability' : 'access';
    const entity = random(2) === 0 ? 'agency' : undefined;
    const controller = CONTROLLERS[random(CONTROLLERS.length)];
    const law = random(3) === 0 ? undefined : place.law;
    try {
      const {
        dueOn,
        extendedDueOn,
        acknowledgeOn,
        plannedOn,
        law: found,
      } = lawDue({
        id: 'x',
        ...place,
        law,
        right,
        entity,
        controller,
        receivedAt,
        events,
      } as DueQuestion);
      note([found, dueOn, extendedDueOn, acknowledgeOn, plannedOn]);
    } catch (error) {
      note(pathsOf(error));
    }
    if (index % 2 === 1) continue;
    try {
      const request = {
        type: right,
        law,
        residence: { country: place.country, region: place.region },
        receivedAt,
        entity,
      };
      const {
        timetable,
        extended,
        law: found,
        receivedOn,
      } = planDates({
        request,
        events,
        controller,
        policy: { cutOff: `${random(12)}d` },
        now: new Date(from + (1 + random(60)) * DAY).toISOString(),
      } as Parameters<typeof planDates>[0]);
      for (const dates of [timetable, extended]) {
        if (dates === null) note(null);
        else {
          note([
            found,
            receivedOn,
            dates.acknowledgeBy,
            dates.extendBy,
            dates.decideExtensionBy,
            dates.cutOffAt,
            dates.answerBy,
            dates.dueAt,
            dates.vendorsBy,
            dates.refuseBy,
            dates.plannedOn,
            dates.extension.allowed,
            dates.extension.used,
            dates.extension.latest,
          ]);
        }
      }
    } catch (error) {
      note(pathsOf(error));
    }
  }
  return hash.digest('hex');
}
