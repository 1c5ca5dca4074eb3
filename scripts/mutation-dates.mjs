// One hash over the dates of many questions, the same in every run: for scripts/mutation.mjs.
import { createHash } from 'node:crypto';
import { LAWS, lawDue, planDates } from '../packages/law/dist/src/index.js';

let seed = 0;
const random = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const DAY = 86_400_000;
const day = (at) => new Date(at).toISOString().slice(0, 10);
/** Regions whose own days move dates, of laws that hold in a whole country. */
const REGIONS = { 'uk-gdpr': ['ENG', 'SCT'], 'privacy-act-au': ['NSW', 'ACT'] };
const places = [...LAWS].flatMap(([law, { countries, regions, editions }]) => {
  const all = countries.length > 10 ? ['DE', 'FR', 'ES', 'CY', 'NO'] : countries;
  const within = regions ?? [...new Set(editions.flatMap((it) => it.regions ?? []))].slice(0, 6);
  const extra = [...(REGIONS[law] ?? []), undefined];
  return all.flatMap((country) =>
    (within.length > 0 ? within : extra).map((region) => ({ law, country, region })),
  );
});
const PAIRS = [
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

/** The hash over so many questions; it begins at the same one each time. */
export async function datesHash(count) {
  seed = 20261123;
  const hash = createHash('sha256');
  const note = (value) => hash.update(JSON.stringify(value) ?? '');
  for (let index = 0; index < count; index += 1) {
    const place = places[random(places.length)];
    const from = Date.UTC(index % 5 === 0 ? 2021 : 2026, 0, 1) + random(1500) * DAY;
    const receivedAt = random(4) === 0 ? new Date(from + random(DAY)).toISOString() : day(from);
    const events = [];
    for (let pair = random(4); pair > 0; pair -= 1) {
      const [asked, answered] = PAIRS[random(3)];
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
      } = lawDue({ id: 'x', ...place, law, right, entity, controller, receivedAt, events });
      note([found, dueOn, extendedDueOn, acknowledgeOn, plannedOn]);
    } catch (error) {
      note(error.complaints?.map(({ path }) => path) ?? String(error));
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
      });
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
      note(error.complaints?.map(({ path }) => path) ?? String(error));
    }
  }
  return hash.digest('hex');
}
