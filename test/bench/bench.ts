import { parseArgs } from 'node:util';
import { table } from '../../src/cli/table.ts';
import { HEAP_LIMIT, measureMemory, type ProfileCost } from './memory.ts';
import { measureThroughput, type Throughput } from './throughput.ts';
import { benchTimetables, type TimetableBench } from './timetables.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    requests: { type: 'string', default: '60' },
    rows: { type: 'string', default: '10000,1000000' },
  },
});
const say = (line: string): void => { process.stderr.write(`${line}\n`); };
const figure = (value: number, digits = 0): string => value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

function page(throughput: Throughput, profiles: readonly ProfileCost[], growth: number, timetables: TimetableBench): string[] {
  const { requests, activities, requestSeconds, requestsPerSecond, bareSeconds, barePerSecond, ratio } = throughput;
  return [
    ...table(['what', 'count', 'activities each', 'seconds', 'per second'], [
      ['requests, look-up to deletion', figure(requests), figure(activities), figure(requestSeconds, 1), figure(requestsPerSecond, 2)],
      ['bare workflows', figure(requests), figure(activities), figure(bareSeconds, 1), figure(barePerSecond, 2)],
    ]),
    `  requests for one bare workflow: ${figure(ratio, 2)}`,
    '',
    ...table(['rows of a profile', `worker's peak memory (heap limit ${HEAP_LIMIT} MB)`, 'seconds to the package', 'rows per second'], profiles.map((it) => [
      figure(it.rows), `${figure(it.peakMegabytes)} MB`, figure(it.seconds, 1), figure(it.rowsPerSecond),
    ])),
    `  most rows against fewest: ${figure(growth, 2)} times the memory`,
    '',
    `  timetables per second: ${figure(timetables.perSecond)}; bare "add 30 days" per second: ${figure(timetables.barePerSecond)}; one timetable takes ${figure(timetables.ratio, 1)} times as long`,
  ];
}

say('Finishing requests, and bare workflows with as many activities …');
const throughput = await measureThroughput(Number(values.requests));
const profiles: ProfileCost[] = [];
for (const rows of values.rows.split(',').map(Number)) {
  say(`Answering a request of ${figure(rows)} rows …`);
  profiles.push(await measureMemory(rows));
}
const growth = (profiles.at(-1)?.peakMegabytes ?? 0) / (profiles[0]?.peakMegabytes ?? 1);
say('Making timetables …');
const timetables = await benchTimetables();
console.log(values.json ? JSON.stringify({ throughput, profiles, growth, timetables }) : page(throughput, profiles, growth, timetables).join('\n'));
