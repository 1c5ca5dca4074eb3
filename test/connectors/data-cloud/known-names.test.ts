import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { knownNames } from '../../../src/connectors/data-cloud/locate/known-names.ts';
import { profile } from '../fixture.ts';
import { stand, type Stand } from '../stand.ts';

const individual = (id: string, dataSource: string, names: object) => ({
  ssot__Id__c: id,
  ssot__DataSourceId__c: dataSource,
  ...names,
});

describe('what Data Cloud calls the included profiles', () => {
  let at: Stand;
  before(async () => {
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: [
            individual('P-1', 'CRM', {
              ssot__FirstName__c: 'Ana',
              ssot__LastName__c: 'Lima',
              ssot__BirthDate__c: '1990-04-01',
            }),
            individual('P-1', 'WEB', { ssot__FirstName__c: 'Bo' }),
            individual('P-2', 'WEB', { ssot__FirstName__c: 'Ann' }),
          ],
        },
        brand: { ssot__Individual__dlm: [individual('P-1', 'CRM', { ssot__FirstName__c: 'Zoe' })] },
      },
    });
  });
  after(() => at.stop());
  const ask = (...profiles: ReturnType<typeof profile>[]) => {
    const { signal } = new AbortController();
    return knownNames(
      at.salesforce,
      (dataSpace) => discover(at.salesforce, dataSpace, { exclude: [], rulesets: 'auto' }, signal),
      profiles,
      signal,
    );
  };

  it('are names and birth dates of these, and of nobody with the same party ID', async () => {
    const crm = { dataSource: 'CRM' };
    assert.deepEqual(
      await ask(
        profile(crm),
        profile({ partyId: 'P-2', dataSource: 'WEB' }),
        profile({ ...crm, dataSpace: 'brand' }),
      ),
      [
        { givenName: 'Ana', familyName: 'Lima', birthDate: '1990-04-01' },
        { givenName: 'Ann', familyName: '', birthDate: '' },
        { givenName: 'Zoe', familyName: '', birthDate: '' },
      ],
    );
  });

  it('are none where there is no profile', async () => assert.deepEqual(await ask(), []));
});
