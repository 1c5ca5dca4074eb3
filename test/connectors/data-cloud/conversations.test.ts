import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { discover } from '../../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../../src/connectors/data-cloud/locate/individuals.ts';
import { isConversation } from '../../../src/connectors/data-cloud/model/conversations.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { profile } from '../fixture.ts';
import { stand, type Stand } from '../stand.ts';

type Rows = Record<string, Record<string, unknown>[]>;
const seed = JSON.parse(
  readFileSync('test/connectors/data-cloud/agent-conversations.json', 'utf8'),
) as Seed;
const plain = seed.dataCloud?.default as Rows;
/** The same conversations, two turns of different people under one ID. */
const confused: Rows = {
  ...plain,
  std__AiAgentInteractionDmo__dlm: [
    ...(plain.std__AiAgentInteractionDmo__dlm ?? []),
    { std__Id__c: 'I-1', std__AiAgentSessionId__c: 'S-9', std__DataSourceId__c: 'Agentforce' },
  ],
};
/**
 * The same conversations, the turns of which name a person: the first one another than its session
 * does.
 */
const named: Rows = {
  ...plain,
  std__AiAgentInteractionDmo__dlm: (plain.std__AiAgentInteractionDmo__dlm ?? []).map((row) => ({
    ...row,
    std__IndividualId__c: 'P-9',
  })),
};
/** The same conversations, and a turn of no session that a case of the person names. */
const ofCase: Rows = {
  ...plain,
  ssot__Case__dlm: [
    { ssot__Id__c: 'C-1', ssot__IndividualId__c: 'P-1', ssot__DataSourceId__c: 'CRM_1' },
    { ssot__Id__c: 'C-9', ssot__IndividualId__c: 'P-9', ssot__DataSourceId__c: 'CRM_1' },
  ],
  std__AiAgentInteractionDmo__dlm: [
    ...(plain.std__AiAgentInteractionDmo__dlm ?? []),
    { std__Id__c: 'I-7', std__CaseId__c: 'C-1', std__DataSourceId__c: 'Agentforce' },
    { std__Id__c: 'I-8', std__CaseId__c: 'C-9', std__DataSourceId__c: 'Agentforce' },
  ],
};
const { std__AiAgentSessionParticipantDmo__dlm: participants = [], ...others } = named;
/**
 * The same: what a participant said in a turn that names somebody else. The participants' object
 * comes after the turns'.
 */
const spoke: Rows = {
  ...others,
  std__AiAgentSessionParticipantDmo__dlm: participants,
  std__AiAgentInteractionMessageDmo__dlm: (plain.std__AiAgentInteractionMessageDmo__dlm ?? []).map(
    (row) =>
      row.std__Id__c === 'M-2' ? { ...row, std__AiAgentSessionParticipantId__c: 'T-1' } : row,
  ),
};
/** The same conversations in the legacy spelling. */
const legacy = JSON.parse(
  JSON.stringify(plain)
    .replaceAll(/std__(AiAgent\w+?)Dmo__dlm/g, 'ssot__$1__dlm')
    .replaceAll(/"std__(\w+__c)"/g, '"ssot__$1"'),
) as Rows;

describe('a conversation with an AI agent', () => {
  let at: Stand;
  before(async () => {
    at = await stand({ ...seed, dataCloud: { plain, confused, named, spoke, ofCase, legacy } });
  });
  after(() => at.stop());

  const said = async (dataSpace: string, partyId: string) => {
    const profiles = [
      { ...profile({ partyId, dataSource: 'CRM_1', keyQualifier: '' }), dataSpace, number: 1 },
    ];
    const map = await discover(at.salesforce, dataSpace, { exclude: [], rulesets: 'auto' });
    const kin = await siblings(at.salesforce, map, profiles);
    const keys: string[] = [];
    let withheld = 0;
    for (const object of map.objects.filter(({ name }) => isConversation(name))) {
      const receipt = await exportObject(
        at.salesforce,
        { object, dataSpace, profiles, siblings: kin },
        at.context('data-cloud'),
      );
      withheld += receipt.withheldRows;
      for (const { path } of receipt.files.filter((file) => file.path.endsWith('.ndjson'))) {
        for (const row of await at.rows(path)) {
          keys.push(String(row.std__Id__c ?? row.ssot__Id__c));
        }
      }
    }
    return { keys: keys.toSorted(), withheld };
  };

  for (const space of ['plain', 'legacy']) {
    it(
      `is given whole where names are ${space}: the session, who took part, its turns, what ` +
        'both sides said, and what was made of it, each once',
      async () => {
        assert.deepEqual(await said(space, 'P-1'), {
          keys: ['I-1', 'M-1', 'M-2', 'O-1', 'S-1', 'T-1', 'T-2'],
          withheld: 0,
        });
      },
    );
  }

  it('leaves to somebody else what was said in a turn that names them, whosever the session is', async () => {
    const { keys } = await said('named', 'P-1');
    assert.ok(
      keys.includes('S-1') &&
        keys.includes('M-1') &&
        !keys.includes('I-1') &&
        !keys.includes('M-2'),
      keys.join(),
    );
  });

  it('gives what the person said as a participant, in a turn that names somebody else too', async () => {
    const { keys } = await said('spoke', 'P-1');
    assert.ok(keys.includes('M-2') && !keys.includes('I-1'), keys.join());
  });

  it('gives what somebody else said in it to them alone', async () => {
    assert.deepEqual((await said('plain', 'P-9')).keys, ['I-9', 'M-3', 'M-9', 'O-9', 'S-9', 'T-9']);
  });

  it('gives a turn that a case of the person names, beside those of their sessions', async () => {
    assert.deepEqual((await said('ofCase', 'P-1')).keys, [
      'I-1',
      'I-7',
      'M-1',
      'M-2',
      'O-1',
      'S-1',
      'T-1',
      'T-2',
    ]);
  });

  it("leaves out and counts what a turn holds that cannot be told from another person's", async () => {
    const { keys, withheld } = await said('confused', 'P-1');
    assert.deepEqual(
      [keys.includes('M-2'), keys.includes('M-1'), withheld > 0],
      [false, true, true],
    );
  });
});

it('parts of conversations are told by every generation of their names, and tags are none', () => {
  const names = [
    'ssot__AIAgentSession__dlm',
    'std__AiAgentInteractionMessageDmo__dlm',
    'AiAgentSessionAttachment_std__dlm',
    'std__AiAgentTagAssociationDmo__dlm',
    'std__AiAgentTagDmo__dlm',
    'AiAgentTagDefinition_std__dlm',
    'AiAgentGenerativeAiUsage_std__dlm',
  ];
  assert.deepEqual(names.map(isConversation), [true, true, true, true, false, false, false]);
});
