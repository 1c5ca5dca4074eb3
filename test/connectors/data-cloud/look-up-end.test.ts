import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lookUp, type Place } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import { listedRows } from '../../../src/salesforce/page-rows.ts';

it(
  'a look-up that brings too many rows ends at the row that is one too many, and asks for no ' +
    'further page',
  async () => {
    let pages = 0;
    const salesforce = {
      async *query() {
        for (; pages < 50; pages += 1) {
          const values = listedRows(Array.from({ length: 10 }, (_, row) => [`P-${pages}-${row}`]));
          yield {
            queryId: 'q-1',
            columns: [{ name: 'party', type: 'Text' }],
            values,
            rows: [],
            offset: pages * 10,
            rowCount: null,
          };
        }
      },
    } as unknown as Place['salesforce'];
    let rows = 0;
    const ending = lookUp(
      { salesforce, map: { dataSpace: 'default' } },
      { text: '', parameters: {} },
      () => {
        rows += 1;
        if (rows > 25) throw new RangeError('too many');
      },
    );
    await assert.rejects(ending, RangeError);
    assert.deepEqual([rows, pages], [26, 2]);
  },
);
