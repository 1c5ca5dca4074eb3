import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { addDays } from '../src/calendar/days.ts';
import type { CalendarDate } from '../src/calendar/dates.ts';
import type { ClockEvent } from '../src/model/clock-event.ts';
import { lawDue, LAWS } from '../src/index.ts';

const DAY = 86_400_000;
const epoch = (day: string) => Date.parse(`${day}T00:00:00Z`);
const text = (milliseconds: number) =>
  new Date(milliseconds).toISOString().slice(0, 10) as CalendarDate;

/**
 * What each statute says, counted here by other means than the engine's: months or days to the
 * answer, and in all.
 */
const STATUTES: Readonly<
  Record<
    string,
    {
      months?: number;
      days?: number;
      inAll?: number;
      rolls: 'never' | 'sunday' | 'weekend';
    }
  >
> = {
  gdpr: { months: 1, inAll: 3, rolls: 'weekend' },
  'uk-gdpr': { months: 1, inAll: 3, rolls: 'weekend' },
  appi: { days: 14, rolls: 'never' },
  'privacy-act-au': { days: 30, rolls: 'never' },
  pipeda: { days: 30, inAll: 60, rolls: 'sunday' },
  'quebec-law-25': { days: 30, rolls: 'sunday' },
  ccpa: { days: 45, inAll: 90, rolls: 'never' },
  lgpd: { days: 15, rolls: 'never' },
  'pipa-kr': { days: 10, rolls: 'weekend' },
  fadp: { days: 30, rolls: 'weekend' },
  popia: { days: 30, inAll: 60, rolls: 'sunday' },
  'pdpa-sg': { days: 30, rolls: 'never' },
};
const PLACES = [
  ...['AT', 'BE', 'CY', 'DE', 'ES', 'FR', 'GR', 'IE', 'NL', 'NO', 'RE'].map((country) => ({
    law: 'gdpr',
    country,
  })),
  ...['ENG', 'SCT', 'NIR'].map((region) => ({ law: 'uk-gdpr', country: 'GB', region })),
  { law: 'appi', country: 'JP' },
  { law: 'privacy-act-au', country: 'AU', region: 'NSW', entity: 'organisation' },
  { law: 'pipeda', country: 'CA', region: 'ON' },
  { law: 'quebec-law-25', country: 'CA', region: 'QC' },
  { law: 'ccpa', country: 'US', region: 'CA' },
  { law: 'lgpd', country: 'BR' },
  { law: 'pipa-kr', country: 'KR' },
  { law: 'fadp', country: 'CH' },
  { law: 'popia', country: 'ZA' },
  { law: 'pdpa-sg', country: 'SG' },
  { law: 'privacy-act-nz', country: 'NZ' },
  { law: 'us-state', country: 'US', region: 'VA' },
  { law: 'us-state', country: 'US', region: 'IA' },
  { law: 'privacy-act-au', country: 'AU', region: 'ACT', entity: 'agency' },
] as const;

const place = fc.constantFrom(...PLACES);
const receivedOn = fc
  .integer({ min: epoch('2025-01-01') / DAY, max: epoch('2400-12-31') / DAY })
  .map((days) => text(days * DAY));
const waits = fc.record({
  asked: fc.integer({ min: 0, max: 40 }),
  took: fc.integer({ min: 0, max: 40 }),
});
const FOLLOWS = {
  identity: ['identityRequested', 'identityVerified'],
  clarification: ['clarificationRequested', 'clarificationReceived'],
  fee: ['feeRequested', 'feePaid'],
} as const;
const question = fc.record({
  kind: fc.constantFrom('identity', 'clarification', 'fee'),
  wait: waits,
});

const eventsOf = (
  received: CalendarDate,
  {
    kind,
    wait: { asked, took },
  }: { kind: keyof typeof FOLLOWS; wait: { asked: number; took: number } },
): ClockEvent[] => [
  { type: FOLLOWS[kind][0], at: addDays(received, asked) },
  { type: FOLLOWS[kind][1], at: addDays(received, asked + took) },
];

function lastOfStatute(
  received: string,
  { months, days }: { months?: number; days?: number },
): number {
  if (days !== undefined) return epoch(received) + days * DAY;
  const [year, month, day] = received.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months! + 1, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months!, Math.min(day, lastOfMonth));
}

const isOff = (at: number, rolls: 'never' | 'sunday' | 'weekend') =>
  rolls !== 'never' &&
  (new Date(at).getUTCDay() === 0 || (rolls === 'weekend' && new Date(at).getUTCDay() === 6));
const ask = (
  where: (typeof PLACES)[number],
  received: string,
  events: readonly ClockEvent[] = [],
) => lawDue({ id: 'p', ...where, receivedAt: received, events });
const check = (property: fc.IAsyncProperty<unknown>) => fc.assert(property, { numRuns: 250 });

describe('over centuries', () => {
  it('every law is held to what its statute says', async () =>
    assert.deepEqual(
      [...LAWS.keys()].filter(
        (id) => STATUTES[id] === undefined && !PLACES.some(({ law }) => law === id),
      ),
      [],
    ));

  it('no date lies later than the law’s own text: a longer period only while each day is off', () =>
    check(
      fc.asyncProperty(place, receivedOn, async (where, received) => {
        const statute = STATUTES[where.law];
        if (statute === undefined || ('entity' in where && where.entity === 'agency')) return;
        const { dueOn } = ask(where, received);
        const last = lastOfStatute(received, statute);
        assert.ok(epoch(dueOn) >= last);
        if (statute.rolls === 'never') assert.equal(epoch(dueOn), last);
        assert.ok(epoch(dueOn) - last <= 8 * DAY, `${received} → ${dueOn}`);
        assert.ok(!isOff(epoch(dueOn), statute.rolls), `${dueOn} is off`);
        if (Number(dueOn.slice(0, 4)) > 2040 && (where.law === 'gdpr' || where.law === 'pipa-kr')) {
          let rolled = last;
          while (isOff(rolled, 'weekend')) {
            rolled += DAY;
          }
          assert.equal(epoch(dueOn), rolled);
        }
      }),
    ));

  it('a request that came a day later is never due earlier', () =>
    check(
      fc.asyncProperty(place, receivedOn, async (where, received) => {
        const [one, next] = [ask(where, received), ask(where, addDays(received, 1))];
        assert.ok(
          one.dueOn <= next.dueOn && one.plannedOn <= next.plannedOn,
          `${received}: ${one.dueOn}, ${next.dueOn}`,
        );
      }),
    ));

  it('the planned date is after receipt and never after the law’s', () =>
    check(
      fc.asyncProperty(place, receivedOn, question, async (where, received, asked) => {
        const { plannedOn, dueOn } = ask(where, received, eventsOf(received, asked));
        assert.ok(plannedOn <= dueOn && plannedOn > received);
      }),
    ));

  it('a pause or a late start never shortens', () =>
    check(
      fc.asyncProperty(place, receivedOn, question, async (where, received, asked) => {
        const [without, with_] = [
          ask(where, received),
          ask(where, received, eventsOf(received, asked)),
        ];
        assert.ok(with_.dueOn >= without.dueOn);
      }),
    ));

  it('a pause never gives more days than it took, and the day of the question', () =>
    check(
      fc.asyncProperty(place, receivedOn, waits, async (where, received, wait) => {
        const [without, with_] = [
          ask(where, received),
          ask(where, received, eventsOf(received, { kind: 'clarification', wait })),
        ];
        assert.ok(epoch(with_.dueOn) - epoch(without.dueOn) <= (wait.took + 1 + 8) * DAY);
      }),
    ));

  it('an extended date lies after the law’s, and never beyond the statute’s whole length', () =>
    check(
      fc.asyncProperty(place, receivedOn, async (where, received) => {
        const base = ask(where, received);
        const announced = {
          type: 'extended',
          at: addDays(received, 2),
          until: addDays(base.dueOn, 20),
        } as const;
        const { dueOn, extendedDueOn } = ask(where, received, [announced]);
        assert.equal(dueOn, base.dueOn);
        if (extendedDueOn === undefined) return;
        assert.ok(extendedDueOn > dueOn);
        const statute = STATUTES[where.law];
        if (statute?.inAll === undefined) return;
        const inAll = lastOfStatute(
          received,
          statute.months === undefined ? { days: statute.inAll } : { months: statute.inAll },
        );
        assert.ok(epoch(extendedDueOn) <= inAll + 8 * DAY);
      }),
    ));

  it('a notice after the last day never counts', () =>
    check(
      fc.asyncProperty(
        place,
        receivedOn,
        fc.integer({ min: 1, max: 60 }),
        async (where, received, late) => {
          const { dueOn } = ask(where, received);
          const { extendedDueOn } = ask(where, received, [
            { type: 'extended', at: addDays(dueOn, late), until: addDays(dueOn, late + 30) },
          ]);
          assert.equal(extendedDueOn, undefined);
        },
      ),
    ));

  it('the host’s time zone changes nothing', async () => {
    const host = process.env.TZ;
    const samples = fc.sample(fc.tuple(place, receivedOn, question), { numRuns: 25, seed: 7 });
    const answers = (zone: string) => {
      process.env.TZ = zone;
      return samples.map(([where, received, asked]) =>
        ask(where, received, eventsOf(received, asked)),
      );
    };
    try {
      const here = answers('UTC');
      assert.deepEqual(answers('America/Los_Angeles'), here);
      assert.deepEqual(answers('Pacific/Kiritimati'), here);
    } finally {
      if (host === undefined) delete process.env.TZ;
      else process.env.TZ = host;
    }
  });
});
