import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  NO_HOLIDAYS,
  onlyAmong,
  withOpenDays,
  isWeekend,
  statuteHolidays,
} from '../src/calendar/days.ts';
import { deadlines, type Facts } from '../src/engine/deadlines.ts';
import type { Edition, Roll, Span } from '../src/model/law.ts';
import { LAWS } from '../src/index.ts';
import { day } from '../src/laws/worked-example.ts';

const gdpr = LAWS.get('gdpr')!.editions[0]!;
const facts = (received: string, change: Partial<Facts> = {}): Facts => ({
  right: 'access',
  receivedOn: day(received),
  receivedEarliestOn: day(received),
  events: [],
  holidays: NO_HOLIDAYS,
  ...change,
});
const within = (span: Span, change: Partial<Edition> = {}): Edition => ({
  ...gdpr,
  answer: { ...gdpr.answer, within: span },
  ...change,
});
const days = (amount: number): Span => ({ amount, unit: 'day' });

describe('Regulation 1182/71 Art. 3(5): a period of two days or more holds two working days', () => {
  const cases = [
    [
      'two days over a weekend end on the second working day',
      days(2),
      'Fri 6 Mar 2026',
      'Tue 10 Mar 2026',
    ],
    [
      'two days within a week end as they are counted',
      days(2),
      'Mon 9 Mar 2026',
      'Wed 11 Mar 2026',
    ],
    [
      'three days from a Friday end on the second working day',
      days(3),
      'Fri 6 Mar 2026',
      'Tue 10 Mar 2026',
    ],
    [
      'a month holds more than enough',
      { amount: 1, unit: 'month' },
      'Fri 6 Mar 2026',
      'Mon 6 Apr 2026',
    ],
  ] as const;
  for (const [rule, span, received, due] of cases) {
    it(`${rule}: ${received} → ${due}`, () =>
      assert.equal(deadlines(within(span), facts(received)).dueOn, day(due)));
  }

  it('counts no holiday among them', () => {
    const monday = statuteHolidays([
      { name: 'a Monday', kind: 'listed', days: [day('Mon 9 Mar 2026')] },
    ]);
    assert.equal(
      deadlines(within(days(2)), facts('Fri 6 Mar 2026', { holidays: monday })).dueOn,
      day('Wed 11 Mar 2026'),
    );
  });

  it('holds only where the law says so', () => {
    const roll = { ...(gdpr.roll as Roll), leastWorkingDays: undefined };
    assert.equal(
      deadlines(within(days(2), { roll }), facts('Fri 6 Mar 2026')).dueOn,
      day('Mon 9 Mar 2026'),
    );
  });

  it('never brings a later day forward', () =>
    assert.equal(
      withOpenDays(day('Mon 2 Mar 2026'), day('Mon 30 Mar 2026'), 2, isWeekend),
      day('Mon 30 Mar 2026'),
    ));
});

describe('holidays that may count', () => {
  const both = statuteHolidays([
    { name: 'two days', kind: 'listed', days: [day('Mon 9 Mar 2026'), day('Tue 10 Mar 2026')] },
  ]);
  const one = onlyAmong(both, new Set([day('Mon 9 Mar 2026'), day('Wed 11 Mar 2026')]));

  it('are those of both lists', () =>
    assert.deepEqual(
      ['Mon 9 Mar 2026', 'Tue 10 Mar 2026', 'Wed 11 Mar 2026'].map((it) => one.has(day(it))),
      [true, false, false],
    ));
  it('are listed by year', () =>
    assert.deepEqual([[...one.of(2026)], [...one.of(2027)]], [[day('Mon 9 Mar 2026')], []]));
  it('roll a period no further', () =>
    assert.equal(
      deadlines(
        within(days(5)),
        facts('Wed 4 Mar 2026', {
          holidays: both,
          holidaysAmong: new Set([day('Mon 9 Mar 2026')]),
        }),
      ).dueOn,
      day('Tue 10 Mar 2026'),
    ));
});

describe('the refusal', () => {
  it('of a law that lets an extension move it is due with the answer', () => {
    const edition = within(days(10), { refusal: { ...gdpr.refusal, within: 'extended' } });
    const extended = { type: 'extended', on: day('Wed 11 Mar 2026') } as const;
    assert.equal(
      deadlines(edition, facts('Mon 9 Mar 2026', { events: [extended] })).refuseBy,
      day('Tue 9 Jun 2026'),
    );
    assert.equal(deadlines(edition, facts('Mon 9 Mar 2026')).refuseBy, day('Thu 19 Mar 2026'));
  });
});
