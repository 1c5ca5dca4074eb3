import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { daysAway, daysBefore } from '../../src/cli/output/days.ts';
import { lateLines } from '../../src/cli/output/late-lines.ts';
import type { RequestStatus, Timetable } from '../../src/contract/status.ts';
import { willBeLate } from '../../src/workflows/dates/will-be-late.ts';

const timetable = {
  answerBy: '2026-11-30',
  dueAt: '2026-11-30T23:00:00.000Z',
  cutOffAt: '2026-11-24T23:00:00.000Z',
  vendorsBy: '2026-11-16',
  timeZone: 'Europe/Berlin',
  extendBy: '2026-11-30',
  extension: { allowed: true, used: false },
} as unknown as Timetable;
const wait = (on: string, owner = 'operator') =>
  ({
    on,
    owner,
    reason: 'It waits.',
    since: '2026-11-20T00:00:00.000Z',
    until: null,
    then: 'x',
  }) as RequestStatus['waits'][number];
const outlook = (more: object) =>
  willBeLate({
    timetable,
    now: '2026-11-20T12:00:00.000Z',
    waits: [],
    owed: [],
    collectUntil: timetable.cutOffAt,
    late: false,
    ...more,
  });

describe('who will be late, and why', () => {
  it('is nobody while there is time', () =>
    assert.equal(
      outlook({
        waits: [wait('operator:approval')],
        owed: [{ id: 'acme-mail', answerBy: '2026-11-23' }],
      }),
      null,
    ));
  it('is a vendor from the day that it was to answer by', () =>
    assert.match(
      outlook({ owed: [{ id: 'acme-mail', answerBy: '2026-11-19' }] })?.because ?? '',
      /^acme-mail: no answer yet\. What comes after 2026-11-25/,
    ));
  it('is whoever has not answered a request that came after its cut-off', () =>
    assert.match(
      outlook({ late: true, owed: [{ id: 'crm', answerBy: null }] })?.because ?? '',
      /^crm/,
    ));
  for (const on of ['operator:approval', 'operator:storage', 'operator:worker']) {
    it(`is ${on} from the cut-off on`, () =>
      assert.deepEqual(
        [
          outlook({ now: '2026-11-26T00:00:00.000Z', waits: [wait(on)] })?.on,
          outlook({ waits: [wait(on)] }),
        ],
        ['2026-12-01', null],
      ));
  }
  it('is a review of the match that leaves systems too little time', () =>
    assert.match(
      outlook({ waits: [wait('operator:match')] })?.because ?? '',
      /nobody has decided by 2026-11-25/,
    ));
  it('is said before it is so, and not after', () =>
    assert.equal(
      outlook({ now: timetable.dueAt, late: true, owed: [{ id: 'crm', answerBy: null }] }),
      null,
    ));

  it('stands on the page with what settles it, its days written one way', () => {
    const status = {
      requestId: 'A-06',
      revision: 3,
      timetable,
      waits: [wait('acme-mail', 'vendor')],
      systems: [{ id: 'acme-mail' }],
      willBeLate: { on: '2026-12-01', because: 'acme-mail: no answer yet; due by 2026-11-30.' },
    } as unknown as RequestStatus;
    assert.deepEqual(lateLines(status, Date.parse('2026-11-28T12:00:00Z')), [
      'Late on    Tue 1 Dec 2026, in 3 days: acme-mail: no answer yet; due by Mon 30 Nov 2026.',
      'settle it  dossier request skip A-06 acme-mail --reason "…"',
      '           dossier request extend A-06 --reason "…"',
    ]);
    assert.ok(
      lateLines(
        { ...status, timetable: { ...timetable, extendBy: '2026-11-27' } },
        Date.parse('2026-11-28T12:00:00Z'),
      ).every((line) => !line.includes('extend')),
    );
  });
});

describe('days', () => {
  const midnights = {
    'Asia/Tokyo': '2026-12-12T15:00:00.000Z',
    'Europe/Berlin': '2026-12-12T23:00:00.000Z',
    'Pacific/Honolulu': '2026-12-13T10:00:00.000Z',
  } as const;
  for (const [zone, dueAt] of Object.entries(midnights)) {
    it(`are counted alike in the list and on the page, in ${zone}, at every hour`, () => {
      for (let hour = 0; hour < 48; hour += 1) {
        const now = Date.parse('2026-11-28T00:30:00Z') + hour * 3_600_000;
        assert.equal(daysBefore(dueAt, now), daysAway('2026-12-12', now, zone));
      }
    });
  }
});
