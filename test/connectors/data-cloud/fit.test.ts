import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fit, type RecordKey } from '../../../src/connectors/data-cloud/locate/fit.ts';

const key = (text: string): RecordKey => {
  const [partyId = '', keyQualifier = '', dataSource = ''] = text.split('/');
  return { partyId, keyQualifier, dataSource };
};

describe('whose a row is', () => {
  const cases: readonly [string, string, readonly string[], string][] = [
    ['an unknown party is nobody', 'P2//', ['P1//A'], 'nobody'],
    ['the only record without qualifiers, whatever the source', 'P1//B', ['P1//A'], 'P1//A'],
    ['the record of the same qualifier', 'P1/y/A', ['P1/x/A', 'P1/y/A'], 'P1/y/A'],
    [
      'the record of the same source, where qualifiers are equal',
      'P1//B',
      ['P1//A', 'P1//B'],
      'P1//B',
    ],
    ['unclear where no source is equal', 'P1//C', ['P1//A', 'P1//B'], 'unclear'],
    ['unclear where the row has no source', 'P1//', ['P1//A', 'P1//B'], 'unclear'],
    [
      'the record of the same source, where only the row lacks a qualifier',
      'P1//A',
      ['P1/x/A', 'P1/y/B'],
      'P1/x/A',
    ],
    [
      'unclear where the row lacks a qualifier and the source is another',
      'P1//C',
      ['P1/x/A'],
      'unclear',
    ],
    ['unclear where the qualifier fits none', 'P1/z/A', ['P1/x/A', 'P1//A'], 'unclear'],
    [
      'the record without qualifier, where the row has none either',
      'P1//C',
      ['P1//A', 'P1/x/B'],
      'P1//A',
    ],
    ['that record also where another has its source', 'P1//A', ['P1//A', 'P1/x/A'], 'P1//A'],
    [
      'unclear where neither has a qualifier, and the source is that of a record with one',
      'P1//B',
      ['P1//A', 'P1/x/B'],
      'unclear',
    ],
    [
      'unclear where the row has neither qualifier nor source, and a record has a qualifier',
      'P1//',
      ['P1//A', 'P1/x/B'],
      'unclear',
    ],
  ];
  for (const [rule, row, candidates, expected] of cases) {
    it(rule, () => {
      const found = fit(key(row), candidates.map(key));
      assert.equal(
        found.whose === 'one'
          ? `${found.candidate.partyId}/${found.candidate.keyQualifier}/${found.candidate.dataSource}`
          : found.whose,
        expected,
      );
    });
  }
});
