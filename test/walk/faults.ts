import { parseArgs } from 'node:util';
import { table } from '../../src/cli/output/table.ts';
import { EVERY_CLOUD_WALK } from '../support/every-cloud.ts';
import {
  FAULTS,
  openWalk,
  type Ended,
  type Walk,
  type WalkedFault,
  type WalkOptions,
} from '../support/fault-walk.ts';
import { CLOUD_FAULTS, openCloudWalk } from '../support/cloud-walk.ts';
import { openVendorWalk, VENDOR_FAULTS } from '../support/vendor-walk.ts';
import { WALKED_PERSON, WALKED_SUBJECT, WALKED_SYSTEMS } from '../support/walked-person.ts';

const OPTIONS = {
  help: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  /** Walks over the calls to all other clouds in place of Data Cloud and the CRM. */
  clouds: { type: 'boolean', default: false },
  /** Walks over the calls to vendors. */
  vendors: { type: 'boolean', default: false },
  /** The person of every cloud and every trap, in place of one of Data Cloud and the CRM. */
  'every-cloud': { type: 'boolean', default: false },
  /** Which API runs queries. */
  query: { type: 'string', default: 'connect' },
  /** Every so manieth call only. */
  every: { type: 'string', default: '1' },
  /** Names of faults, by comma; all by default. */
  faults: { type: 'string' },
  /** Requests at the same time, each in a world of its own. */
  worlds: { type: 'string', default: '2' },
} as const;

const HELP = `npm run faults -- [options]: a fault at each call of a request, one after the other
  --every N        every Nth call only
  --faults A,B     these faults only, by name
  --clouds         calls to all other clouds; --vendors: calls to vendors
  --every-cloud    the person of every cloud and every trap
  --query WAY      connect, v3 or v2
  --worlds N       requests at the same time (2)
  --json           JSON on standard output
`;

const { values } = optionsGiven();

function optionsGiven() {
  try {
    const parsed = parseArgs({ options: OPTIONS });
    if (!parsed.values.help) return parsed;
    process.stdout.write(HELP);
    return process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return process.exit(2);
  }
}
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const named = values.faults?.split(',');
// The tenant's host has no code for a spent allowance: it tells too many calls by 429.
const faults = faultsOf()
  .filter(({ name }) => named?.includes(name) ?? true)
  .map((fault) =>
    values.query !== 'connect' && fault.kind === 'limit' ? { ...fault, gap: ['denied'] } : fault,
  );
const options: WalkOptions = values['every-cloud']
  ? EVERY_CLOUD_WALK
  : {
      seed: WALKED_PERSON,
      subject: WALKED_SUBJECT,
      systems: WALKED_SYSTEMS,
      marker: /\b(?:OWN|OTHER)-\d{4}\b/g,
    };
function open(): Promise<Walk> {
  if (values.vendors) return openVendorWalk();
  if (values.clouds) return openCloudWalk();
  return openWalk({
    ...options,
    salesforce: (simulator) => ({
      ...(typeof options.salesforce === 'function' && options.salesforce(simulator)),
      query: values.query,
      ca: simulator.ca,
    }),
  });
}

function faultsOf(): readonly WalkedFault[] {
  if (values.vendors) return VENDOR_FAULTS;
  return values.clouds ? CLOUD_FAULTS : FAULTS;
}

/** Whose calls are taken: in words, and as `--json` says it. */
function whose(): readonly [string, object] {
  if (values.vendors) return ['to vendors', { vendors: true }];
  if (values.clouds) return ['to other clouds', { clouds: true }];
  return [`by ${values.query}`, { query: values.query }];
}

const worlds = await Promise.all(Array.from({ length: Number(values.worlds) }, open));
const calls = Math.max(...worlds.map((walk) => walk.calls));
const todo: [WalkedFault, number][] = faults.flatMap((fault) =>
  Array.from(
    { length: Math.ceil(calls / Number(values.every)) },
    (_, index): [WalkedFault, number] => [fault, index * Number(values.every)],
  ),
);
say(
  `${calls} calls of one request ` +
    `${whose()[0]}, ` +
    `${faults.length} faults: ${todo.length} requests …`,
);
const ended: Ended[] = [];
const startedAt = performance.now();
await Promise.all(
  worlds.map(async (walk) => {
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      const end = await walk.run(...next);
      ended.push(end);
      if (end.wrong !== undefined) say(`${end.fault} at call ${end.call}: ${end.wrong}`);
      if (ended.length % 50 === 0) say(`${ended.length} done`);
    }
  }),
);
for (const walk of worlds) {
  await walk.stop();
}

const rows = faults.map(({ name }) => {
  const own = ended.filter((end) => end.fault === name && end.hit);
  return {
    fault: name,
    requests: own.length,
    complete: own.filter(({ gaps, wrong }) => gaps.length === 0 && wrong === undefined).length,
    mended: own.filter(({ gaps, wrong }) => gaps.length > 0 && wrong === undefined).length,
    wrong: own.filter(({ wrong }) => wrong !== undefined).length,
  };
});
const wrong = ended.filter((end) => end.wrong !== undefined);
if (values.json) {
  console.log(
    JSON.stringify({
      calls,
      ...whose()[1],
      faults: rows,
      wrong,
    }),
  );
} else {
  console.log(
    table(
      ['fault', 'requests', 'complete', 'complete after a named gap', 'wrong'],
      rows.map((it) => [it.fault, ...[it.requests, it.complete, it.mended, it.wrong].map(String)]),
    ).join('\n'),
  );
  console.log(
    `${ended.length} requests in ${Math.round((performance.now() - startedAt) / 1000)} s, ` +
      `${wrong.length} wrong`,
  );
}
process.exitCode = wrong.length === 0 ? 0 : 1;
