import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportOf } from '../../src/cli/discover/report.ts';
import { entryLines, suggestedEntries } from '../../src/cli/discover/vendors.ts';
import type { SystemEntry } from '../../src/config/config.ts';
import type { ObjectMap } from '../../src/contract/object-map.ts';

const mapOf = (sources: readonly string[], unnamedStreams: readonly string[] = []): ObjectMap => ({
  dataSpace: 'default',
  individual: {
    object: 'I',
    key: { field: 'Id', keyQualifier: null },
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
  unreachable: [],
  notes: [],
  sources: sources.map((source) => ({
    source,
    connector: 'SalesforceDotCom',
    lakes: [],
    objects: [],
  })),
  unnamedStreams,
});
const crm = {
  id: 'crm',
  connector: 'core-crm',
  dataSources: ['Salesforce_Home'],
} as unknown as SystemEntry;
const linesOf = (map: ObjectMap, systems: readonly SystemEntry[]): string[] => {
  const report = reportOf([map], systems, 0);
  return entryLines(suggestedEntries(report.sources, systems), report);
};

describe('what discover says of sources', () => {
  it('says that all have an entry only where every one is known', () => {
    assert.deepEqual(linesOf(mapOf(['Salesforce_Home']), [crm]), [
      'Every source that feeds Data Cloud has an entry in dossier.yaml.',
    ]);
    assert.match(linesOf(mapOf([]), []).join('\n'), /^No source that feeds Data Cloud is known/);
    assert.deepEqual(linesOf(mapOf(['Salesforce_Home'], ['Mystery']), [crm]), [
      'Every source that is named has an entry in dossier.yaml.',
      '# 1 data stream(s) tell no source: Mystery. See in Data Cloud whose data they bring, and whom to ask.',
    ]);
  });

  it('knows the data source behind a connection to a CRM, and proposes it', () => {
    assert.deepEqual(linesOf(mapOf(['SalesforceDotCom_Home']), [crm]), [
      'Every source that feeds Data Cloud has an entry in dossier.yaml.',
    ]);
    assert.ok(
      linesOf(mapOf(['SalesforceDotCom_Other']), []).some((line) =>
        line.includes('Salesforce_Other'),
      ),
    );
  });
});
