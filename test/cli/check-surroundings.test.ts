import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkClouds, checkNode, checkStorage } from '../../src/cli/check-surroundings.ts';

describe('what the doctor looks at', () => {
  const versions = [['20.18.1', true], ['20.20.2', true], ['22.0.0', true], ['20.18.0', false], ['20.9.5', false], ['18.99.99', false]] as const;
  for (const [version, good] of versions) {
    it(`Node ${version} is ${good ? 'good' : 'too old'}`, () => (good ? assert.ok(checkNode(version)) : assert.throws(() => checkNode(version), /too old/)));
  }

  it('a cloud that is neither configured nor declared is named', () => {
    const system = { id: 'crm', connector: 'core-crm', dataSources: [] };
    const notUsed = { 'marketing-cloud': 'no licence', 'account-engagement': 'no licence', 'b2c-commerce': 'no licence' };
    assert.throws(() => checkClouds({ systems: [system], notUsed }), /^Error: personalization:/);
    assert.ok(checkClouds({ systems: [system], notUsed: { ...notUsed, personalization: 'no licence' } }));
  });

  it('a data directory that cannot be written is named with the reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dossier-storage-'));
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(checkStorage({ storage: { directory: join(folder, 'file', 'data') } }), /ENOTDIR/);
    assert.match(await checkStorage({ storage: { directory: join(folder, 'data') } }), /made just now/);
    await rm(folder, { recursive: true });
  });
});
