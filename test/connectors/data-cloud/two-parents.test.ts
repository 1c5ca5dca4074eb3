import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import { profile } from '../fixture.ts';
import { stand, type Stand } from '../stand.ts';

const mail = (id: string, party: string) => ({
  ssot__Id__c: id,
  ssot__IndividualId__c: party,
  ssot__DataSourceId__c: 'CRM_1',
});
const topic = (id: string, email: string | null, website: string | null) => ({
  TopicId__c: id,
  ssot__EmailEngagementId__c: email,
  ssot__WebsiteEngagementId__c: website,
});

describe('an object with two parents', () => {
  let at: Stand;
  before(async () => {
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: ['P-1', 'P-2', 'P-9'].map((id) => ({
            ssot__Id__c: id,
            ssot__DataSourceId__c: 'CRM_1',
          })),
          ssot__EmailEngagement__dlm: [mail('M-1', 'P-1'), mail('M-9', 'P-9')],
          ssot__WebsiteEngagement__dlm: [
            mail('W-1', 'P-1'),
            mail('W-2', 'P-2'),
            mail('W-9', 'P-9'),
          ],
          Topic__dlm: [
            topic('T-1', 'M-1', null),
            topic('T-2', null, 'W-1'),
            topic('T-3', 'M-1', 'W-1'),
            topic('T-4', 'M-9', 'W-9'),
            topic('T-5', null, 'W-2'),
            topic('T-6', 'M-9', 'W-1'),
          ],
        },
      },
      metadata: {
        Topic__dlm: {
          primaryKey: 'TopicId__c',
          relationships: [
            { field: 'ssot__EmailEngagementId__c', to: 'ssot__EmailEngagement__dlm' },
            { field: 'ssot__WebsiteEngagementId__c', to: 'ssot__WebsiteEngagement__dlm' },
          ],
        },
      },
      paging: { firstPage: 1, page: 1 },
    });
  });
  after(() => at.stop());

  const exporting = async (more: object = {}) => {
    const map = await discover(at.salesforce, 'default', { exclude: [], rulesets: 'auto' });
    const object = map.objects.find(({ name }) => name === 'Topic__dlm');
    assert.ok(object);
    const profiles = ['P-1', 'P-2'].map((partyId, index) => ({
      ...profile({ partyId }),
      number: index + 1,
    }));
    return exportObject(
      at.salesforce,
      {
        object,
        dataSpace: 'default',
        profiles,
        siblings: await siblings(at.salesforce, map, profiles),
      },
      at.context('data-cloud', more),
    );
  };
  const topics = async (number: number) =>
    (await at.rows(`profiles/${number}/Topic__dlm.ndjson`)).map((row) => row.TopicId__c).toSorted();

  it('is read by way of both, and gives each row once', async () => {
    const { rowsPerProfile, provenance, withheldRows } = await exporting();
    assert.deepEqual(
      [rowsPerProfile, withheldRows, provenance.through],
      [{ 1: 4, 2: 1 }, 0, 'ssot__EmailEngagement__dlm ssot__WebsiteEngagement__dlm'],
    );
    assert.deepEqual([await topics(1), await topics(2)], [['T-1', 'T-2', 'T-3', 'T-6'], ['T-5']]);
  });

  it('goes on from any page of any way, and from the start of a way whose result is gone', async () => {
    const whole = await exporting();
    const beats: { query: { queryId: string; offset: number } | null }[] = [];
    await exporting({
      heartbeat: (details: unknown) => {
        beats.push(structuredClone(details) as (typeof beats)[number]);
      },
    });
    assert.ok(beats.length > 5);
    for (const resume of [
      ...beats,
      ...beats.flatMap((beat) =>
        beat.query === null ? [] : [{ ...beat, query: { ...beat.query, queryId: 'gone' } }],
      ),
    ]) {
      assert.deepEqual((await exporting({ resume })).files, whole.files);
    }
  });
});
