import { parseArgs } from 'node:util';
import { table } from '../../src/cli/output/table.ts';
import { measureCalls, type CallCost } from './calls.ts';
import { HEAP_LIMIT, measureMemory, type ProfileCost } from './memory.ts';
import { measureReading, type ReadingSpeed } from './reading.ts';
import { measureThroughput, type Throughput } from './throughput.ts';
import { benchTimetables, type TimetableBench } from './timetables.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    requests: { type: 'string', default: '60' },
    rows: { type: 'string', default: '10000,1000000' },
    reading: { type: 'string', default: '200000' },
    profiles: { type: 'string', default: '1,10,100' },
  },
});
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const figure = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

interface Measured {
  readonly throughput: Throughput;
  readonly profiles: readonly ProfileCost[];
  readonly growth: number;
  readonly calls: readonly CallCost[];
  readonly reading: ReadingSpeed;
  readonly timetables: TimetableBench;
}

function page({ throughput, profiles, growth, calls, reading, timetables }: Measured): string[] {
  const {
    requests,
    activities,
    requestSeconds,
    requestsPerSecond,
    bareSeconds,
    barePerSecond,
    ratio,
  } = throughput;
  return [
    ...table(
      ['what', 'count', 'activities each', 'seconds', 'per second'],
      [
        [
          'requests, look-up to deletion',
          figure(requests),
          figure(activities),
          figure(requestSeconds, 1),
          figure(requestsPerSecond, 2),
        ],
        [
          'bare workflows',
          figure(requests),
          figure(activities),
          figure(bareSeconds, 1),
          figure(barePerSecond, 2),
        ],
      ],
    ),
    `  requests for one bare workflow: ${figure(ratio, 2)}`,
    '',
    ...table(
      [
        'rows of a profile',
        `worker's peak memory (heap limit ${HEAP_LIMIT} MB)`,
        'seconds to the package',
        'rows per second',
      ],
      profiles.map((it) => [
        figure(it.rows),
        `${figure(it.peakMegabytes)} MB`,
        figure(it.seconds, 1),
        figure(it.rowsPerSecond),
      ]),
    ),
    `  most rows against fewest: ${figure(growth, 2)} times the memory`,
    '',
    `  timetables per second: ${figure(timetables.perSecond)}; bare "add 30 days" per ` +
      `second: ${figure(timetables.barePerSecond)}; one timetable takes ` +
      `${figure(timetables.ratio, 1)} times as long`,
    '',
    ...table(
      [
        'profiles of a request',
        'objects',
        'calls to find them',
        'calls to export',
        'per object',
        'for the consent flag',
        'for the model, once a day',
      ],
      calls.map((it) =>
        [it.profiles, it.objects, it.locate, it.exported, it.perObject, it.consent, it.model].map(
          (value) => figure(value, Number.isInteger(value) ? 0 : 2),
        ),
      ),
    ),
    '',
    ...table(
      ['reading of one object', 'rows per second'],
      [
        [
          `exported to NDJSON and CSV, hashed (${figure(reading.rows)} rows, ` +
            `${figure(reading.megabytes)} MB)`,
          figure(reading.exported),
        ],
        ['the same pages downloaded and thrown away', figure(reading.plain)],
        [
          "Salesforce's Python client, to CSV",
          reading.python === null ? 'not installed' : figure(reading.python),
        ],
      ],
    ),
    '  exported for thrown away: ' +
      `${figure(reading.ratio, 2)}${reading.pythonRatio === null ? '' : `; exported for Python: ${figure(reading.pythonRatio, 1)}`}`,
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
say('Counting calls …');
const calls = await measureCalls(values.profiles.split(',').map(Number));
say(`Reading ${figure(Number(values.reading))} rows …`);
const reading = await measureReading(Number(values.reading));
const measured: Measured = { throughput, profiles, growth, calls, reading, timetables };
console.log(values.json ? JSON.stringify(measured) : page(measured).join('\n'));
