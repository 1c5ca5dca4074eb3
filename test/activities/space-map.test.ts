import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { keepSpaceMap, unreachableOf } from '../../src/activities/space-map.ts';
import type { ListedObject, ObjectMap } from '../../src/contract/object-map.ts';
import { openStore } from '../../src/storage/filesystem.ts';

const lake = (object: string): ListedObject => ({
  object,
  label: object,
  why: 'a lake object that is mapped to no object of people: no identity leads there',
});
const map = (dataSpace: string, unreachable: readonly ListedObject[]): ObjectMap => ({
  dataSpace,
  individual: {
    object: 'ssot__Individual__dlm',
    key: { field: 'ssot__Id__c', keyQualifier: null },
    dataSourceField: null,
    givenName: null,
    familyName: null,
    birthDate: null,
  },
  objects: [],
  rulesets: [],
  emails: null,
  phones: null,
  identifications: null,
  account: null,
  shared: [],
  excluded: [],
  guessed: [],
  unreachable,
  notes: [],
  sources: [
    { source: 'Shop', connector: '', lakes: ['Shop__dll'], objects: [] },
    { source: 'Old_ERP', connector: '', lakes: ['Export__dll'], objects: [] },
  ],
});

it('a lake object that one data space maps to people is reached, whatever the others do with it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'dossier-test-'));
  try {
    const store = openStore(directory);
    for (const it of [
      map('default', [lake('Export__dll')]),
      map('brand_b', [lake('Export__dll'), lake('Shop__dll'), lake('Note__dlm')]),
    ]) {
      await keepSpaceMap(store, 'R-1', { map: it, profiles: [], siblings: [] });
    }
    assert.deepEqual(
      (await unreachableOf(store, 'R-1', ['default', 'brand_b'])).map(
        ({ dataSpace, object }) => `${dataSpace} ${object}`,
      ),
      ['default Export__dll', 'brand_b Export__dll', 'brand_b Note__dlm'],
    );
  } finally {
    await rm(directory, { recursive: true });
  }
});
