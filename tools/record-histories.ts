// Records the histories of synthetic requests under test/histories/<version>/, once per release.
// Tests replay them for ever. So existing files are never written again, and only new scenarios are
// added.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client } from '@temporalio/client';
import type { Seed } from '@dossier/salesforce-simulator';
import { createDataConverter } from '../src/codec/data-converter.ts';
import { makeKey, parseKeys } from '../src/codec/keys.ts';
import { reset } from '../test/support/by-hand.ts';
import { fault, inInbox, mended } from '../test/support/evidence.ts';
import { runsOf } from '../test/support/runs.ts';
import { openWorld, type World, type WorldOptions } from '../test/support/world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};
const folder = join(root, 'test/histories', version);
mkdirSync(folder, { recursive: true });
const keyFile = join(folder, 'codec-keys.txt');
const isThere = (name: string) =>
  readdirSync(folder).some((file) => file === `${name}.json` || file === `${name}-1.json`);

const company: WorldOptions = {
  seed: JSON.parse(
    readFileSync(join(root, 'test/seeds/unconfirmed-second-email.json'), 'utf8'),
  ) as Seed,
  systems: [
    { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] },
    {
      id: 'shop',
      connector: 'manual',
      dataSources: ['Web_Shop'],
      instructions: 'Ask the web shop.',
    },
  ],
};
let codecKeys = existsSync(keyFile) ? readFileSync(keyFile, 'utf8').trim() : undefined;
let world: World;
type Input = Omit<Parameters<World['start']>[0], 'requestId'>;
const one: Input = { subject: { emails: ['dana.kerr@example.com'] } };
const two: Input = {
  subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] },
  identity: { confirmed: ['emails[0]'] },
};
const by = 'operator';
const waiting = (id: string) =>
  world.until(
    id,
    ({ waitingOn, systems }) =>
      waitingOn.includes('shop') && systems.every((it) => it.id === 'shop' || it.state === 'done'),
  );
const answered = async (id: string, name: string) =>
  world.order(id, 'respondForVendor', {
    system: 'shop',
    outcome: 'delivered',
    files: [await inInbox(world, id, 'shop', name, `${name}\n1\n`)],
    by,
  });
const delivered = (id: string) => world.reaches(id, 'delivered');
const begun = async (id: string, input = one) => {
  await world.start({ requestId: id, ...input });
  return id;
};

/** What happens to the request of an ID, until its end. */
type Scenarios = Record<string, (id: string) => Promise<unknown>>;
const overdue = async (id: string) => {
  await waiting(await begun(id));
  await world.pass(id, 30);
  await delivered(id);
};

const scenarios: Scenarios = {
  overdue,
  async delivered(id) {
    await waiting(await begun(id));
    await answered(id, 'a.csv');
    await delivered(id);
    await world.pass(id, 31);
  },
  async supplement(id) {
    await overdue(id);
    await answered(id, 'late.csv');
    await world.pass(id, 4);
    await world.until(id, ({ supplements }) => supplements.length === 1, 'a supplement');
    await world.pass(id, 31);
  },
  async extended(id) {
    await waiting(await begun(id));
    await world.order(id, 'extendDeadline', {
      reason: 'complexity',
      noticeSentAt: new Date().toISOString(),
      by,
    });
    await world.pass(id, 40);
    await answered(id, 'a.csv');
    await delivered(id);
  },
  async reviewed(id) {
    await begun(id, { ...two, policy: { reviewPackage: true } });
    const { profiles } = await world.until(id, ({ waitingOn }) =>
      waitingOn.includes('operator:match'),
    );
    await world.order(id, 'decideMatch', {
      decisions: profiles.map(({ partyId, dataSpace }, index) => ({
        partyId,
        dataSpace,
        include: index === 0,
        reason: 'looked at',
      })),
      by,
    });
    await world.until(
      id,
      ({ waitingOn }) => waitingOn.includes('shop') || waitingOn.includes('operator:approval'),
    );
    if ((await world.status(id)).waitingOn.includes('shop')) {
      await world.order(id, 'skipSystem', { system: 'shop', reason: 'closed', by });
    }
    const { revision } = await world.until(id, ({ waitingOn }) =>
      waitingOn.includes('operator:approval'),
    );
    await world.order(id, 'approvePackage', { revision, by });
    await delivered(id);
  },
  async refused(id) {
    await begun(id, { ...one, identity: 'required' });
    await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:identity'));
    await world.signal(id, 'identityRejected', { reason: 'the code was not entered', by });
  },
  async confirmed(id) {
    await begun(id, { ...one, identity: 'required' });
    await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:identity'));
    await world.signal(id, 'identityConfirmed', { method: 'code by e-mail', by });
    await waiting(id);
    await world.signal(id, 'vendorResponded', {
      system: 'shop',
      outcome: 'nothing-held',
      by: 'shop',
    });
    await delivered(id);
  },
  async withdrawn(id) {
    await waiting(await begun(id));
    await world.order(id, 'withdraw', { reason: 'no longer wanted', by });
  },
  async failed(id) {
    await fault(world, 'core GET /services/data/v[0-9.]+/query', 'bad-request');
    await begun(id);
    await world.until(
      id,
      ({ waitingOn }) => waitingOn.includes('crm') && waitingOn.includes('shop'),
    );
    await mended(world);
    await world.order(id, 'retrySystem', { system: 'crm', by });
    await waiting(id);
    await answered(id, 'a.csv');
    await delivered(id);
  },
  async waiting(id) {
    await waiting(await begun(id));
    await world.pass(id, 15);
    await world.until(id, ({ systems }) =>
      systems.some(({ id: system, reminders }) => system === 'shop' && reminders > 0),
    );
  },
};

/** Actions of operators in Temporal, and a message with a key that no worker has. */
Object.assign(scenarios, {
  async cancelled(id) {
    await waiting(await begun(id));
    await world.client.workflow.getHandle(`dsar-${id}`).cancel();
    await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:cancelled'));
    await world.order(id, 'continueRequest', { reason: 'pressed by mistake', by });
    await answered(id, 'a.csv');
    await delivered(id);
  },
  async unreadable(id) {
    await waiting(await begun(id));
    const stranger = new Client({
      connection: world.server.connection,
      namespace: world.server.namespace,
      dataConverter: createDataConverter(parseKeys(makeKey('k9'))),
    });
    await stranger.workflow
      .getHandle(`dsar-${id}`)
      .signal('vendorResponded', { system: 'shop', outcome: 'nothing-held', by: 'shop' });
    await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:codec-key'));
    await answered(id, 'a.csv');
    await delivered(id);
  },
  async reset(id) {
    await waiting(await begun(id));
    await answered(id, 'a.csv');
    await delivered(id);
    await reset(world, id);
    await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:reset'));
    await world.order(id, 'continueRequest', { reason: 'the archive was lost', by });
    await delivered(id);
  },
} satisfies Scenarios);

/** On a server that suggests to continue as new early, so one request takes several runs. */
const inManyRuns: Scenarios = {
  async continued(id) {
    await begun(id, { ...one, identity: 'required' });
    await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:identity'));
    await world.pass(id, 9);
    await world.signal(id, 'identityConfirmed', { method: 'code by e-mail', by });
    await waiting(id);
    await world.pass(id, 30);
    await delivered(id);
    await answered(id, 'late.csv');
    await world.pass(id, 4);
    await world.until(id, ({ supplements }) => supplements.length === 1, 'a supplement');
    await world.pass(id, 31);
  },
};

/** Writes the history of each run. If there are several, the names have a number. */
async function write(name: string, id: string): Promise<void> {
  const runs = await runsOf(world, id);
  for (const [index, { runId }] of runs.entries()) {
    const history = await world.client.workflow.getHandle(`dsar-${id}`, runId).fetchHistory();
    writeFileSync(
      join(folder, `${name}${runs.length > 1 ? `-${index + 1}` : ''}.json`),
      historyToJSON(history),
    );
  }
  console.log(`recorded ${name}${runs.length > 1 ? ` in ${runs.length} runs` : ''}`);
}

const worlds: readonly (readonly [Scenarios, readonly string[]])[] = [
  [scenarios, []],
  [inManyRuns, ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60']],
];
for (const [plays, serverArgs] of worlds) {
  const missing = Object.entries(plays).filter(([name]) => !isThere(name));
  if (missing.length === 0) continue;
  world = await openWorld({ ...company, ...(codecKeys && { codecKeys }), serverArgs });
  codecKeys = world.codecKeys;
  writeFileSync(keyFile, `${world.codecKeys}\n`);
  try {
    for (const [name, play] of missing) {
      await play(`H-${name}`);
      await write(name, `H-${name}`);
    }
  } finally {
    await world.stop();
  }
}
process.exit(0);
