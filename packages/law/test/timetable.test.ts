import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClockEvent } from '../src/model/clock-event.ts';
import type { Timetable } from '../src/model/timetable.ts';
import { planDates } from '../src/index.ts';
import { day } from '../src/laws/worked-example.ts';

interface Asked {
  readonly received: string;
  readonly law?: string;
  readonly country?: string;
  readonly region?: string;
  readonly cutOff?: string;
  readonly now?: string;
  readonly events?: readonly ClockEvent[];
}

const plan = ({ received, law, country = 'DE', region, cutOff = '3d', now, events = [] }: Asked) =>
  planDates({
    request: { type: 'access', law, residence: { country, region }, receivedAt: day(received) },
    events,
    policy: { cutOff },
    now: `${now ? day(now) : day(received)}T23:00:00.000Z` as never,
  });

describe('a timetable', () => {
  const cases: readonly (readonly [rule: string, asked: Asked, wants: Partial<Timetable>])[] = [
    [
      'lays every date backwards from the answer',
      { received: 'Mon 23 Nov 2026' },
      {
        answerBy: day('Wed 23 Dec 2026'),
        dueAt: '2026-12-23T23:00:00.000Z',
        cutOffAt: '2026-12-17T23:00:00.000Z',
        vendorsBy: day('Wed 9 Dec 2026'),
        extendBy: day('Wed 23 Dec 2026'),
        decideExtensionBy: day('Mon 21 Dec 2026'),
        refuseBy: day('Wed 23 Dec 2026'),
        acknowledgeBy: null,
        timeZone: 'Europe/Berlin',
      },
    ],
    [
      'counts working days around holidays',
      { received: 'Sat 28 Nov 2026' },
      {
        answerBy: day('Mon 28 Dec 2026'),
        cutOffAt: '2026-12-21T23:00:00.000Z',
        decideExtensionBy: day('Wed 23 Dec 2026'),
      },
    ],
    [
      'follows the policy’s cut-off',
      { received: 'Mon 23 Nov 2026', cutOff: '5d' },
      { cutOffAt: '2026-12-15T23:00:00.000Z' },
    ],
    [
      'cuts off on the answer day itself where the policy says so',
      { received: 'Mon 23 Nov 2026', cutOff: '0d' },
      { cutOffAt: '2026-12-22T23:00:00.000Z' },
    ],
    [
      'never cuts off before the day after receipt',
      { received: 'Mon 1 Jun 2026', country: 'KR', cutOff: '30d' },
      { cutOffAt: '2026-06-01T15:00:00.000Z', vendorsBy: day('Mon 1 Jun 2026') },
    ],
    [
      'gives vendors half of a short time',
      { received: 'Mon 1 Jun 2026', country: 'KR' },
      {
        answerBy: day('Thu 11 Jun 2026'),
        cutOffAt: '2026-06-07T15:00:00.000Z',
        vendorsBy: day('Thu 4 Jun 2026'),
      },
    ],
    [
      'has a day to acknowledge in California',
      { received: 'Mon 1 Jun 2026', country: 'US', region: 'CA' },
      {
        acknowledgeBy: day('Mon 15 Jun 2026'),
        dueAt: '2026-07-17T07:00:00.000Z',
        timeZone: 'America/Los_Angeles',
      },
    ],
    [
      'has no day to extend where the law knows none',
      { received: 'Mon 1 Jun 2026', country: 'JP' },
      { extendBy: null, decideExtensionBy: null, answerBy: day('Mon 15 Jun 2026') },
    ],
    [
      'leaves out the law’s own holidays',
      { received: 'Mon 30 Nov 2026', country: 'NZ' },
      { answerBy: day('Tue 19 Jan 2027'), cutOffAt: '2026-12-22T11:00:00.000Z' },
    ],
    [
      'keeps the refusal in the first month when it is extended',
      { received: 'Mon 23 Nov 2026', events: [{ type: 'extended', at: day('Thu 10 Dec 2026') }] },
      {
        answerBy: day('Tue 23 Feb 2027'),
        refuseBy: day('Wed 23 Dec 2026'),
        extendBy: null,
        decideExtensionBy: null,
        vendorsBy: day('Tue 9 Feb 2027'),
      },
    ],
    [
      'moves the refusal with the extension in the United Kingdom',
      {
        received: 'Mon 23 Nov 2026',
        country: 'GB',
        events: [{ type: 'extended', at: day('Thu 10 Dec 2026') }],
      },
      {
        answerBy: day('Tue 23 Feb 2027'),
        refuseBy: day('Tue 23 Feb 2027'),
        plannedOn: day('Mon 22 Feb 2027'),
      },
    ],
  ];
  for (const [rule, asked, wants] of cases) {
    it(rule, async () => {
      const { timetable } = plan(asked);
      assert.deepEqual(
        Object.fromEntries(
          Object.keys(wants).map((key) => [key, timetable[key as keyof Timetable]]),
        ),
        wants,
      );
    });
  }
});

describe('an extension', () => {
  it('is offered with the timetable that it would give', async () => {
    const { timetable, extended } = plan({ received: 'Mon 23 Nov 2026' });
    assert.deepEqual(timetable.extension, {
      allowed: true,
      used: false,
      latest: day('Wed 23 Dec 2026'),
      reasons: ['the complexity of the requests', 'the number of the requests'],
      cite: 'GDPR Art. 12(3), second sentence',
    });
    assert.deepEqual(
      [extended?.answerBy, extended?.extension.used],
      [day('Tue 23 Feb 2027'), true],
    );
  });

  it('is not offered when it is too late to announce one', async () => {
    const { timetable, extended } = plan({
      received: 'Mon 23 Nov 2026',
      now: 'Thu 24 Dec 2026',
    });
    assert.deepEqual([timetable.extension.allowed, extended], [true, null]);
  });

  it('is not offered twice', async () => {
    const { timetable, extended } = plan({
      received: 'Mon 23 Nov 2026',
      events: [{ type: 'extended', at: day('Thu 10 Dec 2026') }],
    });
    assert.deepEqual([timetable.extension.used, extended], [true, null]);
  });

  it('is not offered where the law knows none', async () => {
    const { timetable, extended } = plan({
      received: 'Mon 1 Jun 2026',
      country: 'BR',
      events: [{ type: 'extended', at: day('Tue 2 Jun 2026') }],
    });
    assert.deepEqual(
      [timetable.extension.allowed, timetable.extension.used, extended],
      [false, false, null],
    );
  });

  for (const [country, received, answerBy] of [
    ['CH', 'Thu 11 Jun 2026', 'Wed 12 Aug 2026'],
    ['SG', 'Mon 2 Mar 2026', 'Fri 1 May 2026'],
    ['KR', 'Mon 1 Jun 2026', 'Mon 22 Jun 2026'],
  ] as const) {
    it(`proposes a day in ${country}, where the law wants one named, and keeps it when it was announced`, async () => {
      const { extended } = plan({ country, received });
      assert.equal(extended?.answerBy, day(answerBy));
      const { timetable } = plan({
        country,
        received,
        events: [{ type: 'extended', at: day(received) }],
      });
      assert.equal(timetable.answerBy, extended.answerBy);
    });
  }
});

describe('an extension that does not count', () => {
  it('is marked in its step, and no other step is', () => {
    const { timetable } = plan({
      received: 'Tue 14 Jul 2026',
      now: 'Mon 17 Aug 2026',
      events: [{ type: 'extended', at: day('Mon 17 Aug 2026') }],
    });
    const [refused, ...others] = timetable.steps.toReversed();
    assert.equal(refused?.kind, 'extension-refused');
    assert.match(refused?.rule ?? '', /after the last day for it/);
    assert.ok(others.length > 0 && others.every((step) => !('kind' in step)));
  });
});

describe('clarification', () => {
  for (const [law, country, allowed] of [
    ['gdpr', 'DE', true],
    ['uk-gdpr', 'GB', true],
    ['ccpa', 'US', false],
    ['pipeda', 'CA', false],
    ['appi', 'JP', false],
  ] as const) {
    it(`${allowed ? 'stops' : 'does not stop'} the clock under ${law}, with the article`, async () => {
      const { timetable } = plan({ law, country, received: 'Mon 1 Jun 2026' });
      assert.equal(timetable.clarification.allowed, allowed);
      assert.notEqual(timetable.clarification.cite, '');
    });
  }
});
