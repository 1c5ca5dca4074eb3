import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { writingFiles, type FlatKind } from '../../src/connectors/shared/cloud-files.ts';
import { openGround, type Ground } from './ground.ts';

const kind = (path: string): FlatKind => ({
  path,
  name: path,
  label: path,
  fields: [{ name: 'a', label: 'A', type: 'string' }],
});

describe('the files of an export', () => {
  let at: Ground;
  before(async () => {
    at = await openGround();
  });
  after(() => at.remove());

  it('are many, with few of them open at a time', async () => {
    const { files, tables } = await writingFiles(at.context('many'), async (out) => {
      for (let index = 0; index < 40; index += 1) {
        await out.rows(kind(`t${index}`), [[`row ${index}`]]);
      }
    });
    assert.deepEqual(
      [files.length, tables.length, (await at.rows('systems/many/t0.ndjson'))[0]],
      [80, 40, { a: 'row 0' }],
    );
    await assert.rejects(
      writingFiles(at.context('back'), async (out) => {
        for (let index = 0; index <= 40; index += 1) {
          await out.rows(kind(`t${index % 40}`), [['row']]);
        }
      }),
      /t0: its rows came in pieces/,
    );
  });

  it('describe nested records by every field that was seen, and keep long numbers', async () => {
    const { files, tables } = await writingFiles(at.context('nested'), async (out) => {
      await out.records({ path: 'x/orders', name: 'Order', label: 'Orders' }, [
        { no: 1 },
        { no: 2, c_size: 'L' },
      ]);
      await out.records({ path: 'y/orders', name: 'Order', label: 'Orders' }, [
        { no: 3, c_colour: 'red' },
      ]);
      await out.rows(kind('none'), []);
    });
    assert.deepEqual(
      files.map(({ path, rows }) => [path, rows]),
      [
        ['systems/nested/x/orders.ndjson', 2],
        ['systems/nested/y/orders.ndjson', 1],
      ],
    );
    assert.deepEqual(
      tables.map(({ name, fields }) => [name, fields.map((field) => field.name)]),
      [['Order', ['no', 'c_size', 'c_colour']]],
    );
  });

  it('are removed where the export fails', async () => {
    await assert.rejects(
      writingFiles(at.context('broken'), async (out) => {
        await out.rows(kind('t'), [['row']]);
        await out.records(kind('r'), [{ a: 1 }]);
        throw new Error('the export fails');
      }),
      /the export fails/,
    );
    await assert.rejects(at.text('systems/broken/t.csv'), /ENOENT/);
    await assert.rejects(at.text('systems/broken/.t.csv.part'), /ENOENT/);
  });
});
