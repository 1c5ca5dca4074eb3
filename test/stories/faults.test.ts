import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FAULTS, openWalk, type Walk } from '../support/fault-walk.ts';
import { expectedMarkers } from '../support/seeds.ts';
import { WALKED_PERSON, WALKED_SUBJECT, WALKED_SYSTEMS } from '../support/walked-person.ts';

const SAMPLE = [
  '401',
  '403 limit',
  '429 with Retry-After',
  '503 JSON',
  '503 HTML',
  'dropped',
  'slow',
  'expired',
  'foreign shape',
  'error with 200',
];

describe('a fault at any call ends in a complete package, or in a named gap that a retry mends', () => {
  let walk: Walk;
  before(async () => {
    walk = await openWalk({
      seed: WALKED_PERSON,
      subject: WALKED_SUBJECT,
      systems: WALKED_SYSTEMS,
      marker: /\b(?:OWN|OTHER)-\d{4}\b/g,
    });
  });
  after(() => walk?.stop());

  it(
    "without one the package holds each of the person's rows once per profile, and none of " +
      "anybody else's",
    () => {
      assert.deepEqual(walk.expected, expectedMarkers(WALKED_PERSON, /\bOWN-\d{4}\b/g));
    },
  );

  const sample = FAULTS.filter(({ name }) => SAMPLE.includes(name));
  sample.forEach((fault, index) => {
    it(fault.name, async () => {
      const call = Math.floor((((index * 7 + 3) % sample.length) / sample.length) * walk.calls);
      const { wrong, hit } = await walk.run(fault, call);
      assert.deepEqual([wrong, hit], [undefined, true]);
    });
  });
});
