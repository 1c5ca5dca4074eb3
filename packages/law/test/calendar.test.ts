import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addWorkingDays,
  calendarDate,
  daysBetween,
  easterSunday,
  isWeekend,
  lastDay,
  nextOpenDay,
  statuteHolidays,
} from '../src/calendar/days.ts';
import type { HolidayRule, Span } from '../src/model/law.ts';
import { day } from '../src/laws/worked-example.ts';

describe('a period', () => {
  const month: Span = { amount: 1, unit: 'month' };
  const cases: readonly (readonly [string, Span, string, string])[] = [
    ['of a month ends on the day of the same number', month, 'Mon 10 Mar 2025', 'Thu 10 Apr 2025'],
    [
      'of a month ends early where the month is too short',
      month,
      'Fri 31 Jan 2025',
      'Fri 28 Feb 2025',
    ],
    ['of a month uses a leap day where there is one', month, 'Wed 31 Jan 2024', 'Thu 29 Feb 2024'],
    [
      'of a month that starts on a leap day keeps its number',
      month,
      'Thu 29 Feb 2024',
      'Fri 29 Mar 2024',
    ],
    ['of a month knows that 2100 has no leap day', month, 'Sun 31 Jan 2100', 'Sun 28 Feb 2100'],
    ['of a month crosses the year', month, 'Wed 31 Dec 2025', 'Sat 31 Jan 2026'],
    [
      'of three months clamps once',
      { amount: 3, unit: 'month' },
      'Sun 30 Nov 2025',
      'Sat 28 Feb 2026',
    ],
    [
      'of thirty days does not count the first',
      { amount: 30, unit: 'day' },
      'Thu 1 Jan 2026',
      'Sat 31 Jan 2026',
    ],
    [
      'of days crosses a leap day',
      { amount: 45, unit: 'day' },
      'Thu 15 Feb 2024',
      'Sun 31 Mar 2024',
    ],
    [
      'of business days leaves out weekends alone',
      { amount: 10, unit: 'business-day' },
      'Fri 20 Nov 2026',
      'Fri 4 Dec 2026',
    ],
    [
      'of business days starts on Monday after a Saturday',
      { amount: 1, unit: 'business-day' },
      'Sat 21 Nov 2026',
      'Mon 23 Nov 2026',
    ],
  ];
  for (const [rule, span, from, to] of cases) {
    it(`${rule}: ${from} → ${to}`, () => assert.equal(lastDay(day(from), span), day(to)));
  }
});

describe('a day', () => {
  for (const [text, why] of [
    ['2025-02-30', 'a day that February never has'],
    ['2025-02-29', 'a leap day of a common year'],
    ['1900-02-29', 'a leap day of 1900'],
    ['2025-13-01', 'a thirteenth month'],
    ['2025-00-10', 'a month zero'],
    ['2025-1-1', 'short numbers'],
    ['20250101', 'no hyphens'],
    ['', 'nothing'],
    ['2025-01-01T00:00:00Z', 'an instant'],
    ['+012025-01-01', 'a long year'],
  ] as const) {
    it(`is not "${text}": ${why}`, () => assert.throws(() => calendarDate(text), RangeError));
  }

  it('is counted over clock changes and leap days alike', () =>
    assert.equal(daysBetween(day('Thu 1 Jan 2026'), day('Fri 1 Jan 2027')), 365));

  it('is found backwards over a weekend', () =>
    assert.equal(addWorkingDays(day('Wed 23 Dec 2026'), -3, isWeekend), day('Fri 18 Dec 2026')));

  it('stays where it is open', () =>
    assert.equal(nextOpenDay(day('Fri 18 Dec 2026'), isWeekend), day('Fri 18 Dec 2026')));

  it('that is a weekend moves on', () =>
    assert.equal(nextOpenDay(day('Sat 19 Dec 2026'), isWeekend), day('Mon 21 Dec 2026')));
});

describe('Easter Sunday', () => {
  for (const easter of [
    'Sun 22 Mar 1818',
    'Sun 25 Apr 1943',
    'Sun 19 Apr 1981',
    'Sun 18 Apr 1954',
    'Sun 23 Mar 2008',
    'Sun 24 Apr 2011',
    'Sun 31 Mar 2024',
    'Sun 20 Apr 2025',
    'Sun 1 Apr 2018',
    'Sun 4 Apr 2021',
    'Sun 5 Apr 2026',
    'Sun 28 Mar 2027',
    'Sun 25 Apr 2038',
    'Sun 18 Apr 2049',
    'Sun 28 Mar 2100',
    'Sun 22 Mar 2285',
  ]) {
    it(`is ${easter}`, () => assert.equal(easterSunday(Number(easter.slice(-4))), day(easter)));
  }
});

const has = (rule: HolidayRule, words: string) => statuteHolidays([rule]).has(day(words));

describe('a statute’s list of holidays', () => {
  it('knows a day that moves from Sunday, and keeps the Sunday', () => {
    const canadaDay: HolidayRule = {
      name: 'Canada Day',
      kind: 'date',
      on: '07-01',
      moved: { sunday: 'monday' },
    };
    assert.deepEqual(
      ['Sun 1 Jul 2029', 'Mon 2 Jul 2029', 'Wed 1 Jul 2026', 'Thu 2 Jul 2026'].map((it) =>
        has(canadaDay, it),
      ),
      [true, true, true, false],
    );
  });

  it('knows the Monday before a day, also where that day is a Monday', () => {
    const victoria: HolidayRule = {
      name: 'Victoria Day',
      kind: 'before',
      on: '05-25',
      weekday: 'monday',
    };
    assert.deepEqual(
      ['Mon 18 May 2026', 'Mon 25 May 2026', 'Mon 24 May 2027'].map((it) => has(victoria, it)),
      [true, false, true],
    );
  });

  it('knows the nth weekday of a month', () => {
    const october: HolidayRule = {
      name: 'second Monday',
      kind: 'nth',
      nth: 2,
      weekday: 'monday',
      month: 10,
    };
    assert.deepEqual(
      ['Mon 12 Oct 2026', 'Mon 5 Oct 2026', 'Mon 8 Oct 2029'].map((it) => has(october, it)),
      [true, false, true],
    );
  });

  it('knows days from Easter', () => {
    const ascension: HolidayRule = { name: 'Ascension', kind: 'easter', days: 39 };
    assert.deepEqual(
      ['Thu 14 May 2026', 'Thu 6 May 2027', 'Fri 15 May 2026'].map((it) => has(ascension, it)),
      [true, true, false],
    );
  });

  it('knows a span over the year’s end', () => {
    const rest: HolidayRule = { name: 'break', kind: 'span', first: '12-25', last: '01-15' };
    assert.deepEqual(
      ['Thu 24 Dec 2026', 'Fri 25 Dec 2026', 'Fri 15 Jan 2027', 'Sat 16 Jan 2027'].map((it) =>
        has(rest, it),
      ),
      [false, true, true, false],
    );
  });

  it('begins a holiday with the act that made it', () => {
    const reconciliation: HolidayRule = {
      name: 'Truth and Reconciliation',
      kind: 'date',
      on: '09-30',
      from: '2021-08-03',
    };
    assert.deepEqual(
      ['Wed 30 Sep 2020', 'Thu 30 Sep 2021'].map((it) => has(reconciliation, it)),
      [false, true],
    );
  });
});
