import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { addDays } from '@dossier/law';
import type { CalendarDate, Instant } from '@dossier/law';
import {
  collectingEnd,
  gatheringEnd,
  lastMoment,
  refusalMoment,
  vendorDay,
  waitEnd,
  type Longer,
} from '../../src/workflows/dates/in-time.ts';
import { localDay } from '@dossier/law';
import type { ClockEvent } from '../../src/contract/plan.ts';
import type { CheckedRequest } from '../../src/contract/request.ts';
import type { Timetable } from '../../src/contract/status.ts';
import { InvalidRequest, LAWS, planDates } from '@dossier/law';

const DAY = 86_400_000;
const instant = (milliseconds: number) => new Date(milliseconds).toISOString() as Instant;
const dayOf = (days: number) => instant(days * DAY).slice(0, 10) as CalendarDate;
const FIRST = Date.parse('2025-12-01') / DAY;

const laws = [...LAWS].flatMap(([law, { countries, regions }]) =>
  countries.flatMap((country) =>
    (regions ?? [undefined]).map((region) => ({ law, country, region })),
  ),
);

/** Asks the law desk; a place or a right that the law refuses gives nothing. */
function datesOf(
  { law, country, region }: (typeof laws)[number],
  receivedOn: CalendarDate,
  events: readonly ClockEvent[],
  cutOff: string,
  now: Instant,
): Timetable | undefined {
  const request: CheckedRequest = {
    requestId: 'p',
    type: 'access',
    subject: { emails: [], phones: [], partyIds: [], externalIds: {} },
    law,
    residence: { country, ...(region !== undefined && { region }) },
    receivedAt: receivedOn,
    identity: 'required',
    delivery: { to: 'directory' },
  };
  try {
    return planDates({ request, events, policy: { cutOff }, now }).timetable;
  } catch (error) {
    if (error instanceof InvalidRequest) return undefined;
    throw error;
  }
}

const days = fc.integer({ min: 0, max: 20 });
const scene = fc.record({
  where: fc.constantFrom(...laws),
  received: fc.integer({ min: FIRST, max: FIRST + 500 }),
  begun: fc.double({ min: 0, max: 50, noNaN: true }),
  identity: fc.option(fc.double({ min: 0, max: 40, noNaN: true })),
  match: fc.option(fc.double({ min: 0, max: 40, noNaN: true })),
  cutOff: fc.integer({ min: 0, max: 30 }),
  lateWait: days,
  asked: fc.option(fc.tuple(days, days)),
});
type Scene = typeof scene extends fc.Arbitrary<infer Case> ? Case : never;

/**
 * The waits of a request in which nobody orders anything but identity and match, by the very
 * functions that its timers follow.
 */
function play(dates: Timetable, { begun, identity, match, lateWait }: Scene, received: number) {
  let now = instant((received + begun) * DAY);
  const beganAt = now;
  const met = (at: number | null, until: Instant) =>
    at !== null && Date.parse(now) + at * DAY < Date.parse(until)
      ? instant(Date.parse(now) + at * DAY)
      : undefined;
  if (identity !== null) {
    const until = refusalMoment({
      refuseEnd: instant(
        Date.parse(dates.dueAt) - (Date.parse(dates.answerBy) - Date.parse(dates.refuseBy)),
      ),
      dueAt: dates.dueAt,
      since: now,
      days: lateWait,
    });
    const confirmed = met(identity, until);
    if (confirmed === undefined) return { beganAt, refusedAt: until };
    now = confirmed;
  }
  let longer: Longer | null =
    now >= dates.cutOffAt ? { since: now, until: waitEnd(now, lateWait, dates.dueAt) } : null;
  const until = collectingEnd(dates, longer);
  if (match !== null) now = met(match, until) ?? (until > now ? until : now);
  if (now >= collectingEnd(dates, longer)) {
    longer = { since: now, until: waitEnd(now, lateWait, dates.dueAt) };
  }
  const end = collectingEnd(dates, longer);
  return {
    beganAt,
    longer,
    end,
    letter: vendorDay(dates, end, now),
    asked: now,
    takenBy: lastMoment(end > now ? end : now, dates.dueAt),
  };
}

describe('no timer of ours leads past the answer date', () => {
  it('whatever the law, the policy, the days of receipt and start, and the moments of answers', async () => {
    let inTime = 0;
    await fc.assert(
      fc.asyncProperty(scene, async (it) => {
        const received = dayOf(it.received);
        const now = instant((it.received + it.begun + 1) * DAY);
        const events: ClockEvent[] =
          it.asked === null
            ? []
            : [
                { type: 'clarificationRequested', at: addDays(received, it.asked[0]) },
                { type: 'clarificationReceived', at: addDays(received, it.asked[0] + it.asked[1]) },
              ];
        const dates = datesOf(it.where, received, events, `${it.cutOff}d`, now);
        if (dates === undefined) return;
        const { beganAt, refusedAt, end, letter, asked, takenBy, longer } = play(
          dates,
          it,
          it.received,
        );
        if (beganAt >= dates.dueAt) return;
        inTime += 1;
        if (refusedAt !== undefined) {
          return assert.ok(
            refusedAt < dates.dueAt,
            `refused at ${refusedAt}, due at ${dates.dueAt}`,
          );
        }
        assert.ok(
          end! < dates.dueAt && takenBy! < dates.dueAt,
          `packaged at ${end}, ${takenBy}; due at ${dates.dueAt}`,
        );
        assert.ok(
          letter! <= dates.answerBy &&
            letter! <= localDay(dates, end!) &&
            letter! >= localDay(dates, asked!),
          `the letter says ${letter}, collecting ends at ${end}, answer by ${dates.answerBy}`,
        );
        assert.ok(gatheringEnd(end!, it.lateWait, dates.dueAt) < dates.dueAt);
        const moved = datesOf(it.where, received, [], '3d', now);
        if (moved !== undefined && longer != null && longer.since < moved.dueAt) {
          assert.ok(
            collectingEnd(moved, longer) < moved.dueAt,
            'a date that moved bounds the wait anew',
          );
        }
      }),
      { numRuns: 1_500 },
    );
    assert.ok(inTime > 400, `only ${inTime} began in time`);
  });

  it('what is overdue already is sent within a day, and a vendor is never given longer', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 }), days, (hours, lateWait) => {
        const [dueAt, now] = [
          '2026-12-01T00:00:00.000Z' as Instant,
          instant(Date.parse('2026-12-01') + hours * 3_600_000),
        ];
        const end = waitEnd(now, lateWait, dueAt);
        assert.ok(Date.parse(end) - Date.parse(now) <= DAY);
        assert.ok(
          vendorDay(
            {
              answerBy: '2026-11-30',
              dueAt,
              vendorsBy: '2026-11-16',
              timeZone: 'UTC',
            } as unknown as Timetable,
            end,
            now,
          ) <= addDays(now.slice(0, 10) as CalendarDate, 1),
        );
      }),
    ));

  it('a wait that fits is as long as the policy says', () => {
    const dueAt = '2026-12-24T23:00:00.000Z' as Instant;
    assert.equal(waitEnd('2026-12-20T12:00:00.000Z', 3, dueAt), '2026-12-23T12:00:00.000Z');
    assert.equal(waitEnd('2026-12-22T12:00:00.000Z', 3, dueAt), '2026-12-23T23:00:00.000Z');
    assert.equal(waitEnd('2026-12-24T12:00:00.000Z', 3, dueAt), '2026-12-24T17:30:00.000Z');
  });
});
