// Writes packages/law/data/holidays/<country>.json. Run it by hand when years are added:
//
//     python3 -m venv .cache/holidays && .cache/holidays/bin/pip install holidays==0.109
//     npm i --no-save @hyunbinseo/holidays-kr@5.2027.1 && npm run build
//     node dist/tools/make-holidays.js .cache/holidays/bin/python
//
// A missing holiday leads to an earlier date, a wrong one to an unlawful date. So a day is written
// only if two sources have it, or if SETTLED names who says so. Every other difference is printed and
// left out.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import Holidays from 'date-holidays';

const FIRST = 2015;
const LAST = 2040;
const COUNTRIES = (
  'AT BE BG BR CY CZ DE DK EE ES FI FR GR HR HU IE IS IT JP KR LI LT LU LV MT NL NO PL PT RO ' +
  'SE SG SI SK US ZA'
).split(' ');
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  AU: ['ACT', 'NSW', 'NT', 'QLD', 'SA', 'TAS', 'VIC', 'WA'],
  GB: ['ENG', 'NIR', 'SCT', 'WLS'],
};
/** Days that one source has, and who says that they count. */
const SETTLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  IE: { '2022-03-18': 'S.I. No. 50/2022' },
  PL: { '2018-11-12': 'Dz.U. 2018 poz. 2117' },
  SI: { '2023-08-14': 'Government of Slovenia, solidarity day after the floods' },
};
const madeOn = new Date().toISOString().slice(0, 10);

const dump = `
import holidays, json, sys
years = range(${FIRST}, ${LAST + 1})
regions = json.loads(sys.argv[2])
out = {}
for c in json.loads(sys.argv[1]):
    out[c] = sorted(d.isoformat() for d in holidays.country_holidays(c, years=years))
for c, subs in regions.items():
    for s in subs:
        out[c + '-' + s] = sorted(d.isoformat() for d in holidays.country_holidays(c, subdiv=s, years=years))
json.dump(out, sys.stdout)
`;
const python = process.argv[2] ?? 'python3';
const second = JSON.parse(
  execFileSync(python, ['-c', dump, JSON.stringify(COUNTRIES), JSON.stringify(REGIONS)], {
    maxBuffer: 1 << 26,
  }).toString(),
) as Record<string, readonly string[]>;

/** Public holidays by date-holidays. Entries of several days are expanded, half days left out. */
function first(country: string, region?: string): ReadonlySet<string> {
  const calendar = region ? new Holidays(country, region) : new Holidays(country);
  const days = new Set<string>();
  for (let year = FIRST; year <= LAST; year += 1) {
    for (const { date, type, start, end } of calendar.getHolidays(year)) {
      const length = Math.round((end.getTime() - start.getTime()) / 86_400_000);
      if (type !== 'public' || length < 1) continue;
      for (let day = 0; day < length; day += 1) {
        days.add(
          new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + day * 86_400_000)
            .toISOString()
            .slice(0, 10),
        );
      }
    }
  }
  return days;
}

const ALMANAC = '@hyunbinseo/holidays-kr/all';
/** The official almanac of Korea, for the years in it. */
async function almanac(): Promise<ReadonlySet<string>> {
  const known = (await import(ALMANAC)) as Readonly<Record<string, object>>;
  return new Set(
    Object.entries(known)
      .filter(([name]) => /^y\d{4}$/.test(name))
      .flatMap(([, days]) => Object.keys(days)),
  );
}

const isWeekday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** The days that two sources have, or that are settled. The others are printed. */
function confirmed(
  name: string,
  sources: readonly Iterable<string>[],
  settled: Readonly<Record<string, string>> = {},
): string[] {
  const count = new Map<string, number>();
  for (const source of sources) {
    for (const day of source) {
      count.set(day, (count.get(day) ?? 0) + 1);
    }
  }
  const unsettled = [...count]
    .filter(([day, n]) => n < 2 && !(day in settled) && isWeekday(day))
    .map(([day]) => day)
    .toSorted();
  if (unsettled.length > 0) {
    console.error(`${name}: left out, only one source has them: ${unsettled.join(' ')}`);
  }
  return [...count]
    .filter(([day, n]) => n > 1 || day in settled)
    .map(([day]) => day)
    .filter((day) => Number(day.slice(0, 4)) >= FIRST && Number(day.slice(0, 4)) <= LAST)
    .toSorted();
}

function years(days: readonly string[]): Record<string, string> {
  const byYear: Record<string, string> = {};
  for (let year = FIRST; year <= LAST; year += 1) {
    byYear[year] = days
      .filter((day) => day.startsWith(`${year}`))
      .map((day) => day.slice(5))
      .join(' ');
  }
  return byYear;
}

function write(
  country: string,
  everywhere: readonly string[],
  regions: Readonly<Record<string, readonly string[]>> | undefined,
  sources: readonly string[],
): void {
  const data = {
    generated: 'by tools/make-holidays.ts: days that two sources agree on; do not edit by hand',
    country,
    madeOn,
    sources,
    everywhere: years(everywhere),
    ...(regions && {
      regions: Object.fromEntries(
        Object.entries(regions).map(([region, days]) => [region, years(days)]),
      ),
    }),
  };
  const file = new URL(
    `../../packages/law/data/holidays/${country.toLowerCase()}.json`,
    import.meta.url,
  );
  writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`);
}

const names = ['date-holidays 3.37.0', 'python holidays 0.109'];
const anyDay = (_day: string): boolean => true;
const nextDay = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
for (const country of COUNTRIES) {
  const own = first(country);
  const others = second[country] ?? [];
  const sources: Iterable<string>[] = [own, others];
  let settled = SETTLED[country];
  let official = anyDay;
  if (country === 'KR') {
    const days = await almanac();
    sources.push(days);
    const last = ([...days].toSorted().at(-1) ?? '').slice(0, 4);
    official = (day) => day < '2018' || day.slice(0, 4) > last || days.has(day);
  }
  if (country === 'CY') {
    // date-holidays computes Green Monday on the Tuesday. The holiday is the Monday, 48 days before
    // Orthodox Easter.
    const mondays = others.filter((day) => own.has(nextDay(day)) && !others.includes(nextDay(day)));
    settled = Object.fromEntries(mondays.map((day) => [day, 'Green Monday']));
  }
  const days = confirmed(country, sources, settled).filter(official);
  const who =
    country === 'CY'
      ? ['Green Monday: the Monday of the second']
      : Object.entries(settled ?? {}).map(([day, said]) => `${day}: ${said}`);
  write(country, days, undefined, [
    ...names,
    ...(country === 'KR' ? ['@hyunbinseo/holidays-kr 5.2027.1 (official almanac)'] : []),
    ...who,
  ]);
}
for (const [country, subs] of Object.entries(REGIONS)) {
  const regions = Object.fromEntries(
    subs.map((sub) => [
      sub,
      confirmed(`${country}-${sub}`, [first(country, sub), second[`${country}-${sub}`] ?? []]),
    ]),
  );
  const [one = [], ...others] = Object.values(regions);
  write(
    country,
    one.filter((day) => others.every((days) => days.includes(day))),
    regions,
    names,
  );
}
