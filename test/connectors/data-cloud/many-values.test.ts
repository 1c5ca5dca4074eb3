import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import type { PersonObject } from '../../../src/contract/object-map.ts';
import type { Salesforce } from '../../../src/salesforce/create-salesforce.ts';
import { listedRows } from '../../../src/salesforce/page-rows.ts';
import { pageOf } from '../../../src/salesforce/query-shapes.ts';
import { byPosition } from '../../../src/salesforce/sql-parameters.ts';
import { profile } from '../fixture.ts';
import { openGround, type Ground } from '../ground.ts';

const field = (name: string) => ({ field: name, keyQualifier: null });
const parent = (index: number) => ({
  parent: {
    object: `Parent${index}__dlm`,
    key: field('Id__c'),
    childField: field(`Parent${index}__c`),
    dataSourceField: null,
  },
  personFields: Array.from({ length: 10 }, (_, at) => field(`Person${at}__c`)),
});

describe('an object with many ways to people', () => {
  let ground: Ground;
  before(async () => {
    ground = await openGround();
  });
  after(() => ground.remove());

  it('is asked for with no more values than the engine takes, in every query', async () => {
    const [first, ...otherWays] = Array.from({ length: 12 }, (_, index) => parent(index));
    assert.ok(first);
    const object: PersonObject = {
      name: 'Child__dlm',
      label: 'Child',
      reach: 'through',
      ...first,
      otherWays,
      dataSourceField: null,
      fields: [{ name: 'Id__c', label: 'Id', type: 'STRING' }],
    };
    const values: number[] = [];
    const asked = new Set<string>();
    const salesforce = {
      host: 'core.example',
      queryPath: () => '/api/v3/query',
      // oxlint-disable-next-line require-await
      async *query(sql: Parameters<Salesforce['query']>[0]) {
        const { values: all } = byPosition(sql);
        values.push(all.length);
        for (const value of all) {
          asked.add(value);
        }
        yield pageOf({ queryId: 'q', columns: [], values: listedRows([]), offset: 0, rowCount: 0 });
      },
    } as unknown as Salesforce;
    const profiles = Array.from({ length: 200 }, (_, index) => ({
      ...profile({ partyId: `P-${index}` }),
      number: index + 1,
    }));
    await exportObject(
      salesforce,
      { object, dataSpace: 'default', profiles, siblings: profiles },
      ground.context('data-cloud'),
    );
    assert.ok(Math.max(...values) <= 10_000, `${Math.max(...values)} values`);
    assert.equal(asked.size, 200);
  });
});
