import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSeed } from '../src/seed/seed.ts';
import { simulated } from './start.ts';

const people = { count: 200, rowsPerPerson: 30, randomSeed: 7 };
const stage = simulated({ people });
const twin = simulated({ people });
const other = simulated({ people: { ...people, randomSeed: 8, dataSpace: 'brand_b' } });
const rows = async (sql: string, at = stage, space = 'default') =>
  (await at.client.sql(sql, {}, space)).body.data;
const all =
  'SELECT "ssot__Id__c", "ssot__FirstName__c", "ssot__BirthDate__c" FROM ' +
  '"ssot__Individual__dlm" ORDER BY 1 LIMIT 100';

describe('people that the simulator makes', () => {
  it('have one to three profiles, all behind one unified individual', async () => {
    const found =
      await rows(`SELECT l."UnifiedRecordId__c", count(*), count(DISTINCT i."ssot__FirstName__c") FROM "UnifiedLinkssotIndividualIr01__dlm" l
      JOIN "ssot__Individual__dlm" i ON i."ssot__Id__c" = l."SourceRecordId__c" AND i."KQ_Id__c" = l."KQ_SourceRecordId__c" GROUP BY 1`);
    assert.equal(found.length, 100);
    assert.deepEqual([...new Set(found.map(([, profiles]) => profiles))].toSorted(), [1, 2, 3]);
    assert.ok(found.every(([, , names]) => names === 1));
  });

  it('are found by their number', async () => {
    const [[count]] = (await rows(
      `SELECT count(DISTINCT "ssot__ExternalRecordId__c") FROM "ssot__ContactPointEmail__dlm" ` +
        `WHERE LOWER(TRIM("ssot__EmailAddress__c")) = 'person-0000007@example.com'`,
    )) as [[number]];
    assert.equal(count, 1);
  });

  it('have as many rows as they should, each of one of their own profiles', async () => {
    const counts = await rows(`SELECT e."ssot__ExternalRecordId__c", count(*) FROM (
        SELECT "ssot__ExternalRecordId__c", "ssot__SoldToCustomerId__c" AS party FROM "ssot__SalesOrder__dlm"
        UNION ALL SELECT "ssot__ExternalRecordId__c", "ssot__IndividualId__c" FROM "ssot__EmailEngagement__dlm"
        UNION ALL SELECT "ssot__ExternalRecordId__c", "ssot__IndividualId__c" FROM "ssot__WebsiteEngagement__dlm") e
      JOIN "ssot__Individual__dlm" i ON i."ssot__Id__c" = e.party AND i."ssot__ExternalRecordId__c" = e."ssot__ExternalRecordId__c" GROUP BY 1 LIMIT 100`);
    assert.deepEqual([...new Set(counts.map(([, count]) => count))], [30]);
  });

  it('are the same for the same random seed, and others for another', async () => {
    const mine = await rows(all);
    assert.deepEqual(await rows(all, twin), mine);
    assert.notDeepEqual(await rows(all, other, 'brand_b'), mine);
  });

  it('come from data sources that streams name', async () => {
    const { dataStreams } = (await stage.client.get('/ssot/data-streams?limit=200')).body;
    const sources = new Set(
      dataStreams.map((stream) => (stream as unknown as { dataSource: string }).dataSource),
    );
    assert.deepEqual([...sources].toSorted(), ['Acme_Mail', 'Salesforce_Home', 'Web_Shop']);
  });

  it('are refused where they are too many', () => {
    assert.throws(
      () => readSeed({ people: { count: 1_000_000, rowsPerPerson: 51 } }),
      /seed: people must make 50000000 rows at most/,
    );
  });
});
