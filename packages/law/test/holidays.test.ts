import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarDate } from '../src/calendar/days.ts';
import { placeHolidays } from '../src/calendar/holiday-data.ts';
import { HOLIDAYS } from '../src/calendar/holiday-tables.ts';
import { day } from '../src/laws/worked-example.ts';

const register = HOLIDAYS;
const has = (country: string, words: string, region?: string) =>
  placeHolidays(register.get(country.toLowerCase())!, region).has(day(words));

describe('the holidays of every country', () => {
  for (const [name, data] of register) {
    it(`${name} are real days of the years 2015 to 2040, in order and from two sources`, () => {
      assert.equal(data.country.toLowerCase(), name);
      assert.ok(data.sources.length >= 2);
      for (const years of [data.everywhere, ...Object.values(data.regions ?? {})]) {
        assert.deepEqual(
          Object.keys(years),
          Array.from({ length: 26 }, (_, index) => String(2015 + index)),
        );
        for (const [year, days] of Object.entries(years)) {
          const list = days.split(' ');
          assert.deepEqual(list, [...new Set(list)].toSorted());
          for (const monthDay of list) {
            assert.equal(calendarDate(`${year}-${monthDay}`), `${year}-${monthDay}`);
          }
          assert.ok(list.length >= 5 && list.length <= 25, `${name} ${year}: ${list.length}`);
        }
      }
    });

    it(`${name} holds in a region what holds everywhere`, () => {
      for (const years of Object.values(data.regions ?? {})) {
        for (const [year, days] of Object.entries(data.everywhere)) {
          assert.deepEqual(
            days.split(' ').filter((it) => !years[Number(year)]!.includes(it)),
            [],
          );
        }
      }
    });
  }
});

describe('Good Friday', () => {
  for (const country of ['DE', 'DK', 'ES', 'PT', 'SE', 'FI']) {
    it(`is a holiday in ${country}`, () => assert.ok(has(country, 'Fri 3 Apr 2026')));
  }
  for (const country of ['IE', 'AT', 'FR', 'IT', 'NL', 'BE', 'LU', 'PL']) {
    it(`is none in ${country}`, () => assert.ok(!has(country, 'Fri 3 Apr 2026')));
  }
});

describe('known traps', () => {
  const traps = [
    ['Cyprus keeps Green Monday on the Monday', 'CY', 'Mon 3 Mar 2025', true],
    ['Cyprus does not keep the Tuesday after it', 'CY', 'Tue 4 Mar 2025', false],
    ['Korea’s third day of Seollal is the 30th', 'KR', 'Thu 30 Jan 2025', true],
    ['Korea’s Seollal ends there', 'KR', 'Fri 31 Jan 2025', false],
    ['Korea went back to work after Seollal 2022', 'KR', 'Thu 3 Feb 2022', false],
    ['Korea had one temporary holiday', 'KR', 'Mon 27 Jan 2025', true],
    ['Korea votes', 'KR', 'Wed 3 Jun 2026', true],
    ['Greece moved the first of May behind Easter', 'GR', 'Wed 1 May 2024', false],
    ['Iceland works on Christmas Eve', 'IS', 'Thu 24 Dec 2026', false],
    ['Germany works on Christmas Eve', 'DE', 'Thu 24 Dec 2026', false],
    ['Austria works on New Year’s Eve', 'AT', 'Thu 31 Dec 2026', false],
    ['Germany’s Epiphany is regional', 'DE', 'Tue 6 Jan 2026', false],
    ['Spain’s Maundy Thursday is regional', 'ES', 'Thu 2 Apr 2026', false],
    ['Ireland remembered once', 'IE', 'Fri 18 Mar 2022', true],
    ['France keeps Whit Monday', 'FR', 'Mon 25 May 2026', true],
    ['South Africa’s Monday after a Sunday is a holiday', 'ZA', 'Mon 10 Aug 2026', true],
  ] as const;
  for (const [rule, country, words, is] of traps) {
    it(rule, () => assert.equal(has(country, words), is));
  }

  const regions = [
    ['the Twelfth is Northern Ireland’s alone', 'GB', 'NIR', 'Mon 13 Jul 2026', true],
    ['England works on it', 'GB', 'ENG', 'Mon 13 Jul 2026', false],
    ['Scotland keeps the second of January', 'GB', 'SCT', 'Fri 2 Jan 2026', true],
    ['Scotland works on Easter Monday', 'GB', 'SCT', 'Mon 6 Apr 2026', false],
    ['the coronation was everybody’s', 'GB', undefined, 'Mon 8 May 2023', true],
    ['Queensland works on Christmas Eve', 'AU', 'QLD', 'Thu 24 Dec 2026', false],
    ['Reconciliation Day is the capital’s', 'AU', 'ACT', 'Mon 1 Jun 2026', true],
    ['New South Wales works on it', 'AU', 'NSW', 'Mon 1 Jun 2026', false],
  ] as const;
  for (const [rule, country, region, words, is] of regions) {
    it(rule, () => assert.equal(has(country, words, region), is));
  }
});

describe('a year without data', () => {
  const data = placeHolidays(register.get('de')!);
  it('has no holidays and says that it is not covered', () => {
    assert.deepEqual(
      [
        data.has(day('Wed 25 Dec 2041')),
        data.covers(day('Wed 25 Dec 2041')),
        data.covers(day('Tue 25 Dec 2040')),
      ],
      [false, false, true],
    );
  });
});
