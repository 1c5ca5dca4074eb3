import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SystemFailure } from '../../src/http/failure.ts';
import type { Sql } from '../../src/salesforce/data-cloud-query.ts';
import { byPosition, withLiterals, withoutControls } from '../../src/salesforce/sql-parameters.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { stand, type Stand } from '../connectors/stand.ts';
import { captured, type Sent } from './capture.ts';
import { difference, KNOWN, linesOf } from './compare.ts';
import { startEngine, type Engine, type Said } from './engine.ts';
import { FORMS, ODD } from './seeds.ts';
import { tablesOf, type Tables } from './tables.ts';

/** Statements that run at the same time. */
const AT_ONCE = 4;
/** How many times the e-mail look-up a phone look-up may cost. */
const MOST_COST = 5;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dossier-hyper-'));
const totals = { statements: 0, runs: 0, same: 0, refused: 0, known: new Map<string, number>() };
const unexplained: string[] = [];

/**
 * Installs the engine, replays what the product sends, and compares. Exits 1 on a difference
 * without a reason.
 */
async function check(): Promise<void> {
  console.log(`Installing the engine in ${folder} …`);
  const engine = await startEngine(folder);
  // Who interrupts the check leaves no engine behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(
      signal,
      () =>
        void engine.stop().finally(() => {
          rmSync(folder, { recursive: true, force: true });
          process.exit(1);
        }),
    );
  }
  try {
    const files = [
      join(root, 'samples/seed-demo.json'),
      ...readdirSync(join(root, 'test/seeds')).map((name) => join(root, 'test/seeds', name)),
    ];
    let lookUps: readonly Sent[] = [];
    for (const seed of [ODD, ...files] as const) {
      const sent = await replaySeed(engine, seed);
      if (seed === ODD) lookUps = sent;
    }
    costs(engine, lookUps);
  } finally {
    await engine.stop();
  }
}

async function replaySeed(engine: Engine, seed: Seed | string): Promise<readonly Sent[]> {
  const at = await stand(seed);
  try {
    const sent = [
      ...(await captured(at)),
      ...(seed === ODD
        ? FORMS.map((text): Sent => ({ dataSpace: 'default', sql: { text, parameters: {} } }))
        : []),
    ];
    const tables = new Map<string, Tables>();
    for (const dataSpace of await at.salesforce.dataSpaces()) {
      tables.set(dataSpace, tablesOf(at.salesforce, dataSpace, await objectsOf(at, dataSpace)));
    }
    const todo = [...sent];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
          await replay(engine, at, tables.get(next.dataSpace) as Tables, next);
        }
      }),
    );
    console.log(
      `${typeof seed === 'string' ? basename(seed) : 'odd values'}: ${sent.length} statements`,
    );
    return sent;
  } finally {
    await at.stop();
  }
}

async function objectsOf(at: Stand, dataSpace: string): Promise<string[]> {
  const kinds = ['DataModelObject', 'CalculatedInsight', 'DataLakeObject'] as const;
  return (
    await Promise.all(kinds.map((kind) => at.salesforce.entities(dataSpace, undefined, kind)))
  )
    .flat()
    .map(({ name }) => name);
}

/**
 * One statement, in each of the ways in which the product sends it: with named values, with places
 * for them, and with literals.
 */
async function replay(
  engine: Engine,
  at: Stand,
  tables: Tables,
  { dataSpace, sql }: Sent,
): Promise<void> {
  totals.statements += 1;
  const simulated = await inSimulator(at, dataSpace, sql);
  const asked = withoutControls(sql);
  const places = byPosition(asked);
  const ways: readonly [string, () => Promise<Said>][] = [
    [
      'named values',
      async () =>
        engine.run(
          await tables.before(asked.text),
          Object.entries(asked.parameters).map(([name, value]) => ({ name, value })),
        ),
    ],
    [
      'places',
      async () =>
        engine.run(
          await tables.before(places.text),
          places.values.map((value) => ({ value })),
          'question-mark',
        ),
    ],
    ['literals', async () => engine.run(await tables.before(withLiterals(asked)))],
  ];
  for (const [way, run] of Object.keys(asked.parameters).length === 0 ? ways.slice(2) : ways) {
    const said = await run();
    totals.runs += 1;
    const differs = difference(simulated, 'rows' in said ? linesOf(said.rows) : undefined);
    if (differs === undefined) {
      totals.same += 1;
      if (simulated === undefined) totals.refused += 1;
      continue;
    }
    const known = KNOWN.find(({ matches }) => matches.test(sql.text) || matches.test(differs));
    if (known !== undefined) totals.known.set(known.why, (totals.known.get(known.why) ?? 0) + 1);
    else {
      report(
        `${way}: ${differs}${'refusal' in said ? ` (${said.refusal})` : ''}\n  ` +
          `${sql.text.slice(0, 600)}\n  ${JSON.stringify(sql.parameters).slice(0, 200)}`,
      );
    }
  }
}

function report(what: string): void {
  unexplained.push(what);
  if (unexplained.length <= 20) console.error(`\n${what}`);
}

async function inSimulator(at: Stand, dataSpace: string, sql: Sql): Promise<string[] | undefined> {
  const lines: string[] = [];
  try {
    for await (const { values } of at.salesforce.query(sql, { dataSpace })) {
      lines.push(...linesOf(values));
    }
    return lines.toSorted();
  } catch (error) {
    if (error instanceof SystemFailure && error.facts.kind === 'rejected') return undefined;
    throw error;
  }
}

/** Compares what the product's own look-ups by e-mail and by phone cost. */
function costs({ python }: Engine, sent: readonly Sent[]): void {
  const statementOf = (object: string, value: string) => {
    const found = sent.find(
      ({ sql }) =>
        sql.text.includes(`FROM "${object}" WHERE`) &&
        Object.values(sql.parameters).includes(value),
    );
    if (found === undefined) throw new Error(`No look-up in ${object} was captured.`);
    return withLiterals(found.sql);
  };
  const common = {
    '"ssot__PartyId__c"': "'P-' || n",
    '"KQ_PartyId__c"': "'crm'",
    '"ssot__DataSourceId__c"': "'CRM_1'",
  };
  const order = {
    tables: {
      '"ssot__ContactPointEmail__dlm"': {
        ...common,
        '"ssot__EmailAddress__c"': "'Person-' || n || '@Example.com'",
      },
      '"ssot__ContactPointPhone__dlm"': {
        ...common,
        '"ssot__TelephoneNumber__c"': "'+49 30 ' || (10000000 + n)",
        '"ssot__FormattedE164PhoneNumber__c"': "'+4930' || (10000000 + n)",
      },
    },
    statements: {
      email: statementOf('ssot__ContactPointEmail__dlm', 'ana@example.com'),
      phone: statementOf('ssot__ContactPointPhone__dlm', '493055501'),
    },
  };
  const { status, stdout, stderr } = spawnSync(python, [join(root, 'test/hyper/cost.py')], {
    cwd: folder,
    input: JSON.stringify(order),
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`The costs could not be measured: ${stderr.slice(-500)}`);
  const { email, phone } = JSON.parse(stdout) as Record<'email' | 'phone', { seconds: number }>;
  const ratio = phone.seconds / email.seconds;
  console.log(
    `Over a million contact points each: e-mail ${email.seconds.toFixed(3)} s, phone ` +
      `${phone.seconds.toFixed(3)} s, ${ratio.toFixed(1)} times as much (${MOST_COST} at most).`,
  );
  if (ratio > MOST_COST) {
    report(`The look-up by phone costs ${ratio.toFixed(1)} times the one by e-mail.`);
  }
}

try {
  await check();
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(
  `${totals.statements} statements, ${totals.runs} runs: ${totals.same} the same ` +
    `(${totals.refused} refused by both), ` +
    `${[...totals.known.values()].reduce((sum, count) => sum + count, 0)} differ for a known ` +
    `reason, ${unexplained.length} differ without one.`,
);
for (const [why, count] of totals.known) {
  console.log(`  ${count} × ${why}`);
}
if (unexplained.length > 0) process.exitCode = 1;
