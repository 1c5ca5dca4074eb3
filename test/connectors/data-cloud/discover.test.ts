import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { discover, mapObjects } from '../../../src/connectors/data-cloud/discover.ts';
import type { Edge, Entity } from '../../../src/salesforce/metadata.ts';
import { stand } from '../stand.ts';

const entity = (name: string, fields: readonly string[], primaryKey = 'ssot__Id__c', edges: readonly Edge[] = []): Entity => ({
  name, label: name, category: '', primaryKey, edges,
  fields: [primaryKey, ...fields].map((field) => ({ name: field, label: field, type: 'STRING', keyQualifier: null })),
});
const edge = (from: string, to: string, cardinality = 'NTOONE'): Edge => {
  const [fromObject = '', fromField = ''] = from.split('.');
  const [toObject = '', toField = 'ssot__Id__c'] = to.split('.');
  return { from: fromObject, fromField, to: toObject, toField, cardinality };
};
const INDIVIDUAL = entity('ssot__Individual__dlm', ['ssot__FirstName__c', 'KQ_Id__c', 'ssot__DataSourceId__c', 'ssot__PrimaryAccountId__c']);
const options = { dataSpace: 'default', exclude: [], rulesets: 'auto' } as const;
const mapOf = (entities: readonly Entity[], edges: readonly Edge[], more = {}) => mapObjects([INDIVIDUAL, ...entities], INDIVIDUAL, edges, { ...options, ...more });
const reachOf = (map: ReturnType<typeof mapOf>) => Object.fromEntries(map.objects.map(({ name, reach }) => [name, reach]));

describe('objects that relate to a person', () => {
  it('are those with an edge to the individual, and those with an edge to one of these', () => {
    const map = mapOf(
      [entity('Order__dlm', ['BuyerId__c', 'KQ_BuyerId__c']), entity('OrderLine__dlm', ['OrderId__c']), entity('LineNote__dlm', ['LineId__c'])],
      [edge('Order__dlm.BuyerId__c', 'ssot__Individual__dlm'), edge('OrderLine__dlm.OrderId__c', 'Order__dlm'), edge('LineNote__dlm.LineId__c', 'OrderLine__dlm')],
    );
    assert.deepEqual(reachOf(map), { ssot__Individual__dlm: 'self', Order__dlm: 'direct', OrderLine__dlm: 'through' });
    assert.deepEqual(map.objects[1]?.personFields, [{ field: 'BuyerId__c', keyQualifier: 'KQ_BuyerId__c' }]);
    assert.deepEqual(map.unreachable.map(({ object }) => object), ['LineNote__dlm']);
  });

  it('are reached by every edge that they have to the individual', () => {
    const map = mapOf([entity('Gift__dlm', ['GiverId__c', 'TakerId__c'])], [edge('Gift__dlm.GiverId__c', 'ssot__Individual__dlm'), edge('Gift__dlm.TakerId__c', 'ssot__Individual__dlm')]);
    assert.deepEqual(map.objects[1]?.personFields.map(({ field }) => field), ['GiverId__c', 'TakerId__c']);
  });

  it('are not reached by way of what many people share', () => {
    const map = mapOf(
      [entity('ssot__Account__dlm', ['ssot__OwnerPersonId__c']), entity('Invoice__dlm', ['AccountId__c']), entity('ssot__Campaign__dlm', ['ManagerId__c']), entity('CampaignStep__dlm', ['CampaignId__c'])],
      [edge('ssot__Individual__dlm.ssot__PrimaryAccountId__c', 'ssot__Account__dlm'), edge('Invoice__dlm.AccountId__c', 'ssot__Account__dlm'), edge('ssot__Campaign__dlm.ManagerId__c', 'ssot__Individual__dlm'), edge('CampaignStep__dlm.CampaignId__c', 'ssot__Campaign__dlm')],
    );
    assert.deepEqual(Object.keys(reachOf(map)), ['ssot__Individual__dlm', 'ssot__Campaign__dlm']);
    assert.deepEqual(map.shared.map(({ object }) => object), ['ssot__Account__dlm', 'Invoice__dlm']);
    assert.deepEqual(map.unreachable.map(({ object }) => object), ['CampaignStep__dlm']);
  });

  it('are not guessed by the name of a field, but listed', () => {
    const map = mapOf([entity('Survey__dlm', ['PartyId__c'])], []);
    assert.deepEqual(map.guessed.map(({ object, why }) => [object, why]), [['Survey__dlm', 'its field PartyId__c may hold a person, but no relationship says so']]);
    assert.deepEqual(Object.keys(reachOf(map)), ['ssot__Individual__dlm']);
  });

  it('are left out where the configuration says so, and listed', () => {
    const map = mapOf([entity('Order__dlm', ['BuyerId__c'])], [edge('Order__dlm.BuyerId__c', 'ssot__Individual__dlm')], { exclude: ['Order__dlm'] });
    assert.deepEqual([Object.keys(reachOf(map)), map.excluded.map(({ object }) => object)], [['ssot__Individual__dlm'], ['Order__dlm']]);
  });

  it('hold the links of every ruleset, or of those that the configuration names', () => {
    const link = (name: string) => entity(name, ['UnifiedRecordId__c', 'KQ_SourceRecordId__c'], 'SourceRecordId__c');
    const links = [link('UnifiedLinkssotIndividualIr01__dlm'), link('UnifiedLinkssotIndividualProd__dlm'), link('IndividualIdentityLink__dlm'), entity('UnifiedssotIndividualIr01__dlm', [])];
    assert.deepEqual(mapOf(links, []).rulesets.map(({ id, unified }) => [id, unified]), [['Ir01', 'UnifiedssotIndividualIr01__dlm'], ['Prod', null], ['default', null]]);
    const chosen = mapOf(links, [], { rulesets: ['Prod', 'Gone'] });
    assert.deepEqual([chosen.rulesets.map(({ id }) => id), chosen.notes], [['Prod'], ['The data space default has no ruleset Gone.']]);
  });
});

describe('discovering', () => {
  it('works in an org from before the prefix, where the link is told from its other side', async () => {
    const at = await stand({ dataCloud: { default: {
      Individual__dlm: [{ Id__c: 'P-1', FirstName__c: 'Ana' }], ContactPointEmail__dlm: [{ Id__c: 'E-1', PartyId__c: 'P-1', EmailAddress__c: 'a@example.com' }],
      IndividualIdentityLink__dlm: [{ SourceRecordId__c: 'P-1', UnifiedRecordId__c: 'U-1' }],
    } } });
    try {
      const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
      assert.deepEqual([map.individual.object, map.individual.key.field, map.emails?.values, map.rulesets.map(({ id }) => id)], ['Individual__dlm', 'Id__c', ['EmailAddress__c'], ['default']]);
      assert.deepEqual(reachOf(map), { Individual__dlm: 'self', IndividualIdentityLink__dlm: 'direct', ContactPointEmail__dlm: 'direct' });
    } finally {
      await at.stop();
    }
  });

  it('counts an edge that nobody switched on, if a source fills its field', async () => {
    const at = await stand({
      dataCloud: { default: { ssot__Individual__dlm: [{ ssot__Id__c: 'P-1' }], Ticket__dlm: [{ TicketId__c: 'T-1', OwnerKey__c: 'P-1', DataSource__c: 'DESK_1' }] } },
      metadata: { Ticket__dlm: { primaryKey: 'TicketId__c', relationships: [{ field: 'OwnerKey__c', to: 'ssot__Individual__dlm', active: false }] } },
    });
    try {
      const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
      assert.equal(reachOf(map).Ticket__dlm, 'direct');
    } finally {
      await at.stop();
    }
  });
});
