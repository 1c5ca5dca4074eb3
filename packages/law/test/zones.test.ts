import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayIn, isMoment, isTimeZone, startOfDay } from '../src/calendar/zones.ts';
import { day } from '../src/laws/worked-example.ts';

describe('the day of a moment', () => {
  const cases = [
    [
      'is that of the clock on the wall',
      '2026-07-15T23:30:00Z',
      'Europe/Vienna',
      'Thu 16 Jul 2026',
    ],
    ['may be a day behind UTC', '2026-06-02T05:30:00Z', 'America/Vancouver', 'Mon 1 Jun 2026'],
    [
      'counts an offset that is not the zone’s own',
      '2026-04-30T23:59:59+01:00',
      'Asia/Tokyo',
      'Fri 1 May 2026',
    ],
    ['of a bare day is that day everywhere', '2026-04-30', 'Pacific/Auckland', 'Thu 30 Apr 2026'],
    ['ends with the last second', '2026-12-23T22:59:59Z', 'Europe/Berlin', 'Wed 23 Dec 2026'],
    ['begins at midnight', '2026-12-23T23:00:00Z', 'Europe/Berlin', 'Thu 24 Dec 2026'],
    [
      'is right in the hour that a clock skips',
      '2026-03-29T01:30:00Z',
      'Europe/Berlin',
      'Sun 29 Mar 2026',
    ],
    [
      'follows British Columbia, which no longer changes its clocks',
      '2026-12-02T07:30:00Z',
      'America/Vancouver',
      'Wed 2 Dec 2026',
    ],
    [
      'follows Alberta, which no longer changes its clocks',
      '2026-12-02T06:30:00Z',
      'America/Edmonton',
      'Wed 2 Dec 2026',
    ],
    [
      'follows Manitoba, which no longer changes its clocks',
      '2026-12-02T05:30:00Z',
      'Canada/Central',
      'Wed 2 Dec 2026',
    ],
    [
      'follows the north of the Northwest Territories',
      '2026-12-02T06:30:00Z',
      'America/Inuvik',
      'Wed 2 Dec 2026',
    ],
    [
      'follows Morocco, which keeps to Greenwich',
      '2026-12-02T23:30:00Z',
      'Africa/Casablanca',
      'Wed 2 Dec 2026',
    ],
    [
      'leaves earlier winters as they were',
      '2025-12-02T07:30:00Z',
      'America/Vancouver',
      'Mon 1 Dec 2025',
    ],
  ] as const;
  for (const [rule, moment, zone, on] of cases) {
    it(`${rule}: ${moment} in ${zone}`, () => assert.equal(dayIn(moment, zone), day(on)));
  }
});

describe('the first moment of a day', () => {
  const cases = [
    ['is midnight in winter', 'Thu 24 Dec 2026', 'Europe/Berlin', '2026-12-23T23:00:00.000Z'],
    ['is midnight in summer', 'Fri 24 Jul 2026', 'Europe/Berlin', '2026-07-23T22:00:00.000Z'],
    [
      'is one o’clock where the clock skips midnight',
      'Sun 4 Nov 2018',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00.000Z',
    ],
    [
      'is the first of two midnights',
      'Sun 5 Nov 2017',
      'America/Havana',
      '2017-11-05T04:00:00.000Z',
    ],
    ['follows British Columbia', 'Wed 2 Dec 2026', 'America/Vancouver', '2026-12-02T07:00:00.000Z'],
  ] as const;
  for (const [rule, on, zone, at] of cases) {
    it(`${rule}: ${on} in ${zone}`, () => assert.equal(startOfDay(day(on), zone), at));
  }
});

describe('what a person may write', () => {
  for (const good of [
    '2026-11-23',
    '2024-02-29',
    '2026-11-23T10:15:00+01:00',
    '2026-11-23T10:15Z',
    '2026-11-23T10:15:00.123456789-11:30',
  ]) {
    it(`takes ${good}`, () => assert.equal(isMoment(good), true));
  }
  for (const bad of [
    '2025-02-30',
    '2025-02-29',
    '2026-11-31T10:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T10:15:00',
    '2026-11-23T10:15:00+25:00',
    '2026-11-23T23:59:60Z',
    '2026-11-23 10:15:00Z',
    '23.11.2026',
    'yesterday',
    '',
    '0000-01-01',
    '3000-01-01',
    '2026-11-23T10:15:00Z[Europe/Berlin]',
  ]) {
    it(`refuses "${bad}"`, () => assert.equal(isMoment(bad), false));
  }

  for (const zone of ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC']) {
    it(`knows the zone ${zone}`, () => assert.equal(isTimeZone(zone), true));
  }
  for (const zone of ['Mars/Olympus', '+01:00', '', 'Europe', '../etc']) {
    it(`does not know the zone "${zone}"`, () => assert.equal(isTimeZone(zone), false));
  }
});
