import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { EVERY_CLOUD, EVERY_CLOUD_WALK } from '../support/every-cloud.ts';
import { FAULTS, openWalk, type Walk } from '../support/fault-walk.ts';
import { expectedMarkers } from '../support/seeds.ts';
import { VENDOR_CALLS, VENDOR_FAULTS } from '../support/vendor-walk.ts';

const SAMPLE = ['401', 'dropped', 'lost answer', 'locked row', 'error with 200'];
const OWN = /\bOWN-\d{4}\b/g;
const withoutFiles = (name: string, value: unknown): unknown =>
  name === 'VersionData' || name === 'Body' ? undefined : value;
const { core, marketingCloud, accountEngagement, b2cCommerce, personalization } = EVERY_CLOUD;
const rowsOfClouds = (
  JSON.stringify(
    { core, marketingCloud, accountEngagement, b2cCommerce, personalization },
    withoutFiles,
  ).match(OWN) ?? []
).map((marker) => [marker, 1] as const);

describe('a fault at any call to any cloud ends in a complete package, or in a named gap that a retry mends', () => {
  let walk: Walk;
  before(async () => {
    walk = await openWalk(EVERY_CLOUD_WALK);
  });
  after(() => walk?.stop());

  it(
    'without one the package holds each of her rows once per profile, from every cloud, and ' +
      "nobody else's",
    () => {
      assert.deepEqual(walk.expected, {
        ...expectedMarkers({ dataCloud: EVERY_CLOUD.dataCloud }, OWN),
        ...Object.fromEntries(rowsOfClouds),
      });
    },
  );

  const sample = FAULTS.filter(({ name }) => SAMPLE.includes(name));
  sample.forEach((fault, index) => {
    it(fault.name, async () => {
      const call = Math.floor(
        ((((index * 3 + 1) % sample.length) + 0.5) / sample.length) * walk.calls,
      );
      const { wrong, hit } = await walk.run(fault, call);
      assert.deepEqual([wrong, hit], [undefined, true]);
    });
  });

  it('503 JSON at a call to a vendor', async () => {
    const [busy] = VENDOR_FAULTS.filter(({ name }) => name === '503 JSON');
    assert.ok(busy);
    const { wrong, hit } = await walk.run(busy, 3, VENDOR_CALLS);
    assert.deepEqual([wrong, hit], [undefined, true]);
  });
});
