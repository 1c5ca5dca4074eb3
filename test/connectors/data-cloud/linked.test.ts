import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { locate } from '../../../src/connectors/data-cloud/locate/locate.ts';
import { systemFailureOf } from '../../salesforce/plain-server.ts';
import { identifier } from '../fixture.ts';
import { AT, stand, type Stand } from '../stand.ts';

const ANA = 'ana.lima@example.com';
const LOOKUPS = 'tenant GET /api/v1/universalIdLookup/:link/:source/:object/:record';

describe('a link object that cannot be queried', () => {
  let at: Stand;
  before(async () => {
    const person = (id: string, source: string, object: string | null) => ({
      ssot__Id__c: id,
      ssot__DataSourceId__c: source,
      ssot__DataSourceObjectId__c: object,
      ssot__FirstName__c: 'Ana',
      ssot__LastName__c: 'Lima',
    });
    const link = (id: string, unified: string, source: string, object: string) => ({
      SourceRecordId__c: id,
      UnifiedRecordId__c: unified,
      ssot__DataSourceId__c: source,
      ssot__DataSourceObjectId__c: object,
    });
    const email = (party: string, address: string, source: string) => ({
      ssot__Id__c: `E-${party}`,
      ssot__PartyId__c: party,
      ssot__EmailAddress__c: address,
      ssot__DataSourceId__c: source,
    });
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: [
            person('P-1', 'CRM_1', 'Contact'),
            person('P/2 x', 'WEB_1', 'Web Profile'),
            person('P-3', 'WEB_1', null),
            person('P-9', 'WEB_1', 'Web Profile'),
          ],
          ssot__ContactPointEmail__dlm: [
            email('P-1', ANA, 'CRM_1'),
            email('P-3', 'lone@example.com', 'WEB_1'),
          ],
          UnifiedLinkssotIndividualIr01__dlm: [
            link('P-1', 'U-1', 'CRM_1', 'Contact'),
            link('P/2 x', 'U-1', 'WEB_1', 'Web Profile'),
            link('P-9', 'U-9', 'WEB_1', 'Web Profile'),
          ],
        },
      },
    });
  });
  after(() => at.stop());

  /**
   * Locates while the query of the link object is refused: the third one, behind contact points and
   * individuals.
   */
  const locating = async (email: string, fault = 'bad-request') => {
    const salesforce = at.connect({ ca: at.simulator.ca });
    const map = await discover(salesforce, 'default', { exclude: [], rulesets: 'auto' });
    await at.fault('^core POST .*query-sql', fault, { after: 2, times: 1 });
    try {
      return await locate(salesforce, {
        identifiers: [identifier(email)],
        dataSpaces: ['default'],
        rulesets: 'auto',
        maxProfiles: 20,
        at: AT,
        mapOf: async () => map,
      });
    } finally {
      await at.clear();
    }
  };

  for (const fault of ['bad-request', 'forbidden']) {
    it(`is looked up by Universal ID, record by record (${fault})`, async () => {
      const before = (await at.calls())[LOOKUPS] ?? 0;
      const { profiles, reviews } = await locating(ANA, fault);
      assert.deepEqual(
        profiles.map(({ partyId, unifiedIndividuals }) => [partyId, unifiedIndividuals]),
        [
          ['P-1', ['U-1']],
          ['P/2 x', ['U-1']],
        ],
      );
      assert.deepEqual(reviews, []);
      assert.equal((await at.calls())[LOOKUPS], before + 1);
    });
  }

  it('stays a failure where a record cannot be looked up either', async () => {
    assert.equal((await systemFailureOf(locating('lone@example.com'))).facts.kind, 'rejected');
  });
});
