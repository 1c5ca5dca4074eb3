import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readySystems } from '../../src/temporal/assembly.ts';
import { notDeclared } from '../../src/activities/plan-request.ts';
import { ConfigError, loadConfig } from '../../src/config/config.ts';
import { createSalesforce } from '../../src/salesforce/create-salesforce.ts';

const file = fileURLToPath(new URL('../../../samples/dossier-all-clouds.yaml', import.meta.url));
const names = [
  'SF_CLIENT_ID',
  'SF_CLIENT_SECRET',
  'MCE_CLIENT_ID',
  'MCE_CLIENT_SECRET',
  'B2C_CLIENT_ID',
  'B2C_CLIENT_SECRET',
  'MCP_KEY_ID',
  'MCP_SECRET',
  'DROP_WRITE_ID',
  'DROP_WRITE_SECRET',
  'DROP_READ_ID',
  'DROP_READ_SECRET',
];
const config = loadConfig(file, Object.fromEntries(names.map((name) => [name, `the ${name}`])));

describe('the sample with every cloud', () => {
  it('is accepted by every connector, and declares every cloud', async () => {
    const salesforce = createSalesforce({
      loginUrl: 'http://127.0.0.1:1',
      clientId: 'id',
      clientSecret: 'secret',
      apiVersion: '67.0',
    });
    const systems = await readySystems(config, salesforce);
    await salesforce.close();
    assert.deepEqual(
      [...systems].map(([id, { kind }]) => [id, kind]),
      [
        ['crm', 'cloud'],
        ['marketing', 'cloud'],
        ['pardot', 'cloud'],
        ['shop', 'cloud'],
        ['personalization', 'cloud'],
        ['privacy-center', 'vendor'],
        ['data-cloud-copy', 'vendor'],
        ['einstein', 'vendor'],
      ],
    );
    assert.deepEqual(notDeclared(config), []);
  });

  it('needs the section salesforce only for what speaks by it', async () => {
    await assert.rejects(readySystems(config, null), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(
        error.complaints.map(({ path }) => path),
        [0, 2, 5, 6].map((index) => `systems[${index}].connector`),
      );
      return true;
    });
  });
});
