// Records the histories of synthetic requests under test/histories/<version>/, once per release. They are replayed for ever: a
// folder that is there is never written again.
import { existsSync, mkdirSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { openWorld } from '../dist/test/support/world.js';
import { inInbox } from '../dist/test/support/evidence.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = join(root, 'test/histories', version);
if (existsSync(folder)) {
  console.error(`test/histories/${version} is there already. Histories are recorded once per release, and only added.`);
  process.exit(1);
}

const world = await openWorld({
  seed: JSON.parse(readFileSync(join(root, 'test/seeds/unconfirmed-second-email.json'), 'utf8')),
  systems: [
    { id: 'crm', connector: 'core-crm', dataSources: ['Salesforce_Home'] },
    { id: 'shop', connector: 'manual', dataSources: ['Web_Shop'], instructions: 'Ask the web shop.' },
  ],
});
const one = { subject: { emails: ['dana.kerr@example.com'] } };
const two = { subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] }, identity: { confirmed: ['emails[0]'] } };
const by = 'operator';
const waiting = (id) => world.until(id, ({ waitingOn, systems }) => waitingOn.includes('shop') && systems.every((it) => it.id === 'shop' || it.state === 'done'));
const answered = async (id, name) => world.order(id, 'respondForVendor', { system: 'shop', outcome: 'delivered', files: [await inInbox(world, id, 'shop', name, `${name}\n1\n`)], by });
const delivered = (id) => world.reaches(id, 'delivered');
const begun = async (id, input = one) => {
  await world.start({ requestId: id, ...input });
  return id;
};

const scenarios = {
  async delivered(id) {
    await waiting(await begun(id));
    await answered(id, 'a.csv');
    await delivered(id);
    await world.pass(id, 31);
  },
  async overdue(id) {
    await waiting(await begun(id));
    await world.pass(id, 30);
    await delivered(id);
  },
  async supplement(id) {
    await scenarios.overdue(id);
    await answered(id, 'late.csv');
    await world.pass(id, 4);
    await world.until(id, ({ supplements }) => supplements.length === 1, 'a supplement');
    await world.pass(id, 31);
  },
  async extended(id) {
    await waiting(await begun(id));
    await world.order(id, 'extendDeadline', { reason: 'complexity', noticeSentAt: new Date().toISOString(), by });
    await world.pass(id, 40);
    await answered(id, 'a.csv');
    await delivered(id);
  },
  async reviewed(id) {
    await begun(id, { ...two, policy: { reviewPackage: true } });
    const { profiles } = await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:match'));
    await world.order(id, 'decideMatch', { decisions: profiles.map(({ partyId, dataSpace }, index) => ({ partyId, dataSpace, include: index === 0, reason: 'looked at' })), by });
    await world.until(id, ({ waitingOn }) => waitingOn.includes('shop') || waitingOn.includes('operator:approval'));
    if ((await world.status(id)).waitingOn.includes('shop')) await world.order(id, 'skipSystem', { system: 'shop', reason: 'closed', by });
    const { revision } = await world.until(id, ({ waitingOn }) => waitingOn.includes('operator:approval'));
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
    await world.signal(id, 'vendorResponded', { system: 'shop', outcome: 'nothing-held', by: 'shop' });
    await delivered(id);
  },
  async withdrawn(id) {
    await waiting(await begun(id));
    await world.order(id, 'withdraw', { reason: 'no longer wanted', by });
  },
};

try {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'codec-keys.txt'), `${world.codecKeys}\n`);
  for (const [name, play] of Object.entries(scenarios)) {
    const id = `H-${name}`;
    await play(id);
    const handle = world.client.workflow.getHandle(`dsar-${id}`);
    writeFileSync(join(folder, `${name}.json`), historyToJSON(await handle.fetchHistory()));
    console.log(`recorded ${name}`);
  }
} finally {
  await world.stop();
}
process.exit(0);
