import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { serveDrop } from '../connectors/drop-server.ts';
import { CLOUD_PERSON, CLOUD_SUBJECT, cloudSystems } from '../support/cloud-person.ts';
import { countsIn, findings, manifestOf, opened } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

describe('a person in every cloud', () => {
  let world: World;
  let bucket: Awaited<ReturnType<typeof serveDrop>>;
  before(async () => {
    bucket = await serveDrop(
      () => join(world.folder, 'simulator/drops/drop'),
      () => new Date(0).toISOString(),
    );
    world = await openWorld({
      seed: CLOUD_PERSON,
      policy: { systems: ['copy'] },
      systems: (simulator) => [
        ...cloudSystems(simulator, bucket.endpoint),
        { id: 'web', connector: 'manual', dataSources: ['WEB'] },
      ],
    });
  });
  after(async () => {
    await world?.stop();
    await bucket?.stop();
  });

  const delivered = async (requestId: string, type: 'access' | 'portability') => {
    await world.start({ requestId, type, subject: CLOUD_SUBJECT });
    await world.until(
      requestId,
      ({ systems, waitingOn }) => systems.length > 5 && waitingOn.join() === 'web',
      'all but the web shop',
    );
    await world.signal(requestId, 'vendorResponded', {
      system: 'web',
      outcome: 'nothing-held',
      files: [],
      by: 'test',
    });
    const status = await world.reaches(requestId, 'delivered');
    return { status, entries: await opened(status.package) };
  };

  it(
    "gets each of her rows from each of them, and nobody else's, with Data Cloud's own copy " +
      'where data are to be handed over',
    async () => {
      const { status, entries } = await delivered('C-1', 'portability');
      assert.deepEqual(status.systems.map(({ id, outcome }) => [id, outcome]).toSorted(), [
        ['copy', 'delivered'],
        ['crm', 'delivered'],
        ['data-cloud', 'delivered'],
        ['marketing', 'delivered'],
        ['pardot', 'delivered'],
        ['personal', 'delivered'],
        ['policy', 'delivered'],
        ['shop', 'delivered'],
        ['web', 'nothing-held'],
      ]);
      assert.deepEqual(countsIn(entries, /OWN-\w+/g), {
        'OWN-V': 1,
        'OWN-C': 1,
        'OWN-A': 4,
        'OWN-P': 1,
        'OWN-W': 1,
        'OWN-D': 3,
        'OWN-E': 5,
        'OWN-F': 1,
        'OWN-N': 1,
        'OWN-S': 1,
        'OWN-H': 1,
        'OWN-I': 1,
        'OWN-O1': 1,
        'OWN-O2': 1,
        'OWN-U': 1,
      });
      assert.deepEqual(findings(entries, /OTHER-\w+/), []);
      assert.ok(entries.has('systems/policy/policy-1.zip'));
      assert.ok(
        [...entries.keys()].some((name) => /^systems\/copy\/profile-\d\/.*Website/.test(name)),
      );
      assert.deepEqual(
        manifestOf(entries)
          .gaps.map(({ system, because }) => [system, because])
          .toSorted(),
        [
          ['copy', 'ambiguous-rows'],
          ['pardot', 'restricted'],
        ],
      );
      assert.ok(!findings(entries, /drop-secret|AKIAWRITE/).length);
    },
  );

  it("gets no copy of Data Cloud's own where she asks for access", async () => {
    const { status, entries } = await delivered('C-2', 'access');
    assert.ok(!status.systems.some(({ id }) => id === 'copy'));
    assert.ok(![...entries.keys()].some((name) => name.startsWith('systems/copy/')));
  });
});
