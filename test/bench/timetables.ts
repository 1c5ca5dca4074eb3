import { Temporal } from 'temporal-polyfill/implementation';
import type { CalendarDate } from '@dossier/law';
import { requestInput, type CheckedRequest } from '../../src/contract/request.ts';
import { LAWS, planDates } from '@dossier/law';

/**
 * How fast timetables are made, beside a bare "add 30 days" by the calendar library, in the same
 * run.
 */
export interface TimetableBench {
  readonly perSecond: number;
  readonly barePerSecond: number;
  readonly ratio: number;
}

const DAYS = 730;
const ROUNDS = 5;
const TIMETABLES = 2_000;
const BARE = 40_000;

/**
 * Makes timetables for every law and every day of two years: holidays, rules, citations and both
 * dates of the clock included. Each plan gives two, the plain one and, where the law allows it, the
 * extended one. Time is the processor's own; the best of some rounds counts.
 */
export async function benchTimetables(): Promise<TimetableBench> {
  const days = Array.from(
    { length: DAYS },
    (_, index) =>
      Temporal.PlainDate.from('2026-01-01').add({ days: index }).toString() as CalendarDate,
  );
  const requests = await everyLaw();
  let [made, bare] = [0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare = Math.max(
      bare,
      rate(BARE, (index) => {
        Temporal.PlainDate.from(days[index % DAYS]!)
          .add({ days: 30 })
          .toString();
      }),
    );
    made = Math.max(made, await planRate(requests, days));
  }
  return {
    perSecond: Math.round(made),
    barePerSecond: Math.round(bare),
    ratio: Math.round((bare / made) * 10) / 10,
  };
}

async function everyLaw(): Promise<CheckedRequest[]> {
  return [...LAWS].map(([law, { countries, regions, editions }]) =>
    requestInput.parse({
      requestId: 'bench',
      type: 'access',
      subject: {},
      law,
      receivedAt: '2026-01-01',
      residence: { country: countries[0], region: regions?.[0] ?? editions[0]?.regions?.[0] },
    }),
  );
}

async function planRate(
  requests: readonly CheckedRequest[],
  days: readonly CalendarDate[],
): Promise<number> {
  const since = process.cpuUsage();
  let timetables = 0;
  for (let index = 0; timetables < TIMETABLES; index += 1) {
    const receivedAt = days[index % DAYS]!;
    const { extended } = planDates({
      request: { ...requests[index % requests.length]!, receivedAt },
      events: [],
      policy: { cutOff: '3d' },
      now: `${receivedAt}T23:59:00.000Z`,
    });
    timetables += extended === null ? 1 : 2;
  }
  return timetables / secondsSince(since);
}

function rate(times: number, work: (index: number) => void): number {
  const since = process.cpuUsage();
  for (let index = 0; index < times; index += 1) {
    work(index);
  }
  return times / secondsSince(since);
}

/** Seconds of the processor, so that other programs on the machine change nothing. */
function secondsSince(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
