import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import {
  countsIn,
  fault,
  findings,
  manifestOf,
  mended,
  opened,
  shownAlike,
} from '../support/evidence.ts';
import { expectedMarkers, personSeed } from '../support/seeds.ts';
import { openWorld, type World } from '../support/world.ts';

const DAY = 24 * 3600 * 1000;
const seed = personSeed('MONA', 'test/seeds/same-id-two-sources.json');
const own = /\bMONA-OWN-\d{4}\b/g;
const LOOKUP = 'core POST .*query-sql';

describe('an object of Data Cloud that cannot be read', () => {
  let world: World;
  let lookups = 0;
  before(async () => {
    world = await openWorld({
      seed,
      notUsed: {
        'core-crm': 'test',
        'marketing-cloud': 'test',
        'account-engagement': 'test',
        'b2c-commerce': 'test',
        personalization: 'test',
      },
    });
    await world.start({ requestId: 'COUNT', subject: { emails: ['mona.hart@example.com'] } });
    await world.until('COUNT', ({ systems }) =>
      systems.some(({ id, state }) => id === 'data-cloud' && state === 'done'),
    );
    const { calls } = (await (await fetch(world.simulator.control)).json()) as {
      calls: Record<string, number>;
    };
    lookups = Object.entries(calls)
      .filter(([call]) => new RegExp(LOOKUP).test(call))
      .reduce((sum, [, count]) => sum + count, 0);
  });
  after(() => world?.stop());
  afterEach(() => mended(world));

  const start = (requestId: string, more: Partial<RequestInput> = {}) =>
    world.start({ requestId, subject: { emails: ['mona.hart@example.com'] }, ...more });
  const gapsOf = ({ gaps }: RequestStatus) =>
    gaps
      .filter(({ system }) => system === 'data-cloud')
      .map(({ because }) => because)
      .sort();
  const skipSource = (requestId: string) =>
    world.order(requestId, 'skipSystem', {
      system: 'data-source:Acme_Mail',
      reason: 'it was closed',
      by: 'operator',
    });

  it('is read by a retry, and it alone; rows that are left out stay named', async () => {
    await fault(world, LOOKUP, 'forbidden', { after: lookups - 3, times: 1 });
    await start('R-1');
    const waiting = await world.until('R-1', ({ waitingOn }) => waitingOn.includes('data-cloud'));
    assert.deepEqual(
      gapsOf(waiting).filter((because) => because === 'denied'),
      ['denied'],
    );
    const wait = waiting.waits.find(({ on }) => on === 'data-cloud');
    assert.deepEqual([wait?.owner, wait?.then], ['operator', 'gap denied']);
    assert.deepEqual(
      waiting.profiles.map(({ state }) => state),
      ['gap'],
    );
    assert.equal(
      waiting.notices.filter(
        ({ kind, note }) => kind === 'escalation' && /data-cloud: denied/.test(note),
      ).length,
      1,
    );
    await mended(world);
    await fetch(`${world.simulator.control}/calls`, { method: 'DELETE' });
    await world.order('R-1', 'retrySystem', { system: 'data-cloud', by: 'operator' });
    const healed = await world.until('R-1', ({ systems }) =>
      systems.some(({ id, state }) => id === 'data-cloud' && state === 'done'),
    );
    assert.deepEqual(
      [gapsOf(healed), healed.profiles.map(({ state }) => state)],
      [['ambiguous-rows'], ['exported']],
    );
    const { calls } = (await (await fetch(world.simulator.control)).json()) as {
      calls: Record<string, number>;
    };
    const asked = Object.entries(calls)
      .filter(([call]) => new RegExp(LOOKUP).test(call))
      .reduce((sum, [, count]) => sum + count, 0);
    assert.ok(asked < lookups / 2, `${asked} queries, and ${lookups} for all`);
    await skipSource('R-1');
    const entries = await opened((await world.reaches('R-1', 'delivered')).package);
    assert.deepEqual(countsIn(entries, own), expectedMarkers(seed, own));
    assert.deepEqual(findings(entries, /(OTHER|AMBIGUOUS)-\d{4}/), []);
    assert.deepEqual(
      manifestOf(entries)
        .gaps.map(({ because }) => because)
        .sort(),
      ['ambiguous-rows', 'skipped'],
    );
  });

  it('is named at the cut-off, and the others are in the package', async () => {
    await fault(world, LOOKUP, 'forbidden', { after: lookups - 3, times: 1 });
    await start('R-2');
    await world.until('R-2', ({ waitingOn }) => waitingOn.includes('data-cloud'));
    await world.pass('R-2', 29);
    await world.reaches('R-2', 'delivered');
    const status = await shownAlike(world, 'R-2');
    assert.ok(gapsOf(status).includes('denied'));
    assert.deepEqual(
      status.profiles.map(({ state }) => state),
      ['gap'],
    );
    const entries = await opened(status.package);
    const [counted, expected] = [countsIn(entries, own), expectedMarkers(seed, own)];
    assert.ok(
      Object.keys(counted).length > 5 &&
        Object.keys(counted).every((marker) => counted[marker] === expected[marker]),
    );
    assert.deepEqual(findings(entries, /(OTHER|AMBIGUOUS)-\d{4}/), []);
  });

  it('and is still tried at the cut-off is named too, beside rows that were left out', async () => {
    await start('R-3', { law: 'appi', residence: { country: 'JP' }, identity: 'required' });
    const { timetable } = await world.until('R-3', ({ waitingOn }) =>
      waitingOn.includes('operator:identity'),
    );
    await world.pass(
      'R-3',
      (Date.parse(timetable?.cutOffAt ?? '') - Date.now()) / DAY - 6 / 86_400,
    );
    await fault(world, LOOKUP, 'unavailable', { after: lookups - 1 });
    await world.signal('R-3', 'identityConfirmed', { method: 'code', by: 'web-form' });
    const status = await world.reaches('R-3', 'delivered');
    assert.ok(gapsOf(status).includes('unavailable'), JSON.stringify(status.gaps));
    assert.match(
      status.gaps.find(({ because }) => because === 'unavailable')?.note ?? '',
      / in default could not be read before the cut-off/,
    );
    assert.deepEqual(
      status.profiles.map(({ state }) => state),
      ['gap'],
    );
    assert.equal(status.systems.find(({ id }) => id === 'data-cloud')?.state, 'gap');
    assert.ok(
      manifestOf(await opened(status.package)).gaps.some(
        ({ because }) => because === 'unavailable',
      ),
    );
  });
});
