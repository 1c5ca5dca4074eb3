import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse, stringify } from 'yaml';
import type { DiscoverReport } from '../../src/cli/discover/report.ts';
import { stand, type Stand } from '../connectors/stand.ts';
import { errorOf, invoke } from './invoke.ts';

const row = (id: string, source: string, more: object = {}) => ({
  ssot__Id__c: id,
  ssot__DataSourceId__c: source,
  ...more,
});

describe('dossier discover', () => {
  let at: Stand;
  let config: string;
  before(async () => {
    at = await stand({
      dataCloud: {
        default: {
          ssot__Individual__dlm: [row('P-1', 'Shop'), row('P-2', 'Salesforce_Home')],
          ssot__SalesOrder__dlm: [row('O-1', 'Shop', { ssot__SoldToCustomerId__c: 'P-1' })],
          ssot__SalesOrderProduct__dlm: [row('L-1', 'Shop', { ssot__SalesOrderId__c: 'O-1' })],
          Secret__dlm: [{ SecretId__c: 'S-1', IndividualId__c: 'P-1', DataSource__c: 'Desk' }],
          Survey__dlm: [{ SurveyId__c: 'Y-1', PartyIdText__c: 'P-1' }],
          Export__dll: [{ Id__c: 'X', DataSource__c: 'Old_ERP' }],
        },
        brand_b: { ssot__Individual__dlm: [row('P-9', 'Shop')] },
      },
      metadata: { Survey__dlm: { relationships: [] } },
    });
    config = join(at.folder, 'dossier.yaml');
    await writeFile(
      config,
      stringify({
        version: 1,
        salesforce: {
          loginUrl: at.simulator.core,
          clientId: at.simulator.clientId,
          clientSecret: '${SF_SECRET}',
          exclude: ['Secret__dlm'],
        },
        systems: [
          { id: 'shop', connector: 'manual', dataSources: ['Shop'] },
          { id: 'crm', connector: 'core-crm' },
        ],
        storage: { directory: './data' },
      }),
    );
  });
  after(() => at.stop());
  const discover = (...args: string[]) =>
    invoke(['discover', '--config', config, ...args], {
      environment: { SF_SECRET: at.simulator.clientSecret },
    });
  const report = async (...args: string[]) => {
    const { stdout, exitCode, stderr } = await discover('--json', ...args);
    assert.equal(exitCode, 0, stdout + stderr);
    return JSON.parse(stdout) as DiscoverReport;
  };

  it('tells what is exported and how it is reached, what is left out and why, and what feeds it', async () => {
    const {
      dataSpaces: [space],
      sources,
    } = await report();
    assert.deepEqual(
      space?.exported
        .filter(({ object }) => /Order/.test(object))
        .map(({ object, reach, by }) => [object, reach, by]),
      [
        ['ssot__SalesOrder__dlm', 'direct', ['ssot__SoldToCustomerId__c']],
        [
          'ssot__SalesOrderProduct__dlm',
          'through',
          ['ssot__SalesOrderId__c → ssot__SalesOrder__dlm.ssot__SoldToCustomerId__c'],
        ],
      ],
    );
    assert.deepEqual(
      space?.excluded.map(({ object }) => object),
      ['Secret__dlm'],
    );
    assert.ok(
      space?.unreachable.some(
        ({ object, why }) => object === 'Export__dll' && why.startsWith('a lake object of Old_ERP'),
      ),
    );
    assert.deepEqual(
      sources.map(({ source, system }) => [source, system]),
      [
        ['Desk', null],
        ['Old_ERP', null],
        ['Salesforce_Home', null],
        ['Shop', 'shop'],
      ],
    );
  });

  it('goes by what it has read, says how old that is, and reads anew when told to', async () => {
    const first = (await report()).dataSpaces[0];
    const before = await at.calls();
    const second = (await report()).dataSpaces[0];
    assert.deepEqual([second?.readAt, await at.calls()], [first?.readAt, before]);
    assert.ok((second?.age ?? -1) >= 0);
    assert.notEqual((await report('--fresh')).dataSpaces[0]?.readAt, first?.readAt);
  });

  it('looks at the data spaces that it is told to', async () => {
    assert.deepEqual(
      (await report('--data-space', 'brand_b', 'default')).dataSpaces.map(
        ({ dataSpace }) => dataSpace,
      ),
      ['brand_b', 'default'],
    );
  });

  it('prints tables for people', async () => {
    const { stdout } = await discover();
    for (const words of [
      'Data space default',
      'Excluded by salesforce.exclude (1)',
      'Old_ERP',
      'none: see --vendors',
    ]) {
      assert.ok(stdout.includes(words), words);
    }
  });

  it('prints entries for the sources that have none, ready to be filled in', async () => {
    const { stdout } = await discover('--vendors');
    assert.deepEqual(parse(stdout), {
      systems: [
        {
          id: 'desk',
          connector: 'manual',
          dataSources: ['Desk'],
          instructions: 'Whom to ask for the data, and how',
        },
        {
          id: 'old-erp',
          connector: 'manual',
          dataSources: ['Old_ERP'],
          instructions: 'Whom to ask for the data, and how',
        },
      ],
    });
    assert.ok(
      stdout.includes(
        '# Salesforce_Home (SalesforceDotCom; feeds ssot__Individual__dlm): add it to the ' +
          'dataSources of "crm".',
      ),
    );
  });

  it('names the data space that is not there, and what to do', async () => {
    const failed = await discover('--json', '--data-space', 'brand_c');
    const { code, where, actions } = errorOf(failed);
    assert.deepEqual([failed.exitCode, code, where], [1, 'failed', 'data-cloud']);
    assert.match(
      actions.join(),
      /^There is no data space "brand_c" for us; .* Mend salesforce\.dataSpaces/,
    );
  });
});
