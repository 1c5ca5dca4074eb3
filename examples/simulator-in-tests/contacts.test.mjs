import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startSimulator } from '@dossier/salesforce-simulator';
import { contactsOf } from './contacts.mjs';

describe('contacts', () => {
  let folder;
  let org;
  const access = () => ({
    loginUrl: org.core,
    clientId: org.clientId,
    clientSecret: org.clientSecret,
  });
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'org-'));
    org = await startSimulator({
      folder,
      seed: {
        core: {
          Contact: [
            { Id: '003Hs00004AnaLmAAA', Name: 'Ana Lima', Email: 'ana@example.com' },
            { Id: '003Hs00004RuiLmAAA', Name: 'Rui Lima', Email: 'rui@example.com' },
          ],
        },
      },
    });
  });
  after(async () => {
    await org?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are found by their address', async () => {
    assert.deepEqual(await contactsOf('ana@example.com', access()), ['Ana Lima']);
  });

  it('a bad moment of Salesforce is a failure, and no empty list', async () => {
    await fetch(`${org.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match: 'core GET .*/query', kind: 'unavailable', times: 1 }),
    });
    await assert.rejects(contactsOf('ana@example.com', access()), /Salesforce answered 503/);
  });
});
