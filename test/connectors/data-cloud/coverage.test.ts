import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mapObjects } from '../../../src/connectors/data-cloud/model/discover.ts';
import { isInference } from '../../../src/connectors/data-cloud/model/inferences.ts';
import {
  readModel,
  type SpaceModel,
} from '../../../src/connectors/data-cloud/model/space-model.ts';
import { unstructuredKindOf } from '../../../src/connectors/data-cloud/model/unstructured.ts';
import type { ObjectMap } from '../../../src/contract/object-map.ts';
import { stand, type Stand } from '../stand.ts';

/**
 * Objects of AI agents, of search indexes and of unstructured data beside others, in the spellings
 * of their pages.
 *
 * @see Data 360 DMO and Mapping Guide, "Ai Agent Session", "… Session Participant", "…
 *   Interaction", "… Interaction Message", "… Moment", "AI Participant Insight" and "Marketing
 *   Grounding File U Dmo" DMO; Data 360 Help, "Chunk DMO" and "Index DMO"; read 2026-11
 */
const SEED = 'test/connectors/data-cloud/agent-conversations.json';

describe('every object of an org', () => {
  let at: Stand;
  let model: SpaceModel;
  let map: ObjectMap;
  before(async () => {
    at = await stand(SEED);
    model = await readModel(at.salesforce, 'default');
    map = mapObjects(model, { exclude: ['Secret__dlm'], rulesets: 'auto' });
  });
  after(() => at.stop());
  const verdicts = () =>
    Object.fromEntries((map.coverage ?? []).map(({ object, verdict }) => [object, verdict]));

  it('is told of once, and none is passed over', () => {
    const all = [...model.entities, ...model.insights, ...model.lakes].map(({ name }) => name);
    assert.ok(all.includes('Recordings__dll') && all.includes('Spending__cio'));
    assert.deepEqual(
      (map.coverage ?? []).map(({ object }) => object),
      [...new Set(all)].toSorted(),
    );
    assert.ok((map.coverage ?? []).every(({ why, label }) => why !== '' && label !== ''));
  });

  it('is exported, left out, known to hold no person, or not known', () => {
    const of = (wanted: string) =>
      Object.entries(verdicts())
        .filter(([name, verdict]) => verdict === wanted && !name.endsWith('__dll'))
        .map(([name]) => name);
    assert.deepEqual(of('left-out'), [
      'Manuals_chunk__dlm',
      'Manuals_index__dlm',
      'MarketingGroundingFileUDmo_std__dlm',
      'Secret__dlm',
      'Survey__dlm',
      'ssot__Account__dlm',
    ]);
    assert.deepEqual(of('not-about-a-person'), ['ssot__Product__dlm']);
    assert.deepEqual(of('unknown'), ['AiAgentTag_std__dlm', 'Loose__dlm']);
    assert.equal(of('exported').length, map.objects.length);
  });

  it('of the lake is told of by what it is mapped to', () => {
    const lakes = (map.coverage ?? []).filter(({ object }) => object.endsWith('__dll'));
    assert.deepEqual(
      lakes
        .filter(({ verdict }) => verdict === 'exported')
        .some(({ object }) => object.startsWith('Individual_')),
      true,
    );
    assert.deepEqual(
      lakes
        .filter(({ object }) => /^(?:Recordings|Export|Secret)/.test(object))
        .map(({ object, verdict }) => [object, verdict]),
      [
        ['Export__dll', 'unknown'],
        ['Recordings__dll', 'left-out'],
        ['Secret_Old_ERP__dll', 'left-out'],
      ],
    );
  });

  it('without records is named with what it holds', () => {
    const named = (map.unstructured ?? []).filter(
      ({ object }) => object.endsWith('__dlm') || object === 'Recordings__dll',
    );
    assert.deepEqual(
      named.map(({ object, why }) => [object, why.split(/[ ,]/)[0]]),
      [
        ['Manuals_chunk__dlm', 'pieces'],
        ['Manuals_index__dlm', 'numbers'],
        ['MarketingGroundingFileUDmo_std__dlm', 'documents'],
        ['Recordings__dll', 'documents'],
      ],
    );
  });

  it('whose rows a program concluded is marked so', () => {
    assert.deepEqual(
      map.objects
        .filter(({ inferred }) => inferred)
        .map(({ name }) => name)
        .toSorted(),
      ['AiParticipantInsight_std__dlm', 'Spending__cio', 'std__AiAgentMomentDmo__dlm'],
    );
  });
});

describe('an object without records', () => {
  const entity = (name: string, fields: readonly string[], category = '') => ({
    name,
    category,
    fields: fields.map((field) => ({
      name: field,
      label: field,
      type: 'STRING',
      keyQualifier: null,
    })),
  });
  for (const [what, given, kind] of [
    ['the category of an index', entity('Docs__dll', [], 'Vector Embedding'), 'vectors'],
    ['an embedding', entity('X__dlm', ['std__VectorEmbedding__c']), 'vectors'],
    [
      'the name of an index',
      entity('Docs_index__dlm', ['RecordId__c', 'SourceRecordId__c']),
      'vectors',
    ],
    ['chunks', entity('X__dlm', ['Chunk__c', 'SourceRecordId__c']), 'chunks'],
    ['the category of a directory', entity('X_std__dlm', [], 'Directory_Table'), 'files'],
    ['the name of an unstructured object', entity('CallsUDmo_std__dlm', []), 'files'],
    [
      'paths of files',
      entity('X__dlm', ['ssot__FilePath__c', 'ssot__ResolvedFilePath__c']),
      'files',
    ],
    ['records of a price index', entity('Price_index__dlm', ['Id__c']), undefined],
    ['a file name', entity('Order__dlm', ['FilePath__c']), undefined],
  ] as const) {
    it(`is told by ${what}: ${kind}`, () => assert.equal(unstructuredKindOf(given), kind));
  }
});

describe('inferences', () => {
  for (const [name, fields, expected] of [
    ['AiParticipantInsight_std__dlm', [], true],
    ['std__BusinessInsightDmo__dlm', [], true],
    ['ssot__EinsteinEmailEngagementScore__dlm', [], true],
    ['Model__dlm', ['ConfidenceScore__c'], true],
    ['Value__cio', [], true],
    ['ssot__SalesOrder__dlm', ['Total__c'], false],
    ['std__AiAgentInteractionMessageDmo__dlm', [], false],
  ] as const) {
    it(`${name} ${expected ? 'holds' : 'does not hold'} them`, () =>
      assert.equal(
        isInference({ name, fields: fields.map((field) => ({ name: field })) }),
        expected,
      ));
  }
});
