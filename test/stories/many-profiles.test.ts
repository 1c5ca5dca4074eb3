import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import type { ProfileStatus, RequestStatus } from '../../src/contract/status.ts';
import { opened } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';

const COUNT = 505;
const UNIFIED = '4dd1c0de-0000-3000-8000-000000000099';
const ids = Array.from({ length: COUNT }, (_, index) => `P-${index}`);
const seed = {
  dataCloud: {
    default: {
      ssot__Individual__dlm: ids.map((id) => ({
        ssot__Id__c: id,
        ssot__FirstName__c: 'Max',
        ssot__LastName__c: 'Many',
        ssot__DataSourceId__c: 'Web_Shop',
      })),
      ssot__ContactPointEmail__dlm: [
        {
          ssot__Id__c: 'CPE-1',
          ssot__PartyId__c: 'P-0',
          ssot__EmailAddress__c: 'max.many@example.com',
          ssot__DataSourceId__c: 'Web_Shop',
        },
      ],
      UnifiedLinkssotIndividualIr01__dlm: ids.map((id) => ({
        SourceRecordId__c: id,
        UnifiedRecordId__c: UNIFIED,
        ssot__DataSourceId__c: 'Web_Shop',
      })),
    },
  },
};

describe('more profiles than the status shows', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed,
      systems: [{ id: 'crm', connector: 'core-crm', dataSources: ['Web_Shop'] }],
    });
  });
  after(() => world?.stop());

  const listed = async ({ profilesRef }: RequestStatus): Promise<ProfileStatus[]> => {
    const text = await readFile(fileURLToPath(profilesRef?.uri ?? ''), 'utf8');
    assert.equal(createHash('sha256').update(text).digest('hex'), profilesRef?.sha256);
    return JSON.parse(text) as ProfileStatus[];
  };

  it(
    'are all in a list that it refers to, from which an operator decides, and which follows ' +
      'what became of them',
    async () => {
      await world.start({ requestId: 'MANY-1', subject: { emails: ['max.many@example.com'] } });
      const found = await world.until('MANY-1', ({ waitingOn }) =>
        waitingOn.includes('operator:match'),
      );
      const all = await listed(found);
      assert.deepEqual(
        [found.profiles.length, found.profilesRef?.count, all.length],
        [500, COUNT, COUNT],
      );
      assert.match(
        found.waits[0]?.reason ?? '',
        new RegExp(`^${COUNT} profile.* and ${COUNT - 10} more`),
      );
      const decisions = all.map(({ partyId, dataSpace }) => ({
        partyId,
        dataSpace,
        include: partyId !== 'P-7',
        reason: 'the customer numbers were checked',
      }));
      await world.order('MANY-1', 'decideMatch', { decisions, by: 'operator' });
      const delivered = await world.reaches('MANY-1', 'delivered');
      const states = (await listed(delivered)).map(
        ({ partyId, state }) => `${partyId === 'P-7' ? partyId : 'others'} ${state}`,
      );
      assert.deepEqual([...new Set(states)].sort(), ['P-7 gap', 'others exported']);
      const folders = new Set(
        [...(await opened(delivered.package)).keys()]
          .filter((name) => name.startsWith('profiles/'))
          .map((name) => name.split('/')[1]),
      );
      assert.equal(folders.size, COUNT - 1);
    },
  );
});
